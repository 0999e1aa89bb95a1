// Names the instruction sets that the kernel is compiled for.
#ifndef ENGINE_VOICE_SIMD_KIND_H
#define ENGINE_VOICE_SIMD_KIND_H

#include <stdint.h>

typedef enum SimdKind {
    SIMD_SCALAR, // the reference: one lane
    SIMD_SSE,    // 4 lanes
    SIMD_NEON,   // 4 lanes
    SIMD_AVX2,   // 8 lanes
    SIMD_AVX512, // 16 lanes
    SIMD_KIND_COUNT,
    SIMD_AUTO = SIMD_KIND_COUNT,
} SimdKind;

/// "scalar", "sse", "neon", "avx2", "avx512", "auto" for SIMD_AUTO, and NULL after it.
extern const char *const SIMD_KIND_NAMES[SIMD_AUTO + 2];

/// Lanes in one register. kind: not SIMD_AUTO. [any-thread]
uint32_t simd_kind_lanes(SimdKind kind);

#endif
