// Every operation of engine/voice/simd.h and simd_math.h over arrays, so that one instruction set can be held
// against another.
#ifndef TESTS_SUPPORT_SIMD_OPS_H
#define TESTS_SUPPORT_SIMD_OPS_H

#include <stdint.h>

enum { SIMD_TEST_VALUES = 4096 }; // a multiple of every width squared

// name, and which values are fair: 0 any of moderate size, 1 |x| < 2^31, 2 turns -0.5..0.5, 3 0..0.45
#define SIMD_OPS(X)                                                                                          \
    X(add, 0)                                                                                                \
    X(subtract, 0)                                                                                           \
    X(multiply, 0)                                                                                           \
    X(divide, 0)                                                                                             \
    X(minimum, 0)                                                                                            \
    X(maximum, 0)                                                                                            \
    X(select_less, 0)                                                                                        \
    X(absolute, 0)                                                                                           \
    X(with_sign, 0)                                                                                          \
    X(floor, 1)                                                                                              \
    X(to_int, 1)                                                                                             \
    X(from_int, 0)                                                                                           \
    X(int_select_equal, 0)                                                                                   \
    X(int_shift, 0)                                                                                          \
    X(mask_bits, 0)                                                                                          \
    X(any, 0)                                                                                                \
    X(clamp, 0)                                                                                              \
    X(exp2, 1)                                                                                               \
    X(sin_turns, 2)                                                                                          \
    X(tan_pi, 3)

typedef enum SimdOp {
#define SIMD_OP_ENUM(name, domain) SIMD_OP_##name,
    SIMD_OPS(SIMD_OP_ENUM)
#undef SIMD_OP_ENUM
        SIMD_OP_COUNT
} SimdOp;

/// Bits of floats or integers in and out, SIMD_TEST_VALUES of them, aligned to 64 bytes.
typedef void (*SimdOpsRun)(SimdOp op, const uint32_t *a, const uint32_t *b, uint32_t *out);

/// Sums rows of `width` floats by the tree, SIMD_TEST_VALUES / width sums; every target can sum rows of 16.
typedef void (*SimdSumRun)(const uint32_t *rows, uint32_t *sums);

#define SIMD_OPS_DECLARE(suffix)                                                                             \
    void simd_ops_##suffix(SimdOp op, const uint32_t *a, const uint32_t *b, uint32_t *out);                  \
    void simd_sums_##suffix(const uint32_t *rows, uint32_t *sums);
SIMD_OPS_DECLARE(scalar)
SIMD_OPS_DECLARE(sse)
SIMD_OPS_DECLARE(avx2)
SIMD_OPS_DECLARE(avx512)
SIMD_OPS_DECLARE(neon)

#endif
