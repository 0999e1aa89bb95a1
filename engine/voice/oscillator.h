// Band-limited waves without tables: each adds one wave of one oscillator to a stretch of the source tile.
//
// Steps and corners are smoothed by the integrals of a cubic B-spline over four samples, in draft of a linear
// one over two, which delays as little (polyBLEP and polyBLAMP; V. Valimaki, J. Pekonen, J. Nam,
// "Perceptually informed synthesis of bandlimited classical waveforms using integrated polynomial
// interpolation", J. Acoust. Soc. Am. 131, 2012; F. Esqueda, V. Valimaki, S. Bilbao, "Rounding corners with
// BLAMP", DAFx 2016).
#ifndef ENGINE_VOICE_OSCILLATOR_H
#define ENGINE_VOICE_OSCILLATOR_H

#include "engine/voice/lane_state.h"
#include "engine/voice/simd_math.h"

/// A stretch of a grid interval: frames first..last-1 of 0..GRID_FRAMES.
typedef struct Stretch {
    int first;
    int last;
} Stretch;

typedef float SourceTile[GRID_FRAMES][SIMD_LANES];

#define TURNS_OF_PHASE 0x1p-32f

/// Where one oscillator of every lane stands, advanced frame by frame.
typedef struct OscillatorRun {
    vu phase;
    vu step;
    vu step_slope;
    Ramp period; // frames in one turn
    Ramp gain;
    vf index; // of the frame in the grid interval
    bool draft;
} OscillatorRun;

SIMD_INLINE OscillatorRun oscillator_run(const LaneState *state, int oscillator, int source, int first,
                                         bool draft) {
    int step = COUNTER_OSC1_STEP + oscillator;
    return (OscillatorRun){
        .phase = vu_load(state->phase[oscillator]),
        .step = vu_load(state->counter[step]),
        .step_slope = vu_from_vi(vi_load(state->counter_slope[step])),
        .period = ramp_begin(state, (RampField)(RAMP_OSC1_FRAMES + oscillator), draft),
        .gain = ramp_begin(state, (RampField)source, draft),
        .index = vf_set((float)first),
        .draft = draft,
    };
}

/// Adds the wave at the run's gain and moves on by a frame.
SIMD_INLINE void oscillator_run_add(OscillatorRun *run, float *row, vf wave) {
    vf_store(row, vf_load(row) + wave * ramp_read(run->gain, run->index, run->draft));
    run->index += 1.0f;
    run->phase += run->step;
    run->step += run->step_slope;
}

/// What is missing of a step of height 2, `distance` >= 0 samples away from it: 1 at 0, 0 from 2 on, in draft
/// from 1 on.
SIMD_INLINE vf blep_rest(vf distance, bool draft) {
    vf narrow = vf_max(1.0f - distance, vf_set(0.0f));
    narrow *= narrow;
    if (draft) {
        return narrow;
    }
    vf wide = vf_max(2.0f - distance, vf_set(0.0f));
    wide *= wide;
    return (wide * wide - narrow * narrow * 4.0f) * (1.0f / 12.0f);
}

/// What a corner of slope change 1 a sample is rounded by, `distance` >= 0 samples away from it.
SIMD_INLINE vf blamp_rest(vf distance, bool draft) {
    vf narrow = vf_max(1.0f - distance, vf_set(0.0f));
    vf narrow2 = narrow * narrow;
    if (draft) {
        return narrow2 * narrow * (1.0f / 6.0f);
    }
    vf wide = vf_max(2.0f - distance, vf_set(0.0f));
    vf wide2 = wide * wide;
    return (wide2 * wide2 * wide - narrow2 * narrow2 * narrow * 4.0f) * (1.0f / 120.0f);
}

/// A falling-edge saw: rises from -1 at phase 0 to 1.
SIMD_INLINE vf saw_value(vu phase, vf period_frames, bool draft) {
    vf turns = vf_from_vi(vi_from_vu(phase)) * TURNS_OF_PHASE; // -0.5..0.5, the edge at 0
    vf edge = 1.0f - blep_rest(vf_abs(turns) * period_frames, draft);
    return turns + turns - vf_with_sign(edge, turns);
}

SIMD_INLINE void oscillator_add_saw(SourceTile tile, Stretch stretch, const LaneState *state, int oscillator,
                                    int source, bool draft) {
    OscillatorRun run = oscillator_run(state, oscillator, source, stretch.first, draft);
    for (int frame = stretch.first; frame < stretch.last; frame++) {
        vf period = ramp_read(run.period, run.index, draft);
        oscillator_run_add(&run, tile[frame], saw_value(run.phase, period, draft));
    }
}

