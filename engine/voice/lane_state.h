// The state of one register of lanes: structure of arrays, copied from version to version.
#ifndef ENGINE_VOICE_LANE_STATE_H
#define ENGINE_VOICE_LANE_STATE_H

#include "engine/chunk.h"
#include "engine/voice/simd.h"

/// Numbers that ramp linearly over a grid interval: value = base + slope * (frame within the interval).
typedef enum RampField {
    RAMP_OSC1_SAW, // as in RowField, so that the nine gains are one loop
    RAMP_OSC1_PULSE,
    RAMP_OSC1_TRIANGLE,
    RAMP_OSC1_SINE,
    RAMP_OSC2_SAW,
    RAMP_OSC2_PULSE,
    RAMP_OSC2_TRIANGLE,
    RAMP_OSC2_SINE,
    RAMP_NOISE,
    RAMP_SOURCE_COUNT,
    RAMP_OSC1_FRAMES = RAMP_SOURCE_COUNT, // in one period
    RAMP_OSC2_FRAMES,
    RAMP_FILTER_A, // filter.h
    RAMP_FILTER_B,
    RAMP_FILTER_C,
    RAMP_FILTER_INPUT,
    RAMP_FILTER_BAND,
    RAMP_FILTER_LOW,
    RAMP_LEFT, // gains
    RAMP_RIGHT,
    RAMP_AMP_LEVEL, // of the envelopes: read at control points only
    RAMP_FILTER_LEVEL,
    RAMP_COUNT
} RampField;

/// Phases and their steps in 2^-32 turns: they wrap by themselves and add up the same everywhere.
typedef enum CounterField {
    COUNTER_OSC1_STEP,
    COUNTER_OSC2_STEP,
    COUNTER_OSC1_WIDTH,
    COUNTER_OSC2_WIDTH,
    COUNTER_COUNT
} CounterField;

/// What a row's patch and channel fields come to together: worked out when the row changes.
typedef enum DerivedField {
    DERIVED_BEND_OCTAVES,         // bend and tuning
    DERIVED_WHEEL_OCTAVES,        // vibrato that the wheel adds
    DERIVED_WHEEL_FILTER_OCTAVES, // how far the wheel moves the corner
    DERIVED_GAIN,                 // linear
    DERIVED_PAN,                  // -1..1, and beyond
    DERIVED_COUNT
} DerivedField;

typedef enum LaneStage {
    STAGE_ATTACK,
    STAGE_DECAY,
    STAGE_RELEASE,
    STAGE_FADE,   // taken away, from full level in 5 ms
    STAGE_ENDING, // ramps to zero up to the next grid point
    STAGE_OFF,
} LaneStage;

typedef struct LaneState {
    float row[ROW_FIELD_COUNT][SIMD_LANES];
    float derived[DERIVED_COUNT][SIMD_LANES];
    float base[RAMP_COUNT][SIMD_LANES];
    float slope[RAMP_COUNT][SIMD_LANES];
    uint32_t counter[COUNTER_COUNT][SIMD_LANES];
    int32_t counter_slope[COUNTER_COUNT][SIMD_LANES]; // a frame
    uint32_t phase[2][SIMD_LANES];
    uint32_t noise[SIMD_LANES]; // xorshift, never 0
    float filter[2][SIMD_LANES];
    float lfo_turns[SIMD_LANES]; // at the next grid point, -0.5..0.5
    float lfo_fade[SIMD_LANES];  // 0..1
    float note_octaves[SIMD_LANES];
    float key_octaves[SIMD_LANES];
    float velocity[SIMD_LANES];
    int32_t amp_stage[SIMD_LANES];
    int32_t filter_stage[SIMD_LANES];
    int32_t part[SIMD_LANES];
    uint32_t row_version[SIMD_LANES];
    uint32_t row_patch[SIMD_LANES];
    uint64_t grid_frame; // the last grid point whose controls were computed
    uint64_t moving;     // fields of ROW_BIT on which some lane is on its way
    uint32_t sources;    // bit RampField: some lane needs that source until the next control point
    uint32_t grid_stamp; // of the rows that its lanes follow
    uint32_t alive;      // bit lane
    uint32_t touched;    // bit lane: commanded at this frame, its ramps not yet aimed anew
    uint32_t fresh;      // bit lane: of those, its note starts

    // Last, since they are copied and mean something only for the fields that move: where those go, and where
    // the first of two one-pole filters is. `row` is the second.
    float goal[ROW_SMOOTH_COUNT][SIMD_LANES] __attribute__((aligned(64)));
    float lead[ROW_SMOOTH_COUNT][SIMD_LANES] __attribute__((aligned(64)));
} __attribute__((aligned(128))) LaneState;

typedef struct Ramp {
    vf base;
    vf slope;
} Ramp;

SIMD_INLINE Ramp ramp_load(const LaneState *state, RampField field) {
    return (Ramp){vf_load(state->base[field]), vf_load(state->slope[field])};
}

SIMD_INLINE vf ramp_value(Ramp ramp, vf index) {
    return ramp.base + ramp.slope * index;
}

/// A ramp as the frames of a stretch read it by ramp_read: in draft it rests where the grid interval ends.
SIMD_INLINE Ramp ramp_begin(const LaneState *state, RampField field, bool draft) {
    Ramp ramp = ramp_load(state, field);
    return draft ? (Ramp){ramp_value(ramp, vf_set((float)GRID_FRAMES)), vf_set(0.0f)} : ramp;
}

SIMD_INLINE vf ramp_read(Ramp ramp, vf index, bool draft) {
    return draft ? ramp.base : ramp_value(ramp, index);
}

/// False in lanes where the ramp stays at 0.
SIMD_INLINE vm ramp_used(Ramp ramp) {
    return vf_less(vf_set(0.0f), vf_abs(ramp.base) + vf_abs(ramp.slope));
}

#endif
