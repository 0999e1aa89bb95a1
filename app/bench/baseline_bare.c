// Threads that spin for a number and answer with it, each with its fixed share of the jobs: the least that
// handing work over can cost on this machine. No program could keep it up: it takes a whole core each, evens
// nothing out and waits for whoever was stopped.
#include "app/bench/baseline.h"

#include "engine/pool/pool.h"
#include "platform/clock.h"
#include "platform/memory.h"
#include "platform/thread.h"
#include "platform/wait.h"

#include <stdatomic.h>

enum {
    PATIENCE_SPINS = 100000, // then the caller sleeps: a thread may be waiting for its very core
    NAP_NS = 50000,
};
static const uint32_t QUIT = UINT32_MAX; // a run's number never gets there

typedef struct BarePool BarePool;

typedef struct Spinner {
    _Alignas(POOL_ALIGN_BYTES) _Atomic uint32_t done; // the last run's number
    BarePool *pool;
    uint32_t index;
    Thread *thread;
} Spinner;

struct BarePool {
    _Alignas(POOL_ALIGN_BYTES) _Atomic uint32_t run; // its number
    uint32_t count;                                  // jobs
    BaselineJob *job;
    void *user;
    uint32_t workers;
    Spinner spinner[POOL_WORKERS_MAX]; // 1..workers-1
};

static void run_share(const BarePool *pool, uint32_t index) {
    for (uint32_t job = index; job < pool->count; job += pool->workers) {
        pool->job(pool->user, job);
    }
}

static void work(void *argument) {
    Spinner *spinner = argument;
    BarePool *pool = spinner->pool;
    for (uint32_t seen = 0;;) {
        uint32_t run = atomic_load_explicit(&pool->run, memory_order_acquire);
        if (run == QUIT) {
            return;
        }
        if (run == seen) {
            wait_spin_hint();
            continue;
        }
        seen = run;
        run_share(pool, spinner->index);
        atomic_store_explicit(&spinner->done, run, memory_order_release);
    }
}

static void run(void *self, uint32_t count) {
    BarePool *pool = self;
    uint32_t number = atomic_load_explicit(&pool->run, memory_order_relaxed) + 1;
    pool->count = count;
    atomic_store_explicit(&pool->run, number, memory_order_release);
    run_share(pool, 0);
    for (uint32_t index = 1; index < pool->workers; index++) {
        for (uint32_t spins = 1;
             atomic_load_explicit(&pool->spinner[index].done, memory_order_acquire) != number; spins++) {
            wait_spin_hint();
            if (spins % PATIENCE_SPINS == 0) {
                clock_sleep_until_ns(clock_now_ns() + NAP_NS);
            }
        }
    }
}

static void destroy(void *self) {
    BarePool *pool = self;
    atomic_store(&pool->run, QUIT);
    for (uint32_t index = 1; index < pool->workers; index++) {
        thread_join(pool->spinner[index].thread);
    }
    memory_release(pool);
}

static void *create(uint32_t workers, BaselineJob *job, void *user, Error *error) {
    BarePool *pool = memory_allocate(POOL_ALIGN_BYTES, sizeof *pool);
    if (!pool) {
        error_set(error, "out of memory; close other programs");
        return NULL;
    }
    *pool = (BarePool){.job = job, .user = user, .workers = 1};
    while (pool->workers < workers) {
        Spinner *spinner = &pool->spinner[pool->workers];
        spinner->pool = pool;
        spinner->index = pool->workers;
        spinner->thread = thread_create("bare", work, spinner, error);
        if (!spinner->thread) {
            destroy(pool);
            return NULL;
        }
        pool->workers++;
    }
    return pool;
}

const Baseline BASELINE_BARE = {"bare spinning threads", create, run, destroy};
