// Takes a worker's core away now and then, as a busy system does.
#ifndef APP_BENCH_HOG_H
#define APP_BENCH_HOG_H

#include "engine/engine.h"
#include "platform/error.h"

#include <stdint.h>

typedef struct Hog Hog;

/// Once worker 1 is pinned and has real-time priority, a thread of a higher one keeps its core busy, for
/// hold_ns of each every_ns. Where that is not granted, to the worker or to it, it does nothing. engine must
/// outlive it. NULL with error filled when there is no memory or thread. [main-thread]
Hog *hog_create(Engine *engine, uint64_t hold_ns, uint64_t every_ns, Error *error);

/// Stops, and returns how often it took the core. NULL is harmless and 0. [main-thread]
uint32_t hog_destroy(Hog *hog);

#endif
