// One hash in each quality for every instruction set, 1 to 8 workers, every way they wait and every block
// size, with each worker doing part of the work; prints them when all agree, for other systems to compare.
//
// usage: render_matrix [FRAMES]
#include "engine/engine.h"
#include "engine/pool/pool_testing.h"
#include "engine/voice/kernels.h"
#include "platform/clock.h"
#include "tests/support/dense_score.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum {
    WORKERS_MAX = 8,
    SCORE_SEED = 7,
    POLYPHONY = 128,      // two batches of the widest register for each of eight workers
    HELP_LIMIT_MS = 60000 // for each worker to have rendered something: a busy machine runs some seldom
};
static const uint32_t BLOCKS[] = {1, 16, 64, 100, 128, 480, 1024};
enum { BLOCK_COUNT = sizeof BLOCKS / sizeof BLOCKS[0] };

// One way to render the score.
typedef struct Way {
    Quality quality;
    SimdKind simd;
    uint32_t workers;
    WaitMode wait;
    uint32_t block_frames;
} Way;

static uint64_t batches[WORKERS_MAX + 1][WORKERS_MAX]; // rendered so far, by number of workers and worker

static bool hash_of(Way way, uint64_t frames, uint64_t *hash) {
    static Bank bank;
    static EngineFigures figures;
    dense_bank(&bank);
    EngineConfig config = dense_config(way.simd, way.workers);
    config.quality = way.quality;
    config.polyphony = POLYPHONY;
    config.pool.wait = way.wait;
    Error error;
    Engine *engine = engine_create(&config, &bank, &error);
    if (!engine) {
        fprintf(stderr, "%s, %u workers: %s\n", SIMD_KIND_NAMES[way.simd], (unsigned)way.workers, error.text);
        return false;
    }
    *hash = dense_hash(engine, frames, way.block_frames, SCORE_SEED);
    engine_figures(engine, &figures);
    for (uint32_t worker = 0; worker < way.workers; worker++) {
        batches[way.workers][worker] += figures.worker[worker].batches;
    }
    engine_destroy(engine);
    return pool_test_wait == way.wait;
}

static bool same(Way way, uint64_t frames, uint64_t reference) {
    uint64_t hash;
    if (hash_of(way, frames, &hash) && hash == reference) {
        return true;
    }
    fprintf(stderr, "%s, %s, %u workers, %s, blocks of %u differ\n", QUALITY_NAMES[way.quality],
            SIMD_KIND_NAMES[way.simd], (unsigned)way.workers, WAIT_MODE_NAMES[way.wait],
            (unsigned)way.block_frames);
    return false;
}

static bool all_help(uint32_t workers) {
    bool all = true;
    for (uint32_t worker = 0; worker < workers; worker++) {
        all = all && batches[workers][worker] > 0;
    }
    return all;
}

// Renders on until each of so many workers has done something. The scalar kernel gives them the most time.
static bool have_all_help(uint32_t workers, uint64_t frames, uint64_t reference) {
    uint64_t end_ns = clock_now_ns() + HELP_LIMIT_MS * UINT64_C(1000000);
    for (int turn = 0; !all_help(workers) && clock_now_ns() < end_ns; turn++) {
        Way way = {QUALITY_LIVE, SIMD_SCALAR, workers, (WaitMode)(turn % WAIT_MODE_COUNT),
                   BLOCKS[BLOCK_COUNT - 1]};
        if (!same(way, frames, reference)) {
            return false;
        }
    }
    if (!all_help(workers)) {
        fprintf(stderr, "of %u workers some rendered nothing\n", (unsigned)workers);
    }
    return all_help(workers);
}

typedef struct Count {
    int compared;
    int failed;
} Count;

// Live goes every way; another quality, whose way through the engine is the same, with each instruction set
// and block size, and numbers of workers from 2 on.
static bool goes(Quality quality, uint32_t workers, uint32_t block) {
    return quality == QUALITY_LIVE || (workers + block) % WORKERS_MAX == 0;
}

static void compare(Quality quality, uint64_t frames, uint64_t reference, Count *count) {
    for (int simd = 0; simd < SIMD_KIND_COUNT; simd++) {
        for (uint32_t workers = 1; workers <= WORKERS_MAX && simd_kind_available((SimdKind)simd); workers++) {
            for (uint32_t block = 0; block < BLOCK_COUNT; block++) {
                WaitMode wait = (WaitMode)((workers + block) % WAIT_MODE_COUNT);
                if (goes(quality, workers, block)) {
                    Way way = {quality, (SimdKind)simd, workers, wait, BLOCKS[block]};
                    count->failed += !same(way, frames, reference);
                    count->compared++;
                }
            }
        }
    }
}

int main(int argc, char **argv) {
    uint64_t frames = argc > 1 ? strtoull(argv[1], NULL, 10) : 6000;
    uint64_t reference[QUALITY_COUNT];
    Count count = {0};
    pool_test_keep_wait = true;
    for (int quality = 0; quality < QUALITY_COUNT; quality++) {
        if (!hash_of((Way){(Quality)quality, SIMD_SCALAR, 1, WAIT_PARK, 256}, frames, &reference[quality])) {
            return 1;
        }
        compare((Quality)quality, frames, reference[quality], &count);
        if (quality > 0 && reference[quality] == reference[quality - 1]) {
            fprintf(stderr, "qualities %d and %d sound the same\n", quality - 1, quality);
            count.failed++;
        }
    }
    for (uint32_t workers = 2; workers <= WORKERS_MAX; workers++) {
        count.failed += !have_all_help(workers, frames, reference[QUALITY_LIVE]);
    }
    fprintf(stderr, "%d ways to render compared, %d failed\n", count.compared, count.failed);
    if (count.failed > 0 || count.compared < WORKERS_MAX) {
        return 1;
    }
    for (int quality = 0; quality < QUALITY_COUNT; quality++) {
        printf(quality > 0 ? " %016" PRIx64 : "%016" PRIx64, reference[quality]);
    }
    printf("\n");
    return 0;
}
