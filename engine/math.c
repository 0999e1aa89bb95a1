// The one-lane instances of the kernel's functions, and a logarithm.
#include "engine/math.h"

#include "engine/voice/simd_math.h"

#include <stdint.h>
#include <string.h>

RT float math_exp2(float x) {
    return vf_exp2(x);
}

RT float math_sin_turns(float turns) {
    return vf_sin_turns(turns);
}

RT float math_log2(float x) {
    uint32_t bits;
    memcpy(&bits, &x, sizeof bits);
    int exponent = (int)(bits >> 23) - 127;
    bits = (bits & 0x007FFFFFu) | 0x3F800000u;
    float mantissa;
    memcpy(&mantissa, &bits, sizeof mantissa);
    if (mantissa > 1.41421356f) {
        mantissa *= 0.5f;
        exponent++;
    }
    // ln m = 2 artanh z with z = (m - 1) / (m + 1): |z| < 0.172, so seven terms leave 1e-13.
    double z = ((double)mantissa - 1.0) / ((double)mantissa + 1.0);
    double square = z * z;
    double sum = 0.0;
    for (int odd = 13; odd >= 1; odd -= 2) {
        sum = sum * square + 1.0 / (double)odd;
    }
    const double two_over_ln2 = 2.8853900817779268;
    return (float)((double)exponent + two_over_ln2 * z * sum);
}
