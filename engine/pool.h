// Renders a block's batches on persistent worker threads; the caller is worker 0.
#ifndef ENGINE_POOL_H
#define ENGINE_POOL_H

#include "platform/error.h"
#include "platform/thread_tags.h"

#include <stdbool.h>
#include <stdint.h>

enum { POOL_WORKERS_MAX = 64, POOL_WORKERS_AUTO = 0 };

/// How an idle worker waits for the next block.
typedef enum WaitMode {
    WAIT_PARK,    // sleeps at once: least processor time, slowest start
    WAIT_PREDICT, // sleeps, and wakes itself shortly before the next callback is expected
    WAIT_SPIN,    // spins for as long as the system allows a real-time thread to: fastest start, a whole core
                  // each
    WAIT_MODE_COUNT,
} WaitMode;

typedef enum PinMode { PIN_AUTO, PIN_ON, PIN_OFF } PinMode;

typedef struct PoolConfig {
    uint32_t
        workers; // threads that render, the audio thread included: 1..POOL_WORKERS_MAX, or POOL_WORKERS_AUTO
    WaitMode wait;
    PinMode pin;
} PoolConfig;

#endif
