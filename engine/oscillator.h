// Band-limited waves without tables: each adds one wave of one oscillator to a stretch of the source tile.
//
// Steps and corners are smoothed by the integrals of a cubic B-spline over four samples (polyBLEP and
// polyBLAMP; V. Valimaki, J. Pekonen, J. Nam, "Perceptually informed synthesis of bandlimited classical
// waveforms using integrated polynomial interpolation", J. Acoust. Soc. Am. 131, 2012; F. Esqueda, V.
// Valimaki, S. Bilbao, "Rounding corners with BLAMP", DAFx 2016).
#ifndef ENGINE_OSCILLATOR_H
#define ENGINE_OSCILLATOR_H

#include "engine/lane_state.h"
#include "engine/simd_math.h"

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
} OscillatorRun;

SIMD_INLINE OscillatorRun oscillator_run(const LaneState *state, int oscillator, int source, int first) {
    int step = COUNTER_OSC1_STEP + oscillator;
    return (OscillatorRun){
        .phase = vu_load(state->phase[oscillator]),
        .step = vu_load(state->counter[step]),
        .step_slope = vu_from_vi(vi_load(state->counter_slope[step])),
        .period = ramp_load(state, (RampField)(RAMP_OSC1_FRAMES + oscillator)),
        .gain = ramp_load(state, (RampField)source),
        .index = vf_set((float)first),
    };
}

/// Adds the wave at the run's gain and moves on by a frame.
SIMD_INLINE void oscillator_run_add(OscillatorRun *run, float *row, vf wave) {
    vf_store(row, vf_load(row) + wave * ramp_value(run->gain, run->index));
    run->index += 1.0f;
    run->phase += run->step;
    run->step += run->step_slope;
}

/// What is missing of a step of height 1, `distance` >= 0 samples away from it: 1/2 at 0, 0 from 2 on.
SIMD_INLINE vf blep_rest(vf distance) {
    vf wide = vf_max(2.0f - distance, vf_set(0.0f));
    vf narrow = vf_max(1.0f - distance, vf_set(0.0f));
    wide *= wide;
    narrow *= narrow;
    return (wide * wide - narrow * narrow * 4.0f) * (1.0f / 24.0f);
}

/// What a corner of slope change 1 a sample is rounded by, `distance` >= 0 samples away from it.
SIMD_INLINE vf blamp_rest(vf distance) {
    vf wide = vf_max(2.0f - distance, vf_set(0.0f));
    vf narrow = vf_max(1.0f - distance, vf_set(0.0f));
    vf wide2 = wide * wide;
    vf narrow2 = narrow * narrow;
    return (wide2 * wide2 * wide - narrow2 * narrow2 * narrow * 4.0f) * (1.0f / 120.0f);
}

/// A falling-edge saw: rises from -1 at phase 0 to 1.
SIMD_INLINE vf saw_value(vu phase, vf period_frames) {
    vf turns = vf_from_vi(vi_from_vu(phase)) * TURNS_OF_PHASE; // -0.5..0.5, the edge at 0
    vf edge = 1.0f - blep_rest(vf_abs(turns) * period_frames) * 2.0f;
    return turns + turns - vf_with_sign(edge, turns);
}

SIMD_INLINE void oscillator_add_saw(SourceTile tile, Stretch stretch, const LaneState *state, int oscillator,
                                    int source) {
    OscillatorRun run = oscillator_run(state, oscillator, source, stretch.first);
    for (int frame = stretch.first; frame < stretch.last; frame++) {
        vf period = ramp_value(run.period, run.index);
        oscillator_run_add(&run, tile[frame], saw_value(run.phase, period));
    }
}

/// Two saws a width apart: +1 for `width` of the period and -1 for the rest, less its mean, so that moving
/// the width moves no air.
SIMD_INLINE void oscillator_add_pulse(SourceTile tile, Stretch stretch, const LaneState *state,
                                      int oscillator, int source) {
    OscillatorRun run = oscillator_run(state, oscillator, source, stretch.first);
    vu width = vu_load(state->counter[COUNTER_OSC1_WIDTH + oscillator]);
    vu width_slope = vu_from_vi(vi_load(state->counter_slope[COUNTER_OSC1_WIDTH + oscillator]));
    for (int frame = stretch.first; frame < stretch.last; frame++) {
        vf period = ramp_value(run.period, run.index);
        vf pulse = saw_value(run.phase - width, period) - saw_value(run.phase, period);
        oscillator_run_add(&run, tile[frame], pulse);
        width += width_slope;
    }
}

SIMD_INLINE void oscillator_add_triangle(SourceTile tile, Stretch stretch, const LaneState *state,
                                         int oscillator, int source) {
    OscillatorRun run = oscillator_run(state, oscillator, source, stretch.first);
    for (int frame = stretch.first; frame < stretch.last; frame++) {
        vf period = ramp_value(run.period, run.index);
        vf turns = vf_abs(vf_from_vi(vi_from_vu(run.phase)) * TURNS_OF_PHASE);
        vf step = vf_from_vi(vi_from_vu(run.step)) * TURNS_OF_PHASE;
        // The slope changes by 8 a turn at the peak (phase 0) and back at the trough (half a turn).
        vf corners = blamp_rest((0.5f - turns) * period) - blamp_rest(turns * period);
        oscillator_run_add(&run, tile[frame], 1.0f - turns * 4.0f + corners * step * 8.0f);
    }
}

SIMD_INLINE void oscillator_add_sine(SourceTile tile, Stretch stretch, const LaneState *state, int oscillator,
                                     int source) {
    OscillatorRun run = oscillator_run(state, oscillator, source, stretch.first);
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
    for (int frame = stretch.first; frame < stretch.last; frame++) {
        phase += step;
        step += step_slope;
        width += width_slope;
    }
    vu_store(state->phase[oscillator], phase);
    vu_store(state->counter[step_counter], step);
    vu_store(state->counter[width_counter], width);
}

/// White noise, -1..1 (xorshift32; G. Marsaglia, "Xorshift RNGs", J. Stat. Software 8, 2003). It moves on
/// only in lanes that use it: what other lanes of the register use must not be heard.
SIMD_INLINE void noise_add(SourceTile tile, Stretch stretch, LaneState *state) {
    Ramp gain = ramp_load(state, RAMP_NOISE);
    vf index = vf_set((float)stretch.first);
    vu noise = vu_load(state->noise);
    for (int frame = stretch.first; frame < stretch.last; frame++) {
        noise ^= noise << 13;
        noise ^= noise >> 17;
        noise ^= noise << 5;
        vf wave = vf_from_vi(vi_from_vu(noise)) * 0x1p-31f;
        vf_store(tile[frame], vf_load(tile[frame]) + wave * ramp_value(gain, index));
        index += 1.0f;
    }
    vi held = vi_from_vu(vu_load(state->noise));
    vm used = ramp_used(gain);
    vu_store(state->noise, vu_from_vi(vi_select(used, vi_from_vu(noise), held)));
}

#endif
