// Exponential, sine and tangent of a register of lanes: polynomials of our own, so that no library's rounding
// reaches the sound.
#ifndef ENGINE_VOICE_SIMD_MATH_H
#define ENGINE_VOICE_SIMD_MATH_H

#include "engine/voice/simd.h"

/// 2^x for x clamped to -126..126. Relative error below 3e-7 (Chebyshev interpolation of degree 6 on
/// -0.5..0.5: 2.5e-9, the rest is rounding).
SIMD_INLINE vf vf_exp2(vf x) {
    x = vf_clamp(x, -126.0f, 126.0f);
    vf whole = vf_floor(x + 0.5f);
    vf part = x - whole;
    vf y = part * 1.54614447e-4f + 1.34004282e-3f;
    y = y * part + 9.61805668e-3f;
    y = y * part + 5.55032723e-2f;
    y = y * part + 2.40226509e-1f;
    y = y * part + 6.93147207e-1f;
    y = y * part + 1.0f;
    return y * vf_bits(vu_from_vi((vi_from_vf(whole) + 127) << 23));
}

/// sin(2 pi turns) for -0.5 <= turns <= 0.5. Error below 3e-7 (odd Chebyshev interpolation of degree 9 on a
/// quarter turn: 7e-9, the rest is rounding).
SIMD_INLINE vf vf_sin_turns(vf turns) {
    vf magnitude = vf_abs(turns);
    vf folded = vf_min(magnitude, 0.5f - magnitude);
    vf square = folded * folded;
    vf y = square * 39.7598271f - 76.5811726f;
    y = y * square + 81.6024764f;
    y = y * square - 41.3416806f;
    y = y * square + 6.28318528f;
    // Rounding may leave the folded end a hair below zero.
    return vf_with_sign(vf_max(y * folded, vf_set(0.0f)), turns);
}

/// tan(pi x) for 0 <= x <= 0.49. Relative error below 2e-5 at the upper end, 1e-6 up to 0.4.
SIMD_INLINE vf vf_tan_pi(vf x) {
    vf half = x * 0.5f;
    return vf_sin_turns(half) / vf_sin_turns(0.25f - half);
}

#endif
