// Applies channel messages to a channel's controllers.
#include "engine/midi/midi_channel.h"

#include "engine/midi/midi_names.h"

enum {
    VOLUME_INITIAL = 100,   // as General MIDI says
    BEND_RANGE_INITIAL = 2, // semitones, likewise
    CENTS_IN_SEMITONE = 100,
};

RT static void update_gain(MidiChannel *channel) {
    float level = (float)(channel->volume * channel->expression) / (127.0f * 127.0f);
    channel->gain = level * level;
}

RT static void update_tune(MidiChannel *channel) {
    channel->tune_cents = (float)((channel->coarse_tune - MIDI_CENTRE_7_BIT) * CENTS_IN_SEMITONE) +
                          (float)(channel->fine_tune - MIDI_CENTRE_14_BIT) * (100.0f / 8192.0f);
}

RT static void select_rpn(MidiChannel *channel, int rpn) {
    channel->rpn_msb = (uint8_t)(rpn >> 7);
    channel->rpn_lsb = (uint8_t)(rpn & 127);
}

// What RP-015 resets: playing controllers go home, the mix (volume, pan, bank, program) and registered
// parameters stay.
RT static void reset_controllers(MidiChannel *channel) {
    channel->bend = 0.0f;
    channel->wheel = 0.0f;
    channel->pressure = 0.0f;
    channel->expression = 127;
    channel->sustain = false;
    channel->sostenuto = false;
    channel->soft = false;
    select_rpn(channel, MIDI_RPN_NONE);
    update_gain(channel);
}

RT void midi_channel_init(MidiChannel *channel) {
    *channel = (MidiChannel){
        .volume = VOLUME_INITIAL,
        .bend_range_semitones = BEND_RANGE_INITIAL,
        .bend_range_msb = BEND_RANGE_INITIAL,
        .coarse_tune = MIDI_CENTRE_7_BIT,
        .fine_tune = MIDI_CENTRE_14_BIT,
    };
    reset_controllers(channel);
}

RT static MidiEffect set_bend_range(MidiChannel *channel, uint8_t semitones, uint8_t cents) {
    channel->bend_range_msb = semitones;
    channel->bend_range_lsb = cents;
    channel->bend_range_semitones = (float)semitones + (float)cents / (float)CENTS_IN_SEMITONE;
    channel->bend_range_set = true;
    return MIDI_EFFECT_CONTROL;
}

RT static MidiEffect set_fine_tune(MidiChannel *channel, int value) {
    channel->fine_tune = (uint16_t)value;
    update_tune(channel);
    return MIDI_EFFECT_CONTROL;
}

RT static MidiEffect set_coarse_tune(MidiChannel *channel, uint8_t value) {
    channel->coarse_tune = value;
    update_tune(channel);
    return MIDI_EFFECT_CONTROL;
}

RT static int chosen_rpn(const MidiChannel *channel) {
    return channel->rpn_msb << 7 | channel->rpn_lsb;
}

// An MSB clears the LSB, as the standard has it for every pair of controllers: the coarse value alone is
// exact.
RT static MidiEffect enter_msb(MidiChannel *channel, uint8_t value) {
    switch (chosen_rpn(channel)) {
    case MIDI_RPN_BEND_RANGE:
        return set_bend_range(channel, value, 0);
    case MIDI_RPN_FINE_TUNE:
        return set_fine_tune(channel, value << 7);
    case MIDI_RPN_COARSE_TUNE:
        return set_coarse_tune(channel, value);
    default:
        return MIDI_EFFECT_NONE;
    }
}

RT static MidiEffect enter_lsb(MidiChannel *channel, uint8_t value) {
    switch (chosen_rpn(channel)) {
    case MIDI_RPN_BEND_RANGE:
        return set_bend_range(channel, channel->bend_range_msb, value);
    case MIDI_RPN_FINE_TUNE:
        return set_fine_tune(channel, (channel->fine_tune & ~127) | value);
    default:
        return MIDI_EFFECT_NONE; // coarse tuning has no fine part
    }
}

// One step of what RP-018 lets the buttons move: cents of bend range, the fine tuning's last bit, semitones
// of coarse tuning.
RT static MidiEffect enter_step(MidiChannel *channel, int step) {
    switch (chosen_rpn(channel)) {
    case MIDI_RPN_BEND_RANGE: {
        int cents = channel->bend_range_msb * CENTS_IN_SEMITONE + channel->bend_range_lsb + step;
        if (cents < 0 || cents > 127 * CENTS_IN_SEMITONE) {
            return MIDI_EFFECT_NONE;
        }
        return set_bend_range(channel, (uint8_t)(cents / CENTS_IN_SEMITONE),
                              (uint8_t)(cents % CENTS_IN_SEMITONE));
    }
    case MIDI_RPN_FINE_TUNE: {
        int value = channel->fine_tune + step;
        return value < 0 || value > 16383 ? MIDI_EFFECT_NONE : set_fine_tune(channel, value);
    }
    case MIDI_RPN_COARSE_TUNE: {
        int value = channel->coarse_tune + step;
        return value < 0 || value > 127 ? MIDI_EFFECT_NONE : set_coarse_tune(channel, (uint8_t)value);
    }
    default:
        return MIDI_EFFECT_NONE;
    }
}

