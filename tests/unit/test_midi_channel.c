// A channel's messages set its controllers as the MIDI standard and General MIDI say.
#include "engine/midi/midi_channel.h"

#include <criterion/criterion.h>

static MidiEffect apply(MidiChannel *channel, int status, int first, int second) {
    const uint8_t midi[3] = {(uint8_t)status, (uint8_t)first, (uint8_t)second};
    return midi_channel_apply(channel, midi);
}

static MidiEffect control(MidiChannel *channel, int controller, int value) {
    return apply(channel, 0xB0, controller, value);
}

static void select_rpn(MidiChannel *channel, int rpn) {
    control(channel, 101, rpn >> 7);
    control(channel, 100, rpn & 127);
}

static MidiChannel fresh(void) {
    MidiChannel channel;
    midi_channel_init(&channel);
    return channel;
}

static bool is_near(float value, float expected) {
    return value > expected - 1e-4f && value < expected + 1e-4f;
}

Test(midi_channel, starts_as_general_midi_says) {
    MidiChannel channel = fresh();
    cr_assert(channel.bend == 0.0f && channel.wheel == 0.0f && channel.pressure == 0.0f &&
              channel.pan == 0.0f);
    cr_assert(channel.tune_cents == 0.0f);
    cr_assert(is_near(channel.gain, 0.62f), "volume 100 is -4.15 dB: %g", (double)channel.gain);
    cr_assert(!channel.bend_range_set && !channel.sustain && !channel.sostenuto && !channel.soft);
    cr_assert(channel.program == 0 && channel.bank == 0);
}

Test(midi_channel, says_what_each_message_means) {
    MidiChannel channel = fresh();
    cr_assert(apply(&channel, 0x9F, 60, 1) == MIDI_EFFECT_NOTE_ON);
    cr_assert(apply(&channel, 0x90, 60, 0) == MIDI_EFFECT_NOTE_OFF);
    cr_assert(apply(&channel, 0x80, 60, 64) == MIDI_EFFECT_NOTE_OFF);
    cr_assert(apply(&channel, 0xA0, 60, 64) == MIDI_EFFECT_NONE);
    cr_assert(apply(&channel, 0xD0, 127, 0) == MIDI_EFFECT_CONTROL);
    cr_assert(channel.pressure == 1.0f);
    cr_assert(control(&channel, 120, 0) == MIDI_EFFECT_ALL_SOUND_OFF);
    cr_assert(control(&channel, 122, 0) == MIDI_EFFECT_NONE);
    for (int mode = 123; mode <= 127; mode++) {
        cr_assert(control(&channel, mode, 0) == MIDI_EFFECT_ALL_NOTES_OFF);
    }
    cr_assert(control(&channel, 3, 64) == MIDI_EFFECT_NONE);
}

Test(midi_channel, volume_and_expression_multiply_by_the_square_law) {
    MidiChannel channel = fresh();
    cr_assert(control(&channel, 7, 127) == MIDI_EFFECT_CONTROL);
    cr_assert(channel.gain == 1.0f);
    control(&channel, 11, 64);
    cr_assert(is_near(channel.gain, 0.253953f), "-11.9 dB: %g", (double)channel.gain);
    control(&channel, 7, 64);
    cr_assert(is_near(channel.gain, 0.064492f), "-23.8 dB: %g", (double)channel.gain);
    control(&channel, 11, 0);
    cr_assert(channel.gain == 0.0f);
}

Test(midi_channel, pan_reaches_both_sides_and_the_centre) {
    static const struct {
        int value;
        float pan;
    } CASES[] = {{0, -1.0f}, {1, -1.0f}, {64, 0.0f}, {127, 1.0f}};
    MidiChannel channel = fresh();
    for (int i = 0; i < 4; i++) {
        cr_assert(control(&channel, 10, CASES[i].value) == MIDI_EFFECT_CONTROL);
        cr_assert(channel.pan == CASES[i].pan, "%d", CASES[i].value);
    }
}

Test(midi_channel, bend_has_14_bits_and_reaches_both_ends) {
    MidiChannel channel = fresh();
    cr_assert(apply(&channel, 0xE0, 0, 0) == MIDI_EFFECT_CONTROL);
    cr_assert(channel.bend == -1.0f);
    apply(&channel, 0xE0, 127, 127);
    cr_assert(channel.bend == 1.0f);
    apply(&channel, 0xE0, 1, 64);
    cr_assert(channel.bend > 0.0f && channel.bend < 0.0002f);
    apply(&channel, 0xE0, 0, 64);
    cr_assert(channel.bend == 0.0f);
}

Test(midi_channel, pedals_are_down_from_64_on_and_tell_movements_only) {
    MidiChannel channel = fresh();
    cr_assert(control(&channel, 64, 63) == MIDI_EFFECT_NONE);
    cr_assert(control(&channel, 64, 64) == MIDI_EFFECT_SUSTAIN && channel.sustain);
    cr_assert(control(&channel, 64, 127) == MIDI_EFFECT_NONE && channel.sustain);
    cr_assert(control(&channel, 64, 0) == MIDI_EFFECT_SUSTAIN && !channel.sustain);
    cr_assert(control(&channel, 66, 127) == MIDI_EFFECT_SOSTENUTO && channel.sostenuto);
    cr_assert(control(&channel, 67, 127) == MIDI_EFFECT_CONTROL && channel.soft);
}

