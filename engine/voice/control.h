// The control point: works out where each lane's ramps head for until the next grid point.
#ifndef ENGINE_VOICE_CONTROL_H
#define ENGINE_VOICE_CONTROL_H

#include "engine/voice/envelope.h"
#include "engine/voice/filter.h"
#include "engine/voice/lane_state.h"

#define OSCILLATOR_OCTAVES_MIN (-24.0f)  // 0.003 Hz at 48 kHz
#define OSCILLATOR_OCTAVES_MAX (-1.152f) // 0.45 of the rate
#define FILTER_OCTAVES_MIN     (-14.0f)  // 3 Hz at 48 kHz
#define FILTER_OCTAVES_MAX     (-1.152f)
#define WIDTH_MIN              0.02f // narrower, a pulse is two clicks
#define VOICE_HEADROOM_GAIN    0.2f  // -14 dB: a chord of five loud notes stays below full scale
#define FILTER_SILENCE         1e-15f // -300 dB: below it a filter state becomes 0, long before it could be subnormal

/// Which lanes meet the control point, and where in the grid interval it lies.
typedef struct ControlPoint {
    vm lanes;
    vm fresh;        // of those, the ones whose note starts here: their ramps begin at the goal
    vm lfo;          // lanes whose LFO moves on: at a grid point all, else the fresh
    float old_index; // frames since the ramps' base was set
    float new_index; // frames since the last grid point
    float frames;    // until the next control point, 1.., in live to GRID_FRAMES
    float per_frame; // 1 / frames
} ControlPoint;

SIMD_INLINE vf control_now(const LaneState *state, const ControlPoint *point, RampField field) {
    return ramp_value(ramp_load(state, field), vf_set(point->old_index));
}

SIMD_INLINE void control_ramp_from(LaneState *state, const ControlPoint *point, RampField field, vf from,
                                   vf goal) {
    vf slope = (goal - from) * point->per_frame;
    vf base = from - slope * point->new_index;
    vf_store(state->slope[field], vf_select(point->lanes, slope, vf_load(state->slope[field])));
    vf_store(state->base[field], vf_select(point->lanes, base, vf_load(state->base[field])));
}

SIMD_INLINE void control_ramp(LaneState *state, const ControlPoint *point, RampField field, vf goal) {
    vf now = control_now(state, point, field);
    control_ramp_from(state, point, field, vf_select(point->fresh, goal, now), goal);
}

/// A ramp that a fresh note begins at 0.
SIMD_INLINE void control_ramp_up(LaneState *state, const ControlPoint *point, RampField field, vf goal) {
    vf now = control_now(state, point, field);
    control_ramp_from(state, point, field, vf_select(point->fresh, vf_set(0.0f), now), goal);
}

SIMD_INLINE void control_counter(LaneState *state, const ControlPoint *point, CounterField field, vi goal) {
    vi now = vi_from_vu(vu_load(state->counter[field]));
    now = vi_select(point->fresh, goal, now);
    // Unsigned, so that it wraps: the shorter way round.
    vi way = vi_from_vu(vu_from_vi(goal) - vu_from_vi(now));
    vi slope = vi_from_vf(vf_from_vi(way) * point->per_frame);
    vu_store(state->counter[field], vu_from_vi(now));
    vi_store(state->counter_slope[field],
             vi_select(point->lanes, slope, vi_load(state->counter_slope[field])));
}

SIMD_INLINE vf row_of(const LaneState *state, RowField field) {
    return vf_load(state->row[field]);
}

SIMD_INLINE vf derived_of(const LaneState *state, DerivedField field) {
    return vf_load(state->derived[field]);
}

/// Works the derived fields out, after rows have changed.
SIMD_INLINE void control_derive(LaneState *state) {
    vf channels = row_of(state, ROW_CHANNEL_BEND_OCTAVES);
    vf range = vf_select(vf_less(channels, vf_set(0.0f)), row_of(state, ROW_BEND_OCTAVES), channels);
    vf wheel = row_of(state, ROW_WHEEL);
    vf_store(state->derived[DERIVED_BEND_OCTAVES],
             row_of(state, ROW_BEND) * range + row_of(state, ROW_TUNE_OCTAVES));
    vf_store(state->derived[DERIVED_WHEEL_OCTAVES], wheel * row_of(state, ROW_WHEEL_OCTAVES));
    vf_store(state->derived[DERIVED_WHEEL_FILTER_OCTAVES], wheel * row_of(state, ROW_WHEEL_FILTER_OCTAVES));
    vf_store(state->derived[DERIVED_GAIN],
             row_of(state, ROW_GAIN) * row_of(state, ROW_CHANNEL_GAIN) * VOICE_HEADROOM_GAIN);
    vf_store(state->derived[DERIVED_PAN], row_of(state, ROW_PAN) + row_of(state, ROW_CHANNEL_PAN));
}

