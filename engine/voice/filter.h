// A two-pole state-variable filter by the trapezoidal rule, with low, band and high responses mixed at will.
//
// V. Zavalishin, "The Art of VA Filter Design", 2012; A. Simper, "Linear trapezoidal integrated SVF", 2013.
// With g = tan(pi fc/fs), k = 1/Q and d = 1 / (1 + g (g + k)), the two states move by
//     s1' = A s1 + B (x - s2)        A = 2 d - 1
//     s2' = s2 + B s1 + C (x - s2)   B = 2 g d, C = 2 g^2 d
// and band = (s1 + s1')/2, low = (s2 + s2')/2, high = x - k band - low. For every g, k > 0 the step shrinks
// s1^2 + s2^2, and it is linear in A, B and C: so it stays stable while they ramp.
#ifndef ENGINE_VOICE_FILTER_H
#define ENGINE_VOICE_FILTER_H

#include "engine/channels.h"
#include "engine/voice/lane_state.h"
#include "engine/voice/oscillator.h"
#include "engine/voice/simd_math.h"

/// What RAMP_FILTER_A to RAMP_FILTER_LOW head for.
typedef struct FilterAim {
    vf a, b, c;
    vf input, band, low; // shares of x, s1 + s1' and s2 + s2' in the output
} FilterAim;

/// corner: cutoff / rate, 0..0.45. damping: 1/Q, > 0. The band-pass peaks at 0 dB.
SIMD_INLINE FilterAim filter_aim(vf corner, vf damping, vf lowpass, vf bandpass, vf highpass) {
    vf g = vf_tan_pi(corner);
    vf d = 1.0f / (g * (g + damping) + 1.0f);
    FilterAim aim;
    aim.a = d + d - 1.0f;
    aim.b = (g + g) * d;
    aim.c = g * aim.b;
    aim.input = highpass;
    aim.band = damping * (bandpass - highpass) * 0.5f;
    aim.low = (lowpass - highpass) * 0.5f;
    return aim;
}

/// Filters the source tile and spreads it over a tile for each channel. In draft the shares rest.
SIMD_INLINE void filter_and_pan(LaneState *state, Stretch stretch, const SourceTile source,
                                SourceTile sound[CHANNEL_COUNT], bool draft) {
    vf s1 = vf_load(state->filter[0]);
    vf s2 = vf_load(state->filter[1]);
    Ramp a_ramp = ramp_load(state, RAMP_FILTER_A);
    Ramp b_ramp = ramp_load(state, RAMP_FILTER_B);
    Ramp c_ramp = ramp_load(state, RAMP_FILTER_C);
    Ramp input = ramp_begin(state, RAMP_FILTER_INPUT, draft);
    Ramp band = ramp_begin(state, RAMP_FILTER_BAND, draft);
    Ramp low = ramp_begin(state, RAMP_FILTER_LOW, draft);
    Ramp left_gain = ramp_load(state, RAMP_LEFT);
    Ramp right_gain = ramp_load(state, RAMP_RIGHT);
    vf index = vf_set((float)stretch.first);
    for (int frame = stretch.first; frame < stretch.last; frame++) {
        vf b = ramp_value(b_ramp, index);
        vf x = vf_load(source[frame]);
        vf rest = x - s2;
        vf next1 = ramp_value(a_ramp, index) * s1 + b * rest;
        vf next2 = s2 + (b * s1 + ramp_value(c_ramp, index) * rest);
        vf y = ramp_read(input, index, draft) * x + ramp_read(band, index, draft) * (s1 + next1) +
               ramp_read(low, index, draft) * (s2 + next2);
        s1 = next1;
        s2 = next2;
        vf_store(sound[CHANNEL_LEFT][frame], y * ramp_value(left_gain, index));
        vf_store(sound[CHANNEL_RIGHT][frame], y * ramp_value(right_gain, index));
        index += 1.0f;
    }
    vf_store(state->filter[0], s1);
    vf_store(state->filter[1], s2);
}

#endif
