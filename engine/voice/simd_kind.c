// What the instruction sets are called, and how wide their registers are.
#include "engine/voice/simd_kind.h"

#include <stddef.h>

const char *const SIMD_KIND_NAMES[SIMD_AUTO + 2] = {
    [SIMD_SCALAR] = "scalar", [SIMD_SSE] = "sse",       [SIMD_NEON] = "neon",
    [SIMD_AVX2] = "avx2",     [SIMD_AVX512] = "avx512", [SIMD_AUTO] = "auto",
};

uint32_t simd_kind_lanes(SimdKind kind) {
    static const uint32_t LANES[SIMD_KIND_COUNT] = {
        [SIMD_SCALAR] = 1, [SIMD_SSE] = 4, [SIMD_NEON] = 4, [SIMD_AVX2] = 8, [SIMD_AVX512] = 16};
    return LANES[kind];
}
