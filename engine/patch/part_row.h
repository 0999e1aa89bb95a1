// What a lane needs to know of its part, in the kernel's own units: one row of numbers.
#ifndef ENGINE_PATCH_PART_ROW_H
#define ENGINE_PATCH_PART_ROW_H

#include <stdint.h>

/// Octaves are base-2 logarithms; frequencies are relative to the sample rate; steps and rates are per frame.
/// What is heard to step comes first: lanes go to it smoothly.
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
    ROW_FILTER_LOWPASS,
    ROW_FILTER_BANDPASS,
    ROW_FILTER_HIGHPASS,
    ROW_FILTER_OCTAVES, // of the corner
    ROW_FILTER_DAMPING, // 1/Q
    ROW_FILTER_ENVELOPE_OCTAVES,
    ROW_FILTER_KEY_TRACK,
    ROW_FILTER_VELOCITY_OCTAVES,
    ROW_FILTER_SUSTAIN, // of an envelope, 0..1
    ROW_AMP_SUSTAIN,
    ROW_AMP_VELOCITY,
    ROW_LFO_FILTER_OCTAVES,
    ROW_LFO_WIDTH,
    ROW_LFO_LEVEL,
    ROW_WHEEL_FILTER_OCTAVES, // at the wheel's end
    ROW_GAIN,                 // of the patch, linear
    ROW_PAN,                  // of the patch, -1..1
    ROW_PAN_KEY_SPREAD,       // pan for each octave above middle C

    // What the channel does, whichever patch a note began with.
    ROW_CHANNEL_GAIN, // volume, expression, master; linear
    ROW_CHANNEL_PAN,  // -1..1
    ROW_WHEEL,        // 0..1: the mod wheel or the pressure, whichever is further
    ROW_SMOOTH_COUNT,

    ROW_BEND = ROW_SMOOTH_COUNT, // -1..1
    ROW_CHANNEL_BEND_OCTAVES,    // at the bend's end, below 0: the patch's
    ROW_TUNE_OCTAVES,
    ROW_CHANNEL_END,

    ROW_BEND_OCTAVES = ROW_CHANNEL_END, // at the bend's end
    ROW_OSC1_OCTAVES,                   // added to the note
    ROW_OSC2_OCTAVES,
    ROW_RANDOM_PHASE,       // turns, 0..1
    ROW_FILTER_ATTACK_STEP, // of an envelope: level a frame
    ROW_FILTER_DECAY_RATE,  // octaves of level a frame
    ROW_FILTER_RELEASE_RATE,
    ROW_AMP_ATTACK_STEP,
    ROW_AMP_DECAY_RATE,
    ROW_AMP_RELEASE_RATE,
    ROW_LFO_STEP, // turns a frame
    ROW_LFO_FADE_STEP,
    ROW_LFO_OCTAVES,
    ROW_WHEEL_OCTAVES, // vibrato at the wheel's end
    ROW_FIELD_COUNT
} RowField;
_Static_assert(ROW_FIELD_COUNT <= 64, "each field has a bit");

/// The bit of a field in a set of them.
#define ROW_BIT(field)        (UINT64_C(1) << (field))
#define ROW_BITS_BELOW(field) (ROW_BIT(field) - 1)
#define ROW_CHANNEL_BITS      (ROW_BITS_BELOW(ROW_CHANNEL_END) & ~ROW_BITS_BELOW(ROW_CHANNEL_GAIN))

typedef struct PartRow {
    float field[ROW_FIELD_COUNT];
    uint32_t version; // grows by one with each change of the part; never 0
    uint32_t patch;   // grows by one with each patch loaded: of another patch only the channel's fields count
    uint64_t moving;  // fields on which lanes may still be on their way
} PartRow;

#endif
