// The controllers of one MIDI channel: what its messages have set, in the engine's units.
#ifndef ENGINE_MIDI_MIDI_CHANNEL_H
#define ENGINE_MIDI_MIDI_CHANNEL_H

#include "platform/thread_tags.h"

#include <stdbool.h>
#include <stdint.h>

/// What a message means to the voices. The controllers themselves are already updated.
typedef enum MidiEffect {
    MIDI_EFFECT_NONE,
    MIDI_EFFECT_CONTROL,           // a value read on the control grid changed
    MIDI_EFFECT_NOTE_ON,           // velocity 1..127
    MIDI_EFFECT_NOTE_OFF,          // also a note-on of velocity 0
    MIDI_EFFECT_SUSTAIN,           // `sustain` went down or up
    MIDI_EFFECT_SOSTENUTO,         // `sostenuto` went down or up
    MIDI_EFFECT_CONTROLLERS_RESET, // CONTROL; and both pedals are up now, whatever they were
    MIDI_EFFECT_ALL_NOTES_OFF,     // as if every key were let go; pedals still hold
    MIDI_EFFECT_ALL_SOUND_OFF,     // silence, pedals or not
    MIDI_EFFECT_PROGRAM,           // `program` was chosen, `bank` with it
} MidiEffect;

/// Owned by the audio thread. The first part is what the engine reads.
typedef struct MidiChannel {
    float bend;                 // -1..1
    float bend_range_semitones; // 0..128.27; means something only when bend_range_set
    float tune_cents;           // coarse and fine tuning together, -6500..6400
    float wheel;                // 0..1
    float pressure;             // of the channel, 0..1
    float gain;                 // linear, volume and expression together, 0..1
    float pan;                  // -1 left..1 right
    bool bend_range_set;        // false: the patch alone decides the range
    bool sustain;
    bool sostenuto;
    bool soft;
    uint8_t program; // 0..127
    uint16_t bank;   // 0..16383, as chosen with the last program

    // What the messages have set, as they sent it; only midi_channel.c looks here.
    uint8_t bank_msb, bank_lsb;
    uint8_t volume, expression;
    uint8_t rpn_msb, rpn_lsb; // both 127: none, or an NRPN is chosen
    uint8_t bend_range_msb, bend_range_lsb;
    uint8_t coarse_tune;
    uint16_t fine_tune;
} MidiChannel;

/// A channel as it is at power-on, and after GM System On. [audio-thread]
RT void midi_channel_init(MidiChannel *channel);

/// Applies a channel message (its channel number is not looked at) and tells what it means to the voices.
/// Gains follow the General MIDI recommendation, 40 log10(value / 127) dB; controller 121 follows RP-015.
/// [audio-thread]
RT MidiEffect midi_channel_apply(MidiChannel *channel, const uint8_t midi[3]);

#endif
