// One hash for every instruction set, 1 to 8 workers and every block size; prints it when all agree, for other
// systems to compare.
//
// usage: render_matrix [FRAMES]
#include "engine/engine.h"
#include "tests/engine/dense_score.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { WORKERS_MAX = 8, SCORE_SEED = 7 };
static const uint32_t BLOCKS[] = {1, 16, 64, 100, 128, 480, 1024};

static bool hash_of(SimdKind simd, uint32_t workers, uint32_t block_frames, uint64_t frames, uint64_t *hash) {
    static Bank bank;
    dense_bank(&bank);
    EngineConfig config = dense_config(simd, workers);
    Error error;
    Engine *engine = engine_create(&config, &bank, &error);
    if (!engine) {
        fprintf(stderr, "%s, %u workers: %s\n", simd_kind_name(simd), (unsigned)workers, error.text);
        return false;
    }
    *hash = dense_hash(engine, frames, block_frames, SCORE_SEED);
    engine_destroy(engine);
    return true;
}

int main(int argc, char **argv) {
    uint64_t frames = argc > 1 ? strtoull(argv[1], NULL, 10) : 12000;
    uint64_t reference;
    if (!hash_of(SIMD_SCALAR, 1, 256, frames, &reference)) {
        return 1;
    }
    int compared = 0;
    int different = 0;
    for (int simd = 0; simd < SIMD_KIND_COUNT; simd++) {
        for (uint32_t workers = 1; workers <= WORKERS_MAX && simd_kind_available((SimdKind)simd); workers++) {
            for (size_t block = 0; block < sizeof BLOCKS / sizeof BLOCKS[0]; block++) {
                uint64_t hash;
                bool made = hash_of((SimdKind)simd, workers, BLOCKS[block], frames, &hash);
                compared++;
                if (!made || hash != reference) {
                    fprintf(stderr, "%s, %u workers, blocks of %u differ\n", simd_kind_name((SimdKind)simd),
                            (unsigned)workers, (unsigned)BLOCKS[block]);
                    different++;
                }
            }
        }
    }
    fprintf(stderr, "%d ways to render compared, %d differ\n", compared, different);
    if (different > 0 || compared < WORKERS_MAX) {
        return 1;
    }
    printf("%016" PRIx64 "\n", reference);
    return 0;
}
