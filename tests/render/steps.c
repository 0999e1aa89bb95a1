// Steps of controllers and knobs: none is heard as a click, and each reaches the notes that it is for.
#include "tests/support/take.h"

#include "engine/midi/midi_names.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    KEY = 69,                     // 440 Hz
    STEP_FRAME = RATE_HZ / 2 + 5, // beside the control grid
    TAPS = 511,
    CLICK_FROM_HZ = 4000,
};

// What a click has and the tone has not: a high-pass of linear phase (Blackman-Harris window, 92 dB).
static void high_pass(double taps[TAPS]) {
    double sum = 0.0;
    for (int i = 0; i < TAPS; i++) {
        double turn = 2.0 * M_PI * i / (TAPS - 1);
        double window = 0.35875 - 0.48829 * cos(turn) + 0.14128 * cos(2 * turn) - 0.01168 * cos(3 * turn);
        double x = i - (TAPS - 1) / 2.0;
        double cutoff = 2.0 * CLICK_FROM_HZ / RATE_HZ;
        taps[i] = window * (x == 0.0 ? cutoff : sin(M_PI * cutoff * x) / (M_PI * x));
        sum += taps[i];
    }
    for (int i = 0; i < TAPS; i++) {
        taps[i] = (i == TAPS / 2) - taps[i] / sum;
    }
}

// The highest peak of a click within `frames` of the sound, in dB of the tone's peak.
static double click_db(const float *sound, size_t frames, double tone_peak) {
    static double taps[TAPS];
    high_pass(taps);
    double peak = 0.0;
    for (size_t frame = 0; frame + TAPS < frames; frame++) {
        double sum = 0.0;
        for (int i = 0; i < TAPS; i++) {
            sum += taps[i] * (double)sound[frame + (size_t)i];
        }
        peak = fmax(peak, fabs(sum));
    }
    return gain_to_db(peak / tone_peak);
}

// Of a controller's step under a held note.
static double step_click_db(uint8_t controller, uint8_t from, uint8_t to, Quality quality) {
    Patch patch = plain_patch();
    Take take = take_start_in(quality, &patch, 16);
    take_midi(&take, 0, MIDI_CONTROLLER, controller, from);
    take_midi(&take, 0, MIDI_NOTE_ON, KEY, 127);
    take_midi(&take, STEP_FRAME, MIDI_CONTROLLER, controller, to);
    take_play(&take, RATE_HZ);
    double peak = sound_peak(take.left + RATE_HZ / 4, RATE_HZ / 4);
    peak = fmax(peak, sound_peak(take.left + RATE_HZ * 3 / 4, RATE_HZ / 4));
    double click = click_db(take.left + STEP_FRAME - TAPS, RATE_HZ / 4, peak);
    take_end(&take);
    return click;
}

Test(steps, no_controller_clicks) {
    static const struct {
        uint8_t controller, from, to;
    } STEPS[] = {
        {MIDI_CC_VOLUME, 127, 0},     {MIDI_CC_VOLUME, 127, 100}, {MIDI_CC_VOLUME, 0, 127},
        {MIDI_CC_EXPRESSION, 127, 0}, {MIDI_CC_PAN, 0, 127},      {MIDI_CC_PAN, 127, 64},
    };
    for (size_t i = 0; i < sizeof STEPS / sizeof STEPS[0]; i++) {
        for (int quality = 0; quality < QUALITY_COUNT; quality++) {
            double click = step_click_db(STEPS[i].controller, STEPS[i].from, STEPS[i].to, (Quality)quality);
            cr_expect(click < -70.0, "controller %d from %d to %d in %s: a click of %.1f dB",
                      STEPS[i].controller, STEPS[i].from, STEPS[i].to, QUALITY_NAMES[quality], click);
        }
    }
}