/// Two saws a width apart: +1 for `width` of the period and -1 for the rest, less its mean, so that moving
/// the width moves no air.
SIMD_INLINE void oscillator_add_pulse(SourceTile tile, Stretch stretch, const LaneState *state,
                                      int oscillator, int source, bool draft) {
    OscillatorRun run = oscillator_run(state, oscillator, source, stretch.first, draft);
    vu width = vu_load(state->counter[COUNTER_OSC1_WIDTH + oscillator]);
    vu width_slope = vu_from_vi(vi_load(state->counter_slope[COUNTER_OSC1_WIDTH + oscillator]));
    for (int frame = stretch.first; frame < stretch.last; frame++) {
        vf period = ramp_read(run.period, run.index, draft);
        vf pulse = saw_value(run.phase - width, period, draft) - saw_value(run.phase, period, draft);
        oscillator_run_add(&run, tile[frame], pulse);
        width += width_slope;
    }
}

SIMD_INLINE void oscillator_add_triangle(SourceTile tile, Stretch stretch, const LaneState *state,
                                         int oscillator, int source, bool draft) {
    OscillatorRun run = oscillator_run(state, oscillator, source, stretch.first, draft);
    for (int frame = stretch.first; frame < stretch.last; frame++) {
        vf period = ramp_read(run.period, run.index, draft);
        vf turns = vf_abs(vf_from_vi(vi_from_vu(run.phase)) * TURNS_OF_PHASE);
        vf step = vf_from_vi(vi_from_vu(run.step)) * TURNS_OF_PHASE;
        // The slope changes by 8 a turn at the peak (phase 0) and back at the trough (half a turn).
        vf corners = blamp_rest((0.5f - turns) * period, draft) - blamp_rest(turns * period, draft);
        oscillator_run_add(&run, tile[frame], 1.0f - turns * 4.0f + corners * step * 8.0f);
    }
}

SIMD_INLINE void oscillator_add_sine(SourceTile tile, Stretch stretch, const LaneState *state, int oscillator,
                                     int source, bool draft) {
    OscillatorRun run = oscillator_run(state, oscillator, source, stretch.first, draft);
    for (int frame = stretch.first; frame < stretch.last; frame++) {
        vf turns = vf_from_vi(vi_from_vu(run.phase)) * TURNS_OF_PHASE;
        oscillator_run_add(&run, tile[frame], vf_sin_turns(turns));
    }
}

/// Moves an oscillator and its width over the stretch, whether any wave of it sounded or not.
SIMD_INLINE void oscillator_pass(LaneState *state, Stretch stretch, int oscillator) {
    int step_counter = COUNTER_OSC1_STEP + oscillator;
    int width_counter = COUNTER_OSC1_WIDTH + oscillator;
    vu phase = vu_load(state->phase[oscillator]);
    vu step = vu_load(state->counter[step_counter]);
    vu step_slope = vu_from_vi(vi_load(state->counter_slope[step_counter]));
    vu width = vu_load(state->counter[width_counter]);
    vu width_slope = vu_from_vi(vi_load(state->counter_slope[width_counter]));
    uint32_t frames = (uint32_t)(stretch.last - stretch.first);
    // What adding the step and then its slope, frame by frame, comes to: whole numbers, so exactly.
    vu_store(state->phase[oscillator], phase + step * frames + step_slope * (frames * (frames - 1) / 2));
    vu_store(state->counter[step_counter], step + step_slope * frames);
    vu_store(state->counter[width_counter], width + width_slope * frames);
}

/// White noise, -1..1 (xorshift32; G. Marsaglia, "Xorshift RNGs", J. Stat. Software 8, 2003). It moves on
/// only in lanes that use it: what other lanes of the register use must not be heard.
SIMD_INLINE void noise_add(SourceTile tile, Stretch stretch, LaneState *state, bool draft) {
    Ramp gain = ramp_begin(state, RAMP_NOISE, draft);
    vf index = vf_set((float)stretch.first);
    vu noise = vu_load(state->noise);
    for (int frame = stretch.first; frame < stretch.last; frame++) {
        noise ^= noise << 13;
        noise ^= noise >> 17;
        noise ^= noise << 5;
        vf wave = vf_from_vi(vi_from_vu(noise)) * 0x1p-31f;
        vf_store(tile[frame], vf_load(tile[frame]) + wave * ramp_read(gain, index, draft));
        index += 1.0f;
    }
    vi held = vi_from_vu(vu_load(state->noise));
    vm used = ramp_used(ramp_load(state, RAMP_NOISE));
    vu_store(state->noise, vu_from_vi(vi_select(used, vi_from_vu(noise), held)));
}

#endif
