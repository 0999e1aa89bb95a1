// Runs the pool with workers that stall at random, as a plain program for ThreadSanitizer.
#include "engine/pool/pool_testing.h"
#include "platform/clock.h"
#include "tests/support/chain.h"

#include <stdio.h>

enum { RUNS = 3000, BATCHES = 12, STALL_EVERY = 50, STALL_NS = 2000000, WORK_NS = 1000 };

static _Atomic uint32_t dice;

static bool stall_sometimes(uint32_t worker, PoolTestPoint point) {
    (void)worker;
    (void)point;
    if (atomic_fetch_add(&dice, 1) % STALL_EVERY == 0) {
        clock_sleep_until_ns(clock_now_ns() + STALL_NS);
    }
    return true;
}

static bool runs_with(uint32_t workers, WaitMode wait, uint64_t *all_rescues) {
    PoolConfig config = {.workers = workers, .wait = wait, .share_always = true};
    Chain *chain = chain_create(&config, BATCHES);
    chain->work_ns = WORK_NS;
    bool same = pool_test_wait == wait && chain_run_all(chain, RUNS);
    WorkerFigures figures[POOL_WORKERS_MAX];
    uint32_t count;
    uint64_t rescues;
    pool_figures(chain->pool, figures, &count, &rescues);
    printf("%u workers, wait %d: %s, %llu rescues\n", (unsigned)workers, (int)wait,
           same ? "same" : "different", (unsigned long long)rescues);
    *all_rescues += rescues;
    return chain_destroy(chain) && same;
}

int main(void) {
    bool good = true;
    uint64_t rescues = 0;
    pool_test_hook = stall_sometimes;
    pool_test_keep_wait = true;
    for (uint32_t workers = 2; workers <= 4; workers++) {
        for (int wait = 0; wait < WAIT_MODE_COUNT; wait++) {
            good = runs_with(workers, (WaitMode)wait, &rescues) && good;
        }
    }
    return good && rescues > 0 ? 0 : 1;
}