Test(steps, no_knob_clicks) {
    static const struct {
        ParamId param;
        float from, to;
    } STEPS[] = {
        {PARAM_LEVEL, 0, -60},
        {PARAM_LEVEL, -60, 12},
        {PARAM_OSC1_SINE, 100, 0},
        {PARAM_OSC2_SINE, 0, 100},
        {PARAM_PAN, -100, 100},
        {PARAM_PAN_KEY_SPREAD, 0, 100},
        {PARAM_AMP_SUSTAIN, 100, 0},
        {PARAM_AMP_SUSTAIN, 0, 100},
        {PARAM_LFO_LEVEL, 0, 100},
        {PARAM_FILTER_LOWPASS, 100, 0},
        {PARAM_FILTER_BANDPASS, 0, 100},
        {PARAM_FILTER_HIGHPASS, 0, 100},
        {PARAM_FILTER_CUTOFF, 20000, 100},
        {PARAM_FILTER_CUTOFF, 100, 20000},
        {PARAM_FILTER_RESONANCE, 0, 100},
    };
    for (size_t i = 0; i < sizeof STEPS / sizeof STEPS[0]; i++) {
        Patch patch = plain_patch();
        patch.values[PARAM_AMP_DECAY] = 0.001f;
        patch.values[STEPS[i].param] = STEPS[i].from;
        Take take = take_start(&patch, 16);
        take_midi(&take, 0, MIDI_NOTE_ON, KEY, 127);
        take_param(&take, STEP_FRAME, STEPS[i].param, STEPS[i].to);
        take_play(&take, RATE_HZ);
        double peak = fmax(sound_peak(take.left + RATE_HZ / 4, RATE_HZ / 4),
                           sound_peak(take.left + RATE_HZ * 3 / 4, RATE_HZ / 4));
        double click = click_db(take.left + STEP_FRAME - TAPS, RATE_HZ / 4, peak);
        cr_expect(click < -70.0, "%s from %g to %g: a click of %.1f dB", PARAM_INFOS[STEPS[i].param].name,
                  (double)STEPS[i].from, (double)STEPS[i].to, click);
        take_end(&take);
    }
}

Test(steps, a_sweep_of_the_expression_leaves_no_zipper) {
    enum { STEP_FRAMES = 375 }; // 128 steps a second
    Patch patch = plain_patch();
    Take take = take_start(&patch, 16);
    take_midi(&take, 0, MIDI_NOTE_ON, KEY, 127);
    for (int value = 127; value >= 0; value--) {
        take_midi(&take, STEP_FRAME + (size_t)(127 - value) * STEP_FRAMES, MIDI_CONTROLLER,
                  MIDI_CC_EXPRESSION, (uint8_t)value);
    }
    take_play(&take, 2 * RATE_HZ);
    double peak = sound_peak(take.left + RATE_HZ / 4, RATE_HZ / 4);
    double zipper = click_db(take.left + STEP_FRAME - TAPS, RATE_HZ, peak);
    cr_expect(zipper < -75.0, "a zipper of %.1f dB", zipper);
    take_end(&take);
}

// A note that begins with a controller is where the controller says from its first frame.
Test(steps, a_note_begins_where_its_controllers_are) {
    Patch patch = plain_patch();
    Take quiet = take_start(&patch, 16);
    take_midi(&quiet, 0, MIDI_CONTROLLER, MIDI_CC_VOLUME, 127);
    take_midi(&quiet, RATE_HZ / 2, MIDI_CONTROLLER, MIDI_CC_VOLUME, 20);
    take_midi(&quiet, RATE_HZ / 2, MIDI_NOTE_ON, KEY, 127);
    take_play(&quiet, RATE_HZ);
    double soon = sound_rms(quiet.left + RATE_HZ / 2 + 120, 480);
    double late = sound_rms(quiet.left + RATE_HZ - 4800, 4800);
    cr_expect(fabs(gain_to_db(soon / late)) < 0.5, "%.2f dB at first", gain_to_db(soon / late));
    take_end(&quiet);
}

static void choose_program(Take *take, size_t frame) {
    take_midi(take, frame, MIDI_PROGRAM, 0, 0);
}

// One bank, one patch: a program change is still another patch to those that sound.
Test(steps, controllers_reach_a_note_after_a_program_change) {
    Patch patch = plain_patch();
    patch.values[PARAM_BEND_RANGE] = 12.0f;
    Take take = take_start(&patch, 16);
    take_midi(&take, 0, MIDI_BEND, 0, 127);
    take_midi(&take, 0, MIDI_NOTE_ON, KEY, 127);
    choose_program(&take, RATE_HZ / 4);
    take_midi(&take, RATE_HZ / 2, MIDI_BEND, 0, 64);
    take_play(&take, RATE_HZ);
    double cents = cents_between(sound_pitch_hz(take.left + RATE_HZ * 3 / 4, 8192, 440.0), 440.0);
    cr_expect(fabs(cents) < 1.0, "the bend is back, the note %.1f cents off", cents);
    take_midi(&take, RATE_HZ, MIDI_CONTROLLER, MIDI_CC_VOLUME, 0);
    take_play(&take, RATE_HZ / 2);
    double level = gain_to_db(sound_rms(take.left + take.frames - 4800, 4800));
    cr_expect(level < -120.0, "the volume is 0, the note at %.1f dB", level);
    take_end(&take);
}