typedef struct LfoValue {
    vf wave;  // -1..1
    vf faded; // the same, faded in since the note's start
} LfoValue;

SIMD_INLINE LfoValue control_lfo(LaneState *state, const ControlPoint *point) {
    vf turns = vf_load(state->lfo_turns);
    vf moved = turns + row_of(state, ROW_LFO_STEP) * point->frames;
    turns = vf_select(point->lfo, moved - vf_floor(moved + 0.5f), turns);
    vf fade = vf_load(state->lfo_fade);
    vf grown = vf_min(fade + row_of(state, ROW_LFO_FADE_STEP) * point->frames, vf_set(1.0f));
    fade = vf_select(point->lfo, grown, fade);
    vf_store(state->lfo_turns, turns);
    vf_store(state->lfo_fade, fade);
    vf wave = vf_sin_turns(turns);
    return (LfoValue){wave, wave * fade};
}

SIMD_INLINE void control_oscillator(LaneState *state, const ControlPoint *point, int oscillator,
                                    vf note_octaves, vf lfo) {
    vf octaves = note_octaves + row_of(state, (RowField)(ROW_OSC1_OCTAVES + oscillator));
    vf step = vf_exp2(vf_clamp(octaves, OSCILLATOR_OCTAVES_MIN, OSCILLATOR_OCTAVES_MAX));
    control_counter(state, point, (CounterField)(COUNTER_OSC1_STEP + oscillator), vi_from_vf(step * 0x1p32f));
    control_ramp(state, point, (RampField)(RAMP_OSC1_FRAMES + oscillator), 1.0f / step);

    vf width = row_of(state, (RowField)(ROW_OSC1_WIDTH + oscillator)) + lfo * row_of(state, ROW_LFO_WIDTH);
    width = vf_clamp(width, WIDTH_MIN, 1.0f - WIDTH_MIN);
    // Half a turn is taken off before and added after, so that the number fits a signed integer.
    vu turns = vu_from_vi(vi_from_vf((width - 0.5f) * 0x1p32f)) + 0x80000000u;
    control_counter(state, point, (CounterField)(COUNTER_OSC1_WIDTH + oscillator), vi_from_vu(turns));
}

SIMD_INLINE vf control_filter_envelope(LaneState *state, const ControlPoint *point) {
    EnvelopeShape shape = {row_of(state, ROW_FILTER_ATTACK_STEP), row_of(state, ROW_FILTER_DECAY_RATE),
                           row_of(state, ROW_FILTER_SUSTAIN), row_of(state, ROW_FILTER_RELEASE_RATE)};
    vi stage = vi_load(state->filter_stage);
    vf now = vf_select(point->fresh, vf_set(0.0f), control_now(state, point, RAMP_FILTER_LEVEL));
    vf level = envelope_advance(&stage, now, &shape, point->frames, false);
    vi_store(state->filter_stage, vi_select(point->lanes, stage, vi_load(state->filter_stage)));
    control_ramp_from(state, point, RAMP_FILTER_LEVEL, now, level);
    return level;
}

SIMD_INLINE void control_filter_rest(LaneState *state, vm lanes) {
    for (int pole = 0; pole < 2; pole++) {
        vf held = vf_load(state->filter[pole]);
        vf kept = vf_select(vf_less(vf_set(FILTER_SILENCE), vf_abs(held)), held, vf_set(0.0f));
        vf_store(state->filter[pole], vf_select(lanes, kept, held));
    }
}