Test(midi_channel, bank_waits_for_the_program) {
    MidiChannel channel = fresh();
    cr_assert(control(&channel, 0, 1) == MIDI_EFFECT_NONE);
    cr_assert(control(&channel, 32, 2) == MIDI_EFFECT_NONE);
    cr_assert(channel.bank == 0);
    cr_assert(apply(&channel, 0xC0, 9, 0) == MIDI_EFFECT_PROGRAM);
    cr_assert(channel.bank == 130 && channel.program == 9);
}

Test(midi_channel, bend_range_is_semitones_and_cents) {
    MidiChannel channel = fresh();
    select_rpn(&channel, 0);
    cr_assert(!channel.bend_range_set);
    cr_assert(control(&channel, 6, 12) == MIDI_EFFECT_CONTROL);
    cr_assert(channel.bend_range_set && channel.bend_range_semitones == 12.0f);
    control(&channel, 38, 50);
    cr_assert(is_near(channel.bend_range_semitones, 12.5f));
    control(&channel, 6, 7);
    cr_assert(channel.bend_range_semitones == 7.0f, "a new MSB clears the LSB");
}

Test(midi_channel, increment_and_decrement_carry_between_cents_and_semitones) {
    MidiChannel channel = fresh();
    select_rpn(&channel, 0);
    cr_assert(control(&channel, 97, 0) == MIDI_EFFECT_CONTROL);
    cr_assert(is_near(channel.bend_range_semitones, 1.99f));
    control(&channel, 96, 0);
    cr_assert(channel.bend_range_semitones == 2.0f);
    control(&channel, 6, 0);
    cr_assert(control(&channel, 97, 0) == MIDI_EFFECT_NONE);
    cr_assert(channel.bend_range_semitones == 0.0f);
    control(&channel, 6, 127);
    cr_assert(control(&channel, 96, 0) == MIDI_EFFECT_NONE);
    cr_assert(channel.bend_range_semitones == 127.0f);
}

Test(midi_channel, fine_and_coarse_tuning_add_up) {
    MidiChannel channel = fresh();
    select_rpn(&channel, 1);
    control(&channel, 6, 96);
    cr_assert(channel.tune_cents == 50.0f);
    select_rpn(&channel, 2);
    control(&channel, 6, 52);
    cr_assert(channel.tune_cents == -1150.0f);
    cr_assert(control(&channel, 38, 127) == MIDI_EFFECT_NONE);
    control(&channel, 96, 0);
    cr_assert(channel.tune_cents == -1050.0f);
    select_rpn(&channel, 1);
    control(&channel, 6, 64);
    control(&channel, 38, 1);
    cr_assert(is_near(channel.tune_cents, -1099.9878f), "%g", (double)channel.tune_cents);
    control(&channel, 97, 0);
    cr_assert(channel.tune_cents == -1100.0f);
    control(&channel, 6, 0);
    cr_assert(control(&channel, 97, 0) == MIDI_EFFECT_NONE);
    cr_assert(channel.tune_cents == -1200.0f);
}

Test(midi_channel, data_without_a_chosen_parameter_changes_nothing) {
    MidiChannel channel = fresh();
    cr_assert(control(&channel, 6, 12) == MIDI_EFFECT_NONE, "nothing was chosen yet");
    select_rpn(&channel, 0);
    select_rpn(&channel, 127 << 7 | 127);
    cr_assert(control(&channel, 6, 12) == MIDI_EFFECT_NONE, "RPN null");
    select_rpn(&channel, 0);
    control(&channel, 99, 0);
    control(&channel, 98, 0);
    cr_assert(control(&channel, 6, 12) == MIDI_EFFECT_NONE, "an NRPN of the same number");
    cr_assert(control(&channel, 38, 12) == MIDI_EFFECT_NONE);
    cr_assert(control(&channel, 96, 12) == MIDI_EFFECT_NONE);
    select_rpn(&channel, 5);
    cr_assert(control(&channel, 6, 12) == MIDI_EFFECT_NONE, "an RPN that is not known");
    cr_assert(!channel.bend_range_set && channel.tune_cents == 0.0f);
    select_rpn(&channel, 0);
    cr_assert(control(&channel, 6, 12) == MIDI_EFFECT_CONTROL, "chosen again");
}

Test(midi_channel, reset_controllers_keeps_what_rp_015_keeps) {
    MidiChannel channel = fresh();
    apply(&channel, 0xC0, 9, 0);
    control(&channel, 7, 90);
    control(&channel, 10, 127);
    select_rpn(&channel, 0);
    control(&channel, 6, 12);
    float gain = channel.gain;
    control(&channel, 1, 127);
    control(&channel, 11, 3);
    control(&channel, 64, 127);
    control(&channel, 66, 127);
    control(&channel, 67, 127);
    apply(&channel, 0xD0, 100, 0);
    apply(&channel, 0xE0, 0, 0);
    cr_assert(channel.wheel == 1.0f && channel.sustain && channel.bend == -1.0f);
    cr_assert(control(&channel, 121, 0) == MIDI_EFFECT_CONTROLLERS_RESET);
    cr_assert(channel.wheel == 0.0f && channel.pressure == 0.0f && channel.bend == 0.0f);
    cr_assert(!channel.sustain && !channel.sostenuto && !channel.soft);
    cr_assert(channel.gain == gain && channel.pan == 1.0f && channel.program == 9);
    cr_assert(channel.bend_range_semitones == 12.0f && channel.bend_range_set);
    cr_assert(control(&channel, 6, 1) == MIDI_EFFECT_NONE, "no parameter stays chosen");
}
