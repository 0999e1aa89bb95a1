// The numbers of MIDI by the names that its documents give them.
#ifndef ENGINE_MIDI_MIDI_NAMES_H
#define ENGINE_MIDI_MIDI_NAMES_H

#include <stdint.h>

/// Status bytes; those of a channel message have the channel in their low four bits.
enum {
    MIDI_STATUS_BIT = 0x80, // data bytes are below it
    MIDI_NOTE_OFF = 0x80,
    MIDI_NOTE_ON = 0x90,
    MIDI_KEY_PRESSURE = 0xA0,
    MIDI_CONTROLLER = 0xB0,
    MIDI_PROGRAM = 0xC0,
    MIDI_CHANNEL_PRESSURE = 0xD0,
    MIDI_BEND = 0xE0,
    MIDI_SYSEX = 0xF0, // this and above: of the system, not of a channel
    MIDI_SYSEX_END = 0xF7,
    MIDI_REAL_TIME = 0xF8, // this and above: one byte, anywhere
    MIDI_SYSTEM_RESET = 0xFF,
};

/// Controllers.
enum {
    MIDI_CC_BANK_MSB = 0,
    MIDI_CC_WHEEL = 1,
    MIDI_CC_DATA_MSB = 6,
    MIDI_CC_VOLUME = 7,
    MIDI_CC_PAN = 10,
    MIDI_CC_EXPRESSION = 11,
    MIDI_CC_BANK_LSB = 32,
    MIDI_CC_DATA_LSB = 38,
    MIDI_CC_SUSTAIN = 64,
    MIDI_CC_SOSTENUTO = 66,
    MIDI_CC_SOFT = 67,
    MIDI_CC_DATA_INCREMENT = 96,
    MIDI_CC_DATA_DECREMENT = 97,
    MIDI_CC_NRPN_LSB = 98,
    MIDI_CC_NRPN_MSB = 99,
    MIDI_CC_RPN_LSB = 100,
    MIDI_CC_RPN_MSB = 101,
    MIDI_CC_CHANNEL_MODE = 120, // from here on they are no controllers but commands
    MIDI_CC_ALL_SOUND_OFF = 120,
    MIDI_CC_RESET_CONTROLLERS = 121,
    MIDI_CC_ALL_NOTES_OFF = 123, // as are 124..127, the changes of mode
};

/// Registered parameters, MSB << 7 | LSB.
enum {
    MIDI_RPN_BEND_RANGE = 0,
    MIDI_RPN_FINE_TUNE = 1,
    MIDI_RPN_COARSE_TUNE = 2,
    MIDI_RPN_NONE = 127 << 7 | 127,
};

enum {
    MIDI_DRUM_CHANNEL = 9,     // counted from 0: musicians call it 10
    MIDI_PEDAL_DOWN = 64,      // a pedal's value from here on
    MIDI_CENTRE_7_BIT = 64,    // of pan and coarse tuning
    MIDI_CENTRE_14_BIT = 8192, // of bend and fine tuning
};

/// The kind of a channel message, MIDI_NOTE_OFF..MIDI_BEND. [any-thread]
static inline uint8_t midi_kind(uint8_t status) {
    return status & 0xF0u;
}

/// The channel of a channel message, 0..15. [any-thread]
static inline uint8_t midi_channel_of(uint8_t status) {
    return status & 0x0Fu;
}

#endif