SIMD_INLINE void control_filter(LaneState *state, const ControlPoint *point, vf lfo) {
    vf level = control_filter_envelope(state, point);
    vf octaves = row_of(state, ROW_FILTER_OCTAVES) + derived_of(state, DERIVED_WHEEL_FILTER_OCTAVES) +
                 level * row_of(state, ROW_FILTER_ENVELOPE_OCTAVES) +
                 vf_load(state->key_octaves) * row_of(state, ROW_FILTER_KEY_TRACK) +
                 (vf_load(state->velocity) - 1.0f) * row_of(state, ROW_FILTER_VELOCITY_OCTAVES) +
                 lfo * row_of(state, ROW_LFO_FILTER_OCTAVES);
    vf corner = vf_exp2(vf_clamp(octaves, FILTER_OCTAVES_MIN, FILTER_OCTAVES_MAX));
    FilterAim aim = filter_aim(corner, row_of(state, ROW_FILTER_DAMPING), row_of(state, ROW_FILTER_LOWPASS),
                               row_of(state, ROW_FILTER_BANDPASS), row_of(state, ROW_FILTER_HIGHPASS));
    control_ramp(state, point, RAMP_FILTER_A, aim.a);
    control_ramp(state, point, RAMP_FILTER_B, aim.b);
    control_ramp(state, point, RAMP_FILTER_C, aim.c);
    control_ramp(state, point, RAMP_FILTER_INPUT, aim.input);
    control_ramp(state, point, RAMP_FILTER_BAND, aim.band);
    control_ramp(state, point, RAMP_FILTER_LOW, aim.low);
    control_filter_rest(state, point->lanes);
}

SIMD_INLINE void control_gain(LaneState *state, const ControlPoint *point, vf lfo, float fade_step) {
    vi stage = vi_load(state->amp_stage);
    vm fading = vi_equal(stage, vi_set(STAGE_FADE));
    EnvelopeShape shape = {row_of(state, ROW_AMP_ATTACK_STEP), row_of(state, ROW_AMP_DECAY_RATE),
                           row_of(state, ROW_AMP_SUSTAIN), row_of(state, ROW_AMP_RELEASE_RATE)};
    vf now = vf_select(point->fresh, vf_set(0.0f), control_now(state, point, RAMP_AMP_LEVEL));
    vf level = envelope_advance(&stage, now, &shape, point->frames, true);
    // A straight line: an exponential to silence in the same time is steep enough at its start to click.
    vf faded = vf_max(now - fade_step * point->frames, vf_set(0.0f));
    level = vf_select(fading, faded, level);
    vm faded_out = vf_less(faded, vf_set(ENVELOPE_SILENCE));
    vi faded_stage = vi_select(faded_out, vi_set(STAGE_ENDING), vi_set(STAGE_FADE));
    stage = vi_select(fading, faded_stage, stage);
    vi_store(state->amp_stage, vi_select(point->lanes, stage, vi_load(state->amp_stage)));
    control_ramp_from(state, point, RAMP_AMP_LEVEL, now, level);

    // Velocity acts by its square: 40 dB for each factor of ten, as the General MIDI guidelines have volume.
    vf velocity = vf_load(state->velocity);
    vf touch = 1.0f + row_of(state, ROW_AMP_VELOCITY) * (velocity * velocity - 1.0f);
    vf tremolo = 1.0f + row_of(state, ROW_LFO_LEVEL) * (lfo * 0.5f - 0.5f);
    vf gain = level * touch * tremolo * derived_of(state, DERIVED_GAIN);
    vf pan = derived_of(state, DERIVED_PAN) + row_of(state, ROW_PAN_KEY_SPREAD) * vf_load(state->key_octaves);
    vf eighth =
        (vf_clamp(pan, -1.0f, 1.0f) + 1.0f) * 0.125f; // of a turn: left is 0, right a quarter; equal power
    control_ramp_up(state, point, RAMP_LEFT, gain * vf_sin_turns(0.25f - eighth));
    control_ramp_up(state, point, RAMP_RIGHT, gain * vf_sin_turns(eighth));
}

/// Aims every ramp of the point's lanes at the next grid point. fade_step: level a frame.
SIMD_INLINE void control_update(LaneState *state, const ControlPoint *point, float fade_step) {
    LfoValue lfo = control_lfo(state, point);
    // The wheel's vibrato is a gesture: it does not wait for the LFO's delay.
    vf vibrato =
        lfo.faded * row_of(state, ROW_LFO_OCTAVES) + lfo.wave * derived_of(state, DERIVED_WHEEL_OCTAVES);
    vf octaves = vf_load(state->note_octaves) + derived_of(state, DERIVED_BEND_OCTAVES) + vibrato;
    control_oscillator(state, point, 0, octaves, lfo.faded);
    control_oscillator(state, point, 1, octaves, lfo.faded);
    control_filter(state, point, lfo.faded);
    control_gain(state, point, lfo.faded, fade_step);
}

/// Lets every ramp go on as it does past a grid point at which no controls are worked out.
SIMD_INLINE void control_pass(LaneState *state) {
    control_filter_rest(state, vm_from_bits(state->alive));
    for (int field = 0; field < RAMP_COUNT; field++) {
        vf_store(state->base[field],
                 ramp_value(ramp_load(state, (RampField)field), vf_set((float)GRID_FRAMES)));
    }
}

#endif
