// One register of lanes and what can be done with it; the file that includes it chooses the width by
// SIMD_TARGET_*.
//
// + - * / on `vf`, and + - & | ^ << >> on `vi` and `vu`, are the operators of C, lane by lane, also against a
// scalar. There is no fused multiply-add: every operation here rounds once, so that all targets agree bit by
// bit. NaN never arises in the kernel, and the sign of a zero never matters, so min and max need no rule for
// them.
#ifndef ENGINE_VOICE_SIMD_H
#define ENGINE_VOICE_SIMD_H

#include "engine/voice/simd_kind.h"
#include "platform/thread_tags.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define SIMD_INLINE RT static inline __attribute__((always_inline))

#if defined(SIMD_TARGET_AVX512)
#include <immintrin.h>
#define SIMD_LANES  16
#define SIMD_KIND   SIMD_AVX512
#define SIMD_SUFFIX avx512
#elif defined(SIMD_TARGET_AVX2)
#include <immintrin.h>
#define SIMD_LANES  8
#define SIMD_KIND   SIMD_AVX2
#define SIMD_SUFFIX avx2
#elif defined(SIMD_TARGET_SSE)
#include <emmintrin.h>
#define SIMD_LANES  4
#define SIMD_KIND   SIMD_SSE
#define SIMD_SUFFIX sse
#elif defined(SIMD_TARGET_NEON)
#include <arm_neon.h>
#define SIMD_LANES  4
#define SIMD_KIND   SIMD_NEON
#define SIMD_SUFFIX neon
#else
#if !defined(SIMD_TARGET_SCALAR)
#define SIMD_TARGET_SCALAR
#endif
#define SIMD_LANES  1
#define SIMD_KIND   SIMD_SCALAR
#define SIMD_SUFFIX scalar
#endif

#if defined(SIMD_TARGET_SCALAR)
typedef float vf;
typedef int32_t vi;
typedef uint32_t vu;
#else
typedef float vf __attribute__((vector_size(4 * SIMD_LANES)));
typedef int32_t vi __attribute__((vector_size(4 * SIMD_LANES)));
typedef uint32_t vu __attribute__((vector_size(4 * SIMD_LANES)));
#endif

/// A truth value for each lane.
#if defined(SIMD_TARGET_AVX512)
typedef __mmask16 vm;
#elif defined(SIMD_TARGET_SCALAR)
typedef bool vm;
#else
typedef vi vm; // all ones or all zeros
#endif

/// Loads and stores need addresses aligned to the register.
SIMD_INLINE vf vf_load(const float *from) {
    return *(const vf *)(const void *)from;
}
SIMD_INLINE void vf_store(float *to, vf value) {
    *(vf *)(void *)to = value;
}
SIMD_INLINE vi vi_load(const int32_t *from) {
    return *(const vi *)(const void *)from;
}
SIMD_INLINE void vi_store(int32_t *to, vi value) {
    *(vi *)(void *)to = value;
}
SIMD_INLINE vu vu_load(const uint32_t *from) {
    return *(const vu *)(const void *)from;
}
SIMD_INLINE void vu_store(uint32_t *to, vu value) {
    *(vu *)(void *)to = value;
}

SIMD_INLINE vf vf_bits(vu bits) {
    vf result;
    memcpy(&result, &bits, sizeof result);
    return result;
}
SIMD_INLINE vu vf_as_bits(vf value) {
    vu result;
    memcpy(&result, &value, sizeof result);
    return result;
}

#if defined(SIMD_TARGET_SCALAR)

SIMD_INLINE vf vf_set(float value) {
    return value;
}
SIMD_INLINE vi vi_set(int32_t value) {
    return value;
}
SIMD_INLINE vf vf_from_vi(vi value) {
    return (float)value;
}
/// Towards zero; |value| < 2^31.
SIMD_INLINE vi vi_from_vf(vf value) {
    return (int32_t)value;
}
SIMD_INLINE vi vi_from_vu(vu value) {
    return (int32_t)value;
}
SIMD_INLINE vu vu_from_vi(vi value) {
    return (uint32_t)value;
}
SIMD_INLINE vf vf_min(vf a, vf b) {
    return a < b ? a : b;
}
SIMD_INLINE vf vf_max(vf a, vf b) {
    return a > b ? a : b;
}
SIMD_INLINE vm vf_less(vf a, vf b) {
    return a < b;
}
SIMD_INLINE vm vi_equal(vi a, vi b) {
    return a == b;
}
SIMD_INLINE vm vm_and(vm a, vm b) {
    return a && b;
}
SIMD_INLINE vm vm_or(vm a, vm b) {
    return a || b;
}
SIMD_INLINE vf vf_select(vm mask, vf yes, vf no) {
    return mask ? yes : no;
}
SIMD_INLINE vi vi_select(vm mask, vi yes, vi no) {
    return mask ? yes : no;
}
SIMD_INLINE bool vm_any(vm mask) {
    return mask;
}
/// The lanes whose bit is set; bit 0 is lane 0.
SIMD_INLINE vm vm_from_bits(uint32_t bits) {
    return (bits & 1u) != 0;
}
/// rows[0..SIMD_LANES): sums each over its lanes by the tree (0+1)+(2+3)...; result lane r is the sum of row
/// r.
SIMD_INLINE vf vf_sum_rows(const float *rows) {
    return rows[0];
}

