// Traces begin, are read and end while the pool runs: every result stays right, and no ring is touched after
// its end.
#include "engine/pool/pool_trace.h"
#include "platform/clock.h"
#include "platform/thread.h"
#include "tests/support/chain.h"

#include <stdio.h>

enum { WORKERS = 3, BATCHES = 12, RUNS = 20, TRACES = 60, RING_SPANS = 1 << 10, READS = 3 };

static const uint64_t LIMIT_NS = 120000000000u;

static Chain *chain;
static _Atomic bool over;
static _Atomic bool same = true;

static void run_all(void *argument) {
    (void)argument;
    while (!atomic_load(&over)) {
        if (!chain_run_all(chain, RUNS)) {
            atomic_store(&same, false);
        }
    }
}

int main(void) {
    const PoolConfig config = {.workers = WORKERS, .wait = WAIT_PREDICT, .share_always = true};
    chain = chain_create(&config, BATCHES);
    Error error = {0};
    Thread *thread = thread_create("runner", run_all, NULL, &error);
    uint64_t spans[WORKERS] = {0};
    uint64_t end_ns = clock_now_ns() + LIMIT_NS;
    bool good = thread != NULL;
    uint32_t traces = 0;
    for (; good && (traces < TRACES || !spans[0] || !spans[1] || !spans[2]) && clock_now_ns() < end_ns;
         traces++) {
        good = pool_trace_start(chain->pool, RING_SPANS, &error);
        for (uint32_t i = 0; good && i < READS * WORKERS; i++) {
            static TraceSpan read[RING_SPANS];
            uint64_t lost = 0;
            spans[i % WORKERS] += pool_trace_read(chain->pool, i % WORKERS, read, RING_SPANS, &lost);
            thread_yield();
        }
        pool_trace_stop(chain->pool);
    }
    atomic_store(&over, true);
    if (thread) {
        thread_join(thread);
    }
    good = chain_destroy(chain) && good && atomic_load(&same) && spans[0] && spans[1] && spans[2];
    printf("%u traces, %llu %llu %llu spans: %s %s\n", (unsigned)traces, (unsigned long long)spans[0],
           (unsigned long long)spans[1], (unsigned long long)spans[2], good ? "good" : "bad", error.text);
    return good ? 0 : 1;
}