Test(steps, a_note_keeps_its_patch_when_another_is_chosen) {
    Patch patch = plain_patch();
    Take held = take_note(&patch, KEY, 127, 1.0);
    Take chosen = take_start(&patch, 16);
    take_midi(&chosen, 0, MIDI_NOTE_ON, KEY, 127);
    take_play(&chosen, RATE_HZ / 2);
    Patch other = plain_patch();
    other.values[PARAM_OSC1_SAW] = 100.0f;
    other.values[PARAM_FILTER_CUTOFF] = 300.0f;
    other.values[PARAM_LEVEL] = -20.0f;
    const Event event = {.kind = EVENT_PATCH, .frame = RATE_HZ / 2};
    cr_assert(engine_push_patch(chosen.engine, &event, other.values, BANK_PATCHES_MAX));
    take_play(&chosen, RATE_HZ / 2);
    size_t changed = 0;
    for (size_t frame = 0; frame < held.frames; frame++) {
        changed += held.left[frame] != chosen.left[frame] || held.right[frame] != chosen.right[frame];
    }
    cr_expect(changed == 0, "%zu frames of a held note changed", changed);
    cr_expect(engine_part_patch(chosen.engine, 0) == BANK_PATCHES_MAX);
    take_param(&chosen, chosen.frames, PARAM_LEVEL, 0.0f);
    take_midi(&chosen, chosen.frames, MIDI_NOTE_ON, KEY + 12, 127);
    take_play(&chosen, RATE_HZ / 2);
    cr_expect(sound_tone(chosen.left + chosen.frames - 8192, 8192, 880.0) > 0.001,
              "the next note is of the other");
    take_end(&held);
    take_end(&chosen);
}

// However soon after the knob: what it was on its way to, it reaches.
Test(steps, a_knob_turned_just_before_another_patch_is_chosen_ends_where_it_was_turned_to) {
    Patch patch = plain_patch();
    Take take = take_note(&patch, KEY, 127, 0.5);
    double before = sound_rms(take.left + take.frames - 4800, 4800);
    take_param(&take, take.frames, PARAM_LEVEL, -12.0f);
    choose_program(&take, take.frames + 240);
    take_play(&take, RATE_HZ / 2);
    double after = sound_rms(take.left + take.frames - 4800, 4800);
    cr_expect_float_eq(gain_to_db(after / before), -12.0, 0.05, "%.2f dB", gain_to_db(after / before));
    double peak = sound_peak(take.left + RATE_HZ / 4, RATE_HZ / 8);
    double click = click_db(take.left + RATE_HZ / 2 - TAPS, RATE_HZ / 4, peak);
    cr_expect(click < -70.0, "a click of %.1f dB", click);
    take_end(&take);
}

Test(steps, a_knob_reaches_notes_that_sound) {
    Patch patch = plain_patch();
    Take take = take_note(&patch, KEY, 127, 0.5);
    double before = sound_rms(take.left + take.frames - 4800, 4800);
    take_param(&take, take.frames, PARAM_LEVEL, -12.0f);
    take_play(&take, RATE_HZ / 2);
    double after = sound_rms(take.left + take.frames - 4800, 4800);
    cr_expect_float_eq(gain_to_db(after / before), -12.0, 0.05);
    take_end(&take);
}

// A ramp of 128 steps within one block of 4096 frames, by a learned controller.
static Take learned_ramp(uint32_t block_frames) {
    Patch patch = plain_patch();
    patch.values[PARAM_OSC1_SAW] = 100.0f;
    Take take = take_start(&patch, 16);
    const Event learn = {.kind = EVENT_LEARN, .param = PARAM_FILTER_CUTOFF};
    cr_assert(engine_push(take.engine, EVENT_SOURCE_MIDI, &learn));
    take_midi(&take, 0, MIDI_CONTROLLER, 74, 0);
    take_midi(&take, 0, MIDI_NOTE_ON, KEY, 127);
    for (int value = 0; value < 128; value++) {
        take_midi(&take, 4096 + (size_t)value * 32, MIDI_CONTROLLER, 74, (uint8_t)value);
    }
    take_play_blocks(&take, 4 * 4096, block_frames);
    return take;
}

Test(steps, a_learned_ramp_is_heard_step_by_step_whatever_the_block) {
    Take large = learned_ramp(4096);
    cr_expect(engine_learning(large.engine) == PARAM_COUNT);
    cr_expect(engine_controller(large.engine, PARAM_FILTER_CUTOFF).controller == 74);
    static const uint32_t BLOCKS[] = {1, 16, 37, 256, 1000};
    for (size_t i = 0; i < sizeof BLOCKS / sizeof BLOCKS[0]; i++) {
        Take small = learned_ramp(BLOCKS[i]);
        cr_expect(memcmp(large.left, small.left, large.frames * sizeof(float)) == 0, "blocks of %u differ",
                  (unsigned)BLOCKS[i]);
        take_end(&small);
    }
    // Were the steps taken at a block's beginning, its first half would sound as its second.
    double first = sound_rms(large.left + 4096 + 1024, 512);
    double second = sound_rms(large.left + 8192 - 512, 512);
    cr_expect(gain_to_db(second / first) > 6.0, "it rises by %.1f dB within the block",
              gain_to_db(second / first));
    take_end(&large);
}