#else // every vector target

SIMD_INLINE vi vi_from_vu(vu value) {
    return (vi)value;
}
SIMD_INLINE vu vu_from_vi(vi value) {
    return (vu)value;
}
SIMD_INLINE vf vf_from_vi(vi value) {
    return __builtin_convertvector(value, vf);
}
SIMD_INLINE vi vi_from_vf(vf value) {
    return __builtin_convertvector(value, vi);
}

#if defined(SIMD_TARGET_AVX512)
SIMD_INLINE vf vf_set(float value) {
    return _mm512_set1_ps(value);
}
SIMD_INLINE vi vi_set(int32_t value) {
    return (vi)_mm512_set1_epi32(value);
}
SIMD_INLINE vf vf_min(vf a, vf b) {
    return _mm512_min_ps(a, b);
}
SIMD_INLINE vf vf_max(vf a, vf b) {
    return _mm512_max_ps(a, b);
}
SIMD_INLINE vm vf_less(vf a, vf b) {
    return _mm512_cmp_ps_mask(a, b, _CMP_LT_OQ);
}
SIMD_INLINE vm vi_equal(vi a, vi b) {
    return _mm512_cmpeq_epi32_mask((__m512i)a, (__m512i)b);
}
SIMD_INLINE vm vm_and(vm a, vm b) {
    return (vm)(a & b);
}
SIMD_INLINE vm vm_or(vm a, vm b) {
    return (vm)(a | b);
}
SIMD_INLINE vf vf_select(vm mask, vf yes, vf no) {
    return _mm512_mask_blend_ps(mask, no, yes);
}
SIMD_INLINE vi vi_select(vm mask, vi yes, vi no) {
    return (vi)_mm512_mask_blend_epi32(mask, (__m512i)no, (__m512i)yes);
}
SIMD_INLINE bool vm_any(vm mask) {
    return mask != 0;
}
SIMD_INLINE vm vm_from_bits(uint32_t bits) {
    return (vm)bits;
}
SIMD_INLINE vf simd_sum_neighbours(vf a, vf b) {
    return _mm512_shuffle_ps(a, b, 0x88) + _mm512_shuffle_ps(a, b, 0xDD);
}
SIMD_INLINE vf simd_sum_parts(vf a, vf b) {
    return _mm512_shuffle_f32x4(a, b, 0x88) + _mm512_shuffle_f32x4(a, b, 0xDD);
}
SIMD_INLINE vf simd_sum_four_rows(const float *rows) {
    return simd_sum_neighbours(simd_sum_neighbours(vf_load(rows), vf_load(rows + 16)),
                               simd_sum_neighbours(vf_load(rows + 32), vf_load(rows + 48)));
}
SIMD_INLINE vf vf_sum_rows(const float *rows) {
    return simd_sum_parts(simd_sum_parts(simd_sum_four_rows(rows), simd_sum_four_rows(rows + 64)),
                          simd_sum_parts(simd_sum_four_rows(rows + 128), simd_sum_four_rows(rows + 192)));
}

#elif defined(SIMD_TARGET_AVX2)
SIMD_INLINE vf vf_set(float value) {
    return _mm256_set1_ps(value);
}
SIMD_INLINE vi vi_set(int32_t value) {
    return (vi)_mm256_set1_epi32(value);
}
SIMD_INLINE vf vf_min(vf a, vf b) {
    return _mm256_min_ps(a, b);
}
SIMD_INLINE vf vf_max(vf a, vf b) {
    return _mm256_max_ps(a, b);
}
SIMD_INLINE vf vf_select(vm mask, vf yes, vf no) {
    return _mm256_blendv_ps(no, yes, (__m256)mask);
}
SIMD_INLINE bool vm_any(vm mask) {
    return _mm256_movemask_ps((__m256)mask) != 0;
}
SIMD_INLINE vf simd_sum_neighbours(vf a, vf b) {
    return _mm256_shuffle_ps(a, b, 0x88) + _mm256_shuffle_ps(a, b, 0xDD);
}
SIMD_INLINE vf simd_sum_four_rows(const float *rows) {
    return simd_sum_neighbours(simd_sum_neighbours(vf_load(rows), vf_load(rows + 8)),
                               simd_sum_neighbours(vf_load(rows + 16), vf_load(rows + 24)));
}
SIMD_INLINE vf vf_sum_rows(const float *rows) {
    vf low = simd_sum_four_rows(rows);
    vf high = simd_sum_four_rows(rows + 32);
    return _mm256_permute2f128_ps(low, high, 0x20) + _mm256_permute2f128_ps(low, high, 0x31);
}

