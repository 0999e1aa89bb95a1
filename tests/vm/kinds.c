// For an emulated machine with instruction sets that this one lacks: every operation and a dense score of
// each kind against the scalar reference, in little time. Prints a line for each kind and ends with 0 when
// all agree.
//
// usage: vm_kinds FRAMES
#include "engine/engine.h"
#include "engine/voice/kernels.h"
#include "tests/support/dense_score.h"
#include "tests/support/simd_ops.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct OpValues {
    _Alignas(64) uint32_t a[SIMD_TEST_VALUES];
    _Alignas(64) uint32_t b[SIMD_TEST_VALUES];
    _Alignas(64) uint32_t want[SIMD_TEST_VALUES];
    _Alignas(64) uint32_t got[SIMD_TEST_VALUES];
} OpValues;

static int ops_that_differ(SimdOpsRun run, SimdSumRun sums) {
    static OpValues values;
    uint32_t random = 1;
    for (int at = 0; at < SIMD_TEST_VALUES; at++) {
        // 2^-6 to 2^-2, both signs: fair for every operation but tan, which wants no sign.
        random = random * 1664525u + 1013904223u;
        values.a[at] = (random & 0x807FFFFFu) | ((121u + (random >> 24) % 4u) << 23);
        values.b[at] = values.a[at] * 2654435761u % 3 == 0 ? values.a[at] : values.a[at] ^ 0x00155555u;
    }
    int different = 0;
    for (int op = 0; op < SIMD_OP_COUNT; op++) {
        for (int at = 0; at < SIMD_TEST_VALUES && op == SIMD_OP_tan_pi; at++) {
            values.a[at] &= 0x7FFFFFFFu;
        }
        simd_ops_scalar((SimdOp)op, values.a, values.b, values.want);
        run((SimdOp)op, values.a, values.b, values.got);
        different += memcmp(values.want, values.got, sizeof values.want) != 0;
    }
    simd_sums_scalar(values.a, values.want);
    sums(values.a, values.got);
    return different + (memcmp(values.want, values.got, SIMD_TEST_VALUES / 16 * sizeof(uint32_t)) != 0);
}

static uint64_t hash_in(Quality quality, SimdKind kind, uint64_t frames) {
    static Bank bank;
    dense_bank(&bank);
    EngineConfig config = dense_config(kind, 1);
    config.quality = quality;
    Error error;
    Engine *engine = engine_create(&config, &bank, &error);
    if (!engine) {
        printf("%s: %s\n", SIMD_KIND_NAMES[kind], error.text);
        exit(1);
    }
    uint64_t hash = dense_hash(engine, frames, 0, 7);
    engine_destroy(engine);
    return hash;
}

// Of both that kernels know.
static uint64_t hash_of(SimdKind kind, uint64_t frames) {
    return hash_in(QUALITY_LIVE, kind, frames) ^ hash_in(QUALITY_DRAFT, kind, frames) * 31u;
}

int main(int argc, char **argv) {
    uint64_t frames = argc > 1 ? strtoull(argv[1], NULL, 10) : 4800;
    uint64_t reference = hash_of(SIMD_SCALAR, frames);
    static const struct {
        SimdKind kind;
        SimdOpsRun run;
        SimdSumRun sums;
    } KINDS[] = {
        {SIMD_SSE, simd_ops_sse, simd_sums_sse},
        {SIMD_AVX2, simd_ops_avx2, simd_sums_avx2},
        {SIMD_AVX512, simd_ops_avx512, simd_sums_avx512},
    };
    int bad = 0;
    for (size_t index = 0; index < sizeof KINDS / sizeof KINDS[0]; index++) {
        SimdKind kind = KINDS[index].kind;
        if (!simd_kind_available(kind)) {
            printf("%s is not on this CPU\n", SIMD_KIND_NAMES[kind]);
            continue;
        }
        int ops = ops_that_differ(KINDS[index].run, KINDS[index].sums);
        uint64_t hash = hash_of(kind, frames);
        printf("%s %016" PRIx64 " %s, %d operations differ\n", SIMD_KIND_NAMES[kind], hash,
               hash == reference ? "same bits" : "OTHER BITS", ops);
        bad += ops > 0 || hash != reference;
    }
    return bad > 0 ? 1 : 0;
}