RT static MidiEffect move_pedal(bool *pedal, uint8_t value, MidiEffect effect) {
    bool was_down = *pedal;
    *pedal = value >= MIDI_PEDAL_DOWN;
    return *pedal != was_down
               ? effect
               : MIDI_EFFECT_NONE; // half-pedalling keyboards send many values for one movement
}

RT static MidiEffect set_mix(MidiChannel *channel, uint8_t *level, uint8_t value) {
    *level = value;
    update_gain(channel);
    return MIDI_EFFECT_CONTROL;
}

RT static MidiEffect apply_controller(MidiChannel *channel, uint8_t controller, uint8_t value) {
    switch (controller) {
    case MIDI_CC_BANK_MSB:
        channel->bank_msb = value;
        return MIDI_EFFECT_NONE; // until the next program change
    case MIDI_CC_BANK_LSB:
        channel->bank_lsb = value;
        return MIDI_EFFECT_NONE;
    case MIDI_CC_WHEEL:
        channel->wheel = (float)value / 127.0f;
        return MIDI_EFFECT_CONTROL;
    case MIDI_CC_VOLUME:
        return set_mix(channel, &channel->volume, value);
    case MIDI_CC_EXPRESSION:
        return set_mix(channel, &channel->expression, value);
    case MIDI_CC_PAN: // 1..127 are symmetrical around 64; 0 is as far left as 1 (RP-036)
        channel->pan = value == 0 ? -1.0f : (float)(value - MIDI_CENTRE_7_BIT) / 63.0f;
        return MIDI_EFFECT_CONTROL;
    case MIDI_CC_SUSTAIN:
        return move_pedal(&channel->sustain, value, MIDI_EFFECT_SUSTAIN);
    case MIDI_CC_SOSTENUTO:
        return move_pedal(&channel->sostenuto, value, MIDI_EFFECT_SOSTENUTO);
    case MIDI_CC_SOFT:
        return move_pedal(&channel->soft, value, MIDI_EFFECT_CONTROL);
    case MIDI_CC_RPN_MSB:
        channel->rpn_msb = value;
        return MIDI_EFFECT_NONE;
    case MIDI_CC_RPN_LSB:
        channel->rpn_lsb = value;
        return MIDI_EFFECT_NONE;
    case MIDI_CC_NRPN_MSB:
    case MIDI_CC_NRPN_LSB:
        select_rpn(channel, MIDI_RPN_NONE); // or its data would land in the last RPN
        return MIDI_EFFECT_NONE;
    case MIDI_CC_DATA_MSB:
        return enter_msb(channel, value);
    case MIDI_CC_DATA_LSB:
        return enter_lsb(channel, value);
    case MIDI_CC_DATA_INCREMENT:
        return enter_step(channel, 1);
    case MIDI_CC_DATA_DECREMENT:
        return enter_step(channel, -1);
    case MIDI_CC_ALL_SOUND_OFF:
        return MIDI_EFFECT_ALL_SOUND_OFF;
    case MIDI_CC_RESET_CONTROLLERS:
        reset_controllers(channel);
        return MIDI_EFFECT_CONTROLLERS_RESET;
    default:
        return controller >= MIDI_CC_ALL_NOTES_OFF ? MIDI_EFFECT_ALL_NOTES_OFF : MIDI_EFFECT_NONE;
    }
}

RT static MidiEffect bend(MidiChannel *channel, uint8_t lsb, uint8_t msb) {
    int offset = (msb << 7 | lsb) - MIDI_CENTRE_14_BIT;
    channel->bend =
        (float)offset / (offset < 0 ? 8192.0f : 8191.0f); // both ends of the wheel reach the whole range
    return MIDI_EFFECT_CONTROL;
}

RT MidiEffect midi_channel_apply(MidiChannel *channel, const uint8_t midi[3]) {
    switch (midi_kind(midi[0])) {
    case MIDI_NOTE_OFF:
        return MIDI_EFFECT_NOTE_OFF;
    case MIDI_NOTE_ON:
        return midi[2] > 0 ? MIDI_EFFECT_NOTE_ON : MIDI_EFFECT_NOTE_OFF;
    case MIDI_CONTROLLER:
        return apply_controller(channel, midi[1], midi[2]);
    case MIDI_PROGRAM:
        channel->program = midi[1];
        channel->bank = (uint16_t)(channel->bank_msb << 7 | channel->bank_lsb);
        return MIDI_EFFECT_PROGRAM;
    case MIDI_CHANNEL_PRESSURE:
        channel->pressure = (float)midi[1] / 127.0f;
        return MIDI_EFFECT_CONTROL;
    case MIDI_BEND:
        return bend(channel, midi[1], midi[2]);
    default:
        return MIDI_EFFECT_NONE; // pressure of single keys is not kept
    }
}
