// Measures what handing a block's batches to the workers and getting them back costs.
#include "tests/bench/dispatch.h"

#include "engine/figures.h"
#include "platform/clock.h"
#include "platform/thread.h"

#include <stdlib.h>

enum {
    BATCHES_MAX = 64,
    WARM_BLOCKS = 300, // the pool has learned its costs and its rhythm by then
    REALTIME_LEVEL = 70,
    SETTLE_NS = 50000000, // for the workers to take their priority
};

RT static void render(void *user, const PoolJob *job) {
    (void)job;
    const uint32_t *batch_ns = user;
    if (*batch_ns == 0)
        return;
    for (uint64_t end_ns = clock_now_ns() + *batch_ns; clock_now_ns() < end_ns;) {
    }
}

static int ascending(const void *a, const void *b) {
    uint64_t left = *(const uint64_t *)a;
    uint64_t right = *(const uint64_t *)b;
    return (left > right) - (left < right);
}

static void run_blocks(Pool *pool, const DispatchSetup *setup, uint32_t blocks, uint64_t *run_ns) {
    uint32_t batches[BATCHES_MAX];
    for (uint32_t i = 0; i < setup->batches; i++)
        batches[i] = i;
    uint64_t next_ns = clock_now_ns();
    for (uint32_t block = 0; block < blocks; block++) {
        uint64_t start_ns = clock_now_ns();
        pool_callback_begin(pool, start_ns, setup->period_ns);
        pool_begin(pool);
        start_ns = clock_now_ns();
        pool_run(pool, batches, setup->batches, 128, 0);
        run_ns[block] = clock_now_ns() - start_ns;
        pool_callback_end(pool);
        if (setup->period_ns > 0) {
            next_ns += setup->period_ns;
            clock_sleep_until_ns(next_ns);
        }
    }
}

// Of all helpers together.
static WorkerFigures helpers(const Pool *pool) {
    WorkerFigures figures[POOL_WORKERS_MAX];
    uint32_t workers;
    uint64_t rescues;
    pool_figures(pool, figures, &workers, &rescues);
    WorkerFigures sum = {.realtime = true};
    for (uint32_t i = 1; i < workers; i++) {
        sum.spin_ns += figures[i].spin_ns;
        sum.batches += figures[i].batches;
        sum.realtime = sum.realtime && figures[i].realtime;
    }
    return sum;
}

static void measure(Pool *pool, const DispatchSetup *setup, uint64_t *run_ns, DispatchResult *result) {
    run_blocks(pool, setup, WARM_BLOCKS < setup->blocks ? WARM_BLOCKS : setup->blocks, run_ns);
    WorkerFigures before = helpers(pool);
    uint64_t start_ns = clock_now_ns();
    run_blocks(pool, setup, setup->blocks, run_ns);
    double lasted_ns = (double)(clock_now_ns() - start_ns);
    WorkerFigures after = helpers(pool);
    qsort(run_ns, setup->blocks, sizeof *run_ns, ascending);
    uint64_t last = setup->blocks - 1;
    *result = (DispatchResult){.p50_ns = run_ns[last / 2],
                               .p99_ns = run_ns[last * 99 / 100],
                               .p999_ns = run_ns[last * 999 / 1000],
                               .worst_ns = run_ns[last],
                               .waiting_share = (double)(after.spin_ns - before.spin_ns) / lasted_ns,
                               .helped_share = (double)(after.batches - before.batches) /
                                               ((double)setup->batches * setup->blocks),
                               .realtime = after.realtime};
}

bool dispatch_measure(const DispatchSetup *setup, DispatchResult *result, Error *error) {
    uint32_t batch_ns = setup->batch_ns;
    PoolClient client = {.user = &batch_ns, .render = render};
    uint64_t *run_ns = NULL;
    bool done = false;
    if (setup->batches > BATCHES_MAX) {
        error_set(error, "dispatch: %u batches; %d at most", (unsigned)setup->batches, BATCHES_MAX);
        return false;
    }
    Pool *pool = pool_create(&setup->pool, setup->batches, error);
    if (pool == NULL || !pool_start(pool, &client, error))
        goto out;
    run_ns = calloc(setup->blocks > WARM_BLOCKS ? setup->blocks : WARM_BLOCKS, sizeof *run_ns);
    if (run_ns == NULL) {
        error_set(error, "dispatch: no memory for %u times", (unsigned)setup->blocks);
        goto out;
    }
    ThreadPriority before = thread_priority();
    ThreadGrant grant = {0};
    pool_adopt_audio_thread(pool);
    if (setup->realtime) {
        thread_ask_priority((ThreadPriority){THREAD_CLASS_REALTIME, REALTIME_LEVEL}, &grant, NULL);
        pool_match_audio_thread(pool, grant.granted);
        clock_sleep_until_ns(clock_now_ns() + SETTLE_NS);
    }
    measure(pool, setup, run_ns, result);
    if (setup->realtime)
        thread_ask_priority(before, &grant, NULL);
    done = true;
out:
    free(run_ns);
    return pool_destroy(pool, done ? error : NULL) && done;
}