#elif defined(SIMD_TARGET_SSE)
SIMD_INLINE vf vf_set(float value) {
    return _mm_set1_ps(value);
}
SIMD_INLINE vi vi_set(int32_t value) {
    return (vi)_mm_set1_epi32(value);
}
SIMD_INLINE vf vf_min(vf a, vf b) {
    return _mm_min_ps(a, b);
}
SIMD_INLINE vf vf_max(vf a, vf b) {
    return _mm_max_ps(a, b);
}
SIMD_INLINE vf vf_select(vm mask, vf yes, vf no) {
    return (vf)((mask & (vm)yes) | (~mask & (vm)no));
}
SIMD_INLINE bool vm_any(vm mask) {
    return _mm_movemask_ps((__m128)mask) != 0;
}
SIMD_INLINE vf simd_sum_neighbours(vf a, vf b) {
    return _mm_shuffle_ps(a, b, 0x88) + _mm_shuffle_ps(a, b, 0xDD);
}
SIMD_INLINE vf vf_sum_rows(const float *rows) {
    return simd_sum_neighbours(simd_sum_neighbours(vf_load(rows), vf_load(rows + 4)),
                               simd_sum_neighbours(vf_load(rows + 8), vf_load(rows + 12)));
}

#elif defined(SIMD_TARGET_NEON)
SIMD_INLINE vf vf_set(float value) {
    return (vf)vdupq_n_f32(value);
}
SIMD_INLINE vi vi_set(int32_t value) {
    return (vi)vdupq_n_s32(value);
}
SIMD_INLINE vf vf_select(vm mask, vf yes, vf no) {
    return (vf)vbslq_f32((uint32x4_t)mask, (float32x4_t)yes, (float32x4_t)no);
}
SIMD_INLINE vf vf_min(vf a, vf b) {
    return vf_select((vm)(a < b), a, b);
}
SIMD_INLINE vf vf_max(vf a, vf b) {
    return vf_select((vm)(a > b), a, b);
}
SIMD_INLINE bool vm_any(vm mask) {
    return vmaxvq_u32((uint32x4_t)mask) != 0;
}
SIMD_INLINE vf simd_sum_neighbours(vf a, vf b) {
    return (vf)vpaddq_f32((float32x4_t)a, (float32x4_t)b);
}
SIMD_INLINE vf vf_sum_rows(const float *rows) {
    return simd_sum_neighbours(simd_sum_neighbours(vf_load(rows), vf_load(rows + 4)),
                               simd_sum_neighbours(vf_load(rows + 8), vf_load(rows + 12)));
}
#endif

#if !defined(SIMD_TARGET_AVX512) // masks of ones and zeros
SIMD_INLINE vm vf_less(vf a, vf b) {
    return (vm)(a < b);
}
SIMD_INLINE vm vi_equal(vi a, vi b) {
    return (vm)(a == b);
}
SIMD_INLINE vm vm_and(vm a, vm b) {
    return a & b;
}
SIMD_INLINE vm vm_or(vm a, vm b) {
    return a | b;
}
SIMD_INLINE vi vi_select(vm mask, vi yes, vi no) {
    return (mask & yes) | (~mask & no);
}
SIMD_INLINE vm vm_from_bits(uint32_t bits) {
    vi lane_bit;
    for (int lane = 0; lane < SIMD_LANES; lane++) {
        lane_bit[lane] = 1 << lane;
    }
    return (vm)((vi_set((int32_t)bits) & lane_bit) == lane_bit);
}
#endif
#endif // every vector target

/// The magnitude of one, the sign of the other; magnitude >= 0.
SIMD_INLINE vf vf_with_sign(vf magnitude, vf sign) {
    return vf_bits(vf_as_bits(magnitude) | (vf_as_bits(sign) & 0x80000000u));
}
SIMD_INLINE vf vf_abs(vf value) {
    return vf_bits(vf_as_bits(value) & 0x7FFFFFFFu);
}
/// Largest whole number <= value; |value| < 2^31.
SIMD_INLINE vf vf_floor(vf value) {
    vf whole = vf_from_vi(vi_from_vf(value));
    return whole - vf_select(vf_less(value, whole), vf_set(1.0f), vf_set(0.0f));
}
SIMD_INLINE vf vf_clamp(vf value, float low, float high) {
    return vf_min(vf_max(value, vf_set(low)), vf_set(high));
}

#endif
