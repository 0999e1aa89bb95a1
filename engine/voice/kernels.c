// Every kernel that was compiled, asked for by its kind.
#include "engine/voice/kernels.h"

#include "platform/cpu.h"

#include <stddef.h>

extern const Kernel kernel_scalar;
#if defined(__x86_64__)
extern const Kernel kernel_sse;
extern const Kernel kernel_avx2;
extern const Kernel kernel_avx512;
#elif defined(__aarch64__)
extern const Kernel kernel_neon;
#endif

bool simd_kind_available(SimdKind kind) {
    if (kind == SIMD_SCALAR || kind == SIMD_AUTO) {
        return true;
    }
    CpuFeatures features = cpu_features();
    return kernel_for(kind) &&
           ((kind == SIMD_SSE && features.sse2) || (kind == SIMD_NEON && features.neon) ||
            (kind == SIMD_AVX2 && features.avx2) || (kind == SIMD_AVX512 && features.avx512));
}

SimdKind simd_kind_best(void) {
    SimdKind best = SIMD_SCALAR;
    for (int kind = 0; kind < SIMD_KIND_COUNT; kind++) {
        if (simd_kind_available((SimdKind)kind) && simd_kind_lanes((SimdKind)kind) > simd_kind_lanes(best)) {
            best = (SimdKind)kind;
        }
    }
    return best;
}

const Kernel *kernel_for(SimdKind kind) {
    switch (kind) {
    case SIMD_SCALAR:
        return &kernel_scalar;
#if defined(__x86_64__)
    case SIMD_SSE:
        return &kernel_sse;
    case SIMD_AVX2:
        return &kernel_avx2;
    case SIMD_AVX512:
        return &kernel_avx512;
    case SIMD_NEON:
#elif defined(__aarch64__)
    case SIMD_NEON:
        return &kernel_neon;
    case SIMD_SSE:
    case SIMD_AVX2:
    case SIMD_AVX512:
#endif
    default:
        return NULL;
    }
}
