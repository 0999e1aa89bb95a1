// Workers that sleep, hang or end in the middle of their batches change neither the sound nor whether it
// comes.
#include "engine/engine.h"
#include "engine/pool_testing.h"
#include "platform/clock.h"
#include "tests/engine/dense_score.h"

#include <inttypes.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

enum { FRAMES = 24000, BLOCK_FRAMES = 128, WORKERS = 3, HANG_SECONDS = 3600 };
#define LIMIT_NS 30000000000u // for one kind of fault

static _Atomic uint32_t jobs;

static void sleep_ms(uint64_t milliseconds) {
    clock_sleep_until_ns(clock_now_ns() + milliseconds * 1000000u);
}

static bool sleeps_1_ms(uint32_t worker, PoolTestPoint point) {
    (void)worker;
    if (point == POOL_TEST_CLAIMED && atomic_fetch_add(&jobs, 1) % 5 == 0) {
        sleep_ms(1);
    }
    return true;
}
static bool sleeps_10_ms(uint32_t worker, PoolTestPoint point) {
    (void)worker;
    if (point == POOL_TEST_RENDERED && atomic_fetch_add(&jobs, 1) % 7 == 0) {
        sleep_ms(10);
    }
    return true;
}
static bool sleeps_100_ms(uint32_t worker, PoolTestPoint point) {
    (void)point;
    if (worker == 1 && atomic_fetch_add(&jobs, 1) % 9 == 0) {
        sleep_ms(100);
    }
    return true;
}
static bool sleeps_at_random(uint32_t worker, PoolTestPoint point) {
    uint32_t number = atomic_fetch_add(&jobs, 1) * 2654435761u + worker * 40503u + (uint32_t)point;
    if (number % 11 == 0) {
        sleep_ms(number / 11 % 20);
    }
    return true;
}
static bool hangs_for_ever(uint32_t worker, PoolTestPoint point) {
    if (worker == 1 && point == POOL_TEST_RENDERED && atomic_fetch_add(&jobs, 1) == 3) {
        sleep_ms((uint64_t)HANG_SECONDS * 1000u);
    }
    return true;
}
static bool ends_its_thread(uint32_t worker, PoolTestPoint point) {
    (void)point;
    return !(worker == 2 && atomic_fetch_add(&jobs, 1) == 2);
}

typedef struct Fault {
    const char *name;
    bool (*hook)(uint32_t worker, PoolTestPoint point);
} Fault;
static const Fault FAULTS[] = {
    {"sleeps 1 ms", sleeps_1_ms},         {"sleeps 10 ms", sleeps_10_ms},
    {"sleeps 100 ms", sleeps_100_ms},     {"sleeps at random", sleeps_at_random},
    {"ends its thread", ends_its_thread}, {"hangs for ever", hangs_for_ever},
};

static bool render(uint32_t workers, uint64_t *hash, uint64_t *rescues) {
    static Bank bank;
    dense_bank(&bank);
    EngineConfig config = dense_config(SIMD_AUTO, workers);
    Error error;
    Engine *engine = engine_create(&config, &bank, &error);
    if (!engine) {
        fprintf(stderr, "%s\n", error.text);
        return false;
    }
    *hash = dense_hash(engine, FRAMES, BLOCK_FRAMES, 3);
    static EngineFigures figures;
    engine_figures(engine, &figures);
    *rescues = figures.rescues;
    engine_destroy(engine);
    return true;
}

int main(void) {
    uint64_t reference;
    uint64_t none;
    if (!render(1, &reference, &none)) {
        return 1;
    }
    int failed = 0;
    for (size_t index = 0; index < sizeof FAULTS / sizeof FAULTS[0]; index++) {
        atomic_store(&jobs, 0);
        pool_test_hook = FAULTS[index].hook;
        uint64_t began_ns = clock_now_ns();
        uint64_t rescues = 0;
        int renders = 0;
        bool good = true;
        // On a busy machine the audio thread may render all by itself: again, until a worker has failed.
        while (good && rescues == 0 && clock_now_ns() - began_ns < LIMIT_NS) {
            uint64_t hash = 0;
            good = render(WORKERS, &hash, &rescues) && hash == reference;
            renders++;
        }
        double seconds = (double)(clock_now_ns() - began_ns) * 1e-9;
        fprintf(stderr, "%-18s %s, %" PRIu64 " rescues, %d renders in %.2f s\n", FAULTS[index].name,
                good ? "same bits" : "OTHER BITS", rescues, renders, seconds);
        good = good && rescues > 0;
        failed += !good;
        // A hung worker still reads the hook: it is last, and the hook stays.
    }
    return failed > 0 ? 1 : 0;
}
