// Measures what handing a block's batches to the workers and getting them back costs.
#ifndef TESTS_BENCH_DISPATCH_H
#define TESTS_BENCH_DISPATCH_H

#include "engine/pool.h"

#include <stdint.h>

typedef struct DispatchSetup {
    PoolConfig pool;
    uint32_t batches;
    uint32_t batch_ns;  // how long each batch works; 0: empty
    uint64_t period_ns; // from one block to the next; 0: back to back
    uint32_t blocks;    // to measure, >= 1
    bool realtime;      // ask for SCHED_FIFO, as audio drivers do
} DispatchSetup;

typedef struct DispatchResult {
    uint64_t p50_ns, p99_ns, p999_ns, worst_ns; // from pool_run's begin to its end
    double waiting_share;                       // of one core, spent awake but idle by all helpers together
    double helped_share;                        // of all batches, rendered by helpers
    bool realtime;                              // was granted to all
} DispatchResult;

/// Runs the measurement in the calling thread, which is the audio thread for its time. False with error
/// filled when the pool does not start. [main-thread]
bool dispatch_measure(const DispatchSetup *setup, DispatchResult *result, Error *error);

#endif
