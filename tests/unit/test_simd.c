// Each operation of each instruction set gives the bits of the scalar reference; the reference is as exact as
// it says.
#include "engine/math.h"
#include "engine/voice/kernels.h"
#include "tests/support/simd_ops.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

typedef struct Values {
    _Alignas(64) uint32_t a[SIMD_TEST_VALUES];
    _Alignas(64) uint32_t b[SIMD_TEST_VALUES];
    _Alignas(64) uint32_t want[SIMD_TEST_VALUES];
    _Alignas(64) uint32_t got[SIMD_TEST_VALUES];
} Values;
static Values values;

static const struct {
    SimdKind kind;
    SimdOpsRun run;
    SimdSumRun sums;
} TARGETS[] = {
#if defined(__x86_64__)
    {SIMD_SSE, simd_ops_sse, simd_sums_sse},
    {SIMD_AVX2, simd_ops_avx2, simd_sums_avx2},
    {SIMD_AVX512, simd_ops_avx512, simd_sums_avx512},
#elif defined(__aarch64__)
    {SIMD_NEON, simd_ops_neon, simd_sums_neon},
#endif
};

static const struct {
    const char *name;
    int domain;
} OPS[SIMD_OP_COUNT] = {
#define SIMD_OP_ROW(name, domain) {#name, domain},
    SIMD_OPS(SIMD_OP_ROW)
#undef SIMD_OP_ROW
};

static uint32_t random_bits = 2463534242u;
static uint32_t next_random(void) {
    random_bits ^= random_bits << 13;
    random_bits ^= random_bits >> 17;
    random_bits ^= random_bits << 5;
    return random_bits;
}

static uint32_t float_bits(float value) {
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

static uint32_t draw(int domain) {
    static const float AWKWARD[] = {0.0f,    -0.0f,       1.0f,        -1.0f,      0.5f,        -0.5f,
                                    0.25f,   2.0f,        3.0f,        1.5f,       0.99999994f, 1.0000001f,
                                    1e-30f,  1e30f,       -1e30f,      126.0f,     -126.0f,     127.5f,
                                    -127.5f, 16777216.0f, 16777215.0f, 8388607.5f, -0.49999997f};
    float unit = (float)(next_random() >> 8) * 0x1p-24f;
    switch (domain) {
    case 1:
        return float_bits((unit - 0.5f) * (next_random() % 2 ? 300.0f : 4.0e9f * 0.9f));
    case 2:
        return float_bits(next_random() % 16 ? unit - 0.5f : (float)((int)(next_random() % 5) - 2) * 0.25f);
    case 3:
        return float_bits(unit * 0.45f);
    default:
        break;
    }
    if (next_random() % 4 == 0) {
        return float_bits(AWKWARD[next_random() % (sizeof AWKWARD / sizeof AWKWARD[0])]);
    }
    // Any normal number of moderate size, so that no result is NaN, infinite or subnormal.
    return (next_random() & 0x807FFFFFu) | ((97 + next_random() % 60) << 23);
}

static void draw_values(int domain) {
    for (int at = 0; at < SIMD_TEST_VALUES; at++) {
        values.a[at] = draw(domain);
        values.b[at] = next_random() % 8 == 0 ? values.a[at] : draw(domain);
    }
}

// The sign of a zero never matters.
static bool same(uint32_t a, uint32_t b) {
    return a == b || ((a | b) & 0x7FFFFFFFu) == 0;
}

Test(simd, every_operation_gives_the_bits_of_the_reference) {
    int compared = 0;
    for (size_t target = 0; target < sizeof TARGETS / sizeof TARGETS[0]; target++) {
        if (!simd_kind_available(TARGETS[target].kind)) {
            continue;
        }
        for (int op = 0; op < SIMD_OP_COUNT; op++) {
            for (int round = 0; round < 20; round++) {
                draw_values(OPS[op].domain);
                simd_ops_scalar((SimdOp)op, values.a, values.b, values.want);
                TARGETS[target].run((SimdOp)op, values.a, values.b, values.got);
                for (int at = 0; at < SIMD_TEST_VALUES; at++) {
                    bool divided_by_zero = op == SIMD_OP_divide && (values.b[at] & 0x7FFFFFFFu) == 0;
                    cr_assert(divided_by_zero || same(values.want[at], values.got[at]),
                              "%s of %08x and %08x: %s gives %08x, the reference %08x", OPS[op].name,
                              values.a[at], values.b[at], SIMD_KIND_NAMES[TARGETS[target].kind],
                              values.got[at], values.want[at]);
                    compared++;
                }
            }
        }
    }
    cr_assert(compared > 0);
}

Test(simd, a_kind_is_available_only_with_its_kernel) {
    for (int kind = 0; kind < SIMD_KIND_COUNT; kind++) {
        const Kernel *kernel = kernel_for((SimdKind)kind);
        cr_expect(kernel || !simd_kind_available((SimdKind)kind), "%s", SIMD_KIND_NAMES[kind]);
        cr_expect(!kernel ||
                      (kernel->kind == (SimdKind)kind && kernel->lanes == simd_kind_lanes((SimdKind)kind)),
                  "%s", SIMD_KIND_NAMES[kind]);
    }
}

Test(simd, rows_are_summed_by_the_same_tree) {
    draw_values(0);
    simd_sums_scalar(values.a, values.want);
    for (size_t target = 0; target < sizeof TARGETS / sizeof TARGETS[0]; target++) {
        if (simd_kind_available(TARGETS[target].kind)) {
            TARGETS[target].sums(values.a, values.got);
            cr_assert(memcmp(values.want, values.got, SIMD_TEST_VALUES / 16 * sizeof(uint32_t)) == 0, "%s",
                      SIMD_KIND_NAMES[TARGETS[target].kind]);
        }
    }
}

Test(simd, the_functions_are_as_exact_as_they_say) {
    for (double x = -20.0; x < 20.0; x += 0.00137) {
        double error = (double)math_exp2((float)x) / exp2((double)(float)x) - 1.0;
        cr_assert(fabs(error) < 3e-7, "exp2(%g) is off by %g", x, error);
    }
    for (double x = -0.5; x <= 0.5; x += 0.0000137) {
        double error = (double)math_sin_turns((float)x) - sin(2.0 * M_PI * (double)(float)x);
        cr_assert(fabs(error) < 3e-7, "sin(%g turns) is off by %g", x, error);
    }
    for (double x = 1e-6; x < 1e6; x *= 1.0037) {
        double error = (double)math_log2((float)x) - log2((double)(float)x);
        cr_assert(fabs(error) < 1e-7 * fabs(log2(x)) + 1e-9, "log2(%g) is off by %g", x, error);
    }
    for (int at = 0; at < SIMD_TEST_VALUES; at++) {
        values.a[at] = float_bits(0.45f * (float)(at + 1) / (float)SIMD_TEST_VALUES);
    }
    simd_ops_scalar(SIMD_OP_tan_pi, values.a, values.a, values.want);
    for (int at = 0; at < SIMD_TEST_VALUES; at++) {
        float x;
        float got;
        memcpy(&x, &values.a[at], sizeof x);
        memcpy(&got, &values.want[at], sizeof got);
        double error = (double)got / tan(M_PI * (double)x) - 1.0;
        cr_assert(fabs(error) < 2e-5, "tan(pi %g) is off by %g", (double)x, error);
    }
}
