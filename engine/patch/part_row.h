// What a lane needs to know of its part, in the kernel's own units: one row of numbers.
#ifndef ENGINE_PATCH_PART_ROW_H
#define ENGINE_PATCH_PART_ROW_H

#include <stdint.h>

/// Octaves are base-2 logarithms; frequencies are relative to the sample rate; steps and rates are per frame.
typedef enum RowField {
    ROW_OSC1_SAW, // gains, linear
    ROW_OSC1_PULSE,
    ROW_OSC1_TRIANGLE,
    ROW_OSC1_SINE,
    ROW_OSC2_SAW,
    ROW_OSC2_PULSE,
    ROW_OSC2_TRIANGLE,
    ROW_OSC2_SINE,
    ROW_NOISE,
    ROW_OSC1_WIDTH, // turns, 0..1
    ROW_OSC2_WIDTH,
    ROW_OSC1_OCTAVES, // added to the note
    ROW_OSC2_OCTAVES,
    ROW_RANDOM_PHASE, // turns, 0..1
    ROW_FILTER_LOWPASS,
    ROW_FILTER_BANDPASS,
    ROW_FILTER_HIGHPASS,
    ROW_FILTER_OCTAVES, // of the corner
    ROW_FILTER_DAMPING, // 1/Q
    ROW_FILTER_ENVELOPE_OCTAVES,
    ROW_FILTER_KEY_TRACK,
    ROW_FILTER_VELOCITY_OCTAVES,
    ROW_FILTER_ATTACK_STEP, // of an envelope: level a frame
    ROW_FILTER_DECAY_RATE,  // octaves of level a frame
    ROW_FILTER_SUSTAIN,
    ROW_FILTER_RELEASE_RATE,
    ROW_AMP_ATTACK_STEP,
    ROW_AMP_DECAY_RATE,
    ROW_AMP_SUSTAIN,
    ROW_AMP_RELEASE_RATE,
    ROW_AMP_VELOCITY,
    ROW_LFO_STEP, // turns a frame
    ROW_LFO_FADE_STEP,
    ROW_LFO_OCTAVES,
    ROW_LFO_FILTER_OCTAVES,
    ROW_LFO_WIDTH,
    ROW_LFO_LEVEL,
    ROW_WHEEL_OCTAVES,        // vibrato that the wheel adds, already times the wheel
    ROW_WHEEL_FILTER_OCTAVES, // already times the wheel
    ROW_BEND_OCTAVES,         // bend and tuning
    ROW_GAIN,                 // patch, volume, expression, master; linear
    ROW_PAN,                  // -1..1
    ROW_PAN_KEY_SPREAD,       // pan for each octave above middle C
    ROW_FIELD_COUNT
} RowField;

typedef struct PartRow {
    float field[ROW_FIELD_COUNT];
    uint32_t version; // grows by one with each change of the part; never 0
    uint32_t patch;   // grows by one with each patch loaded: notes of another patch keep the row they have
} PartRow;

#endif
