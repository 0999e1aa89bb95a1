// The same work on threads that share nothing: the most that sharing it could gain on this machine.
#ifndef APP_BENCH_INDEPENDENT_H
#define APP_BENCH_INDEPENDENT_H

#include "engine/engine.h"

#include <stdint.h>

/// Engines that each sound a part of the lanes, each alone on a thread.
typedef struct Independent Independent;

/// threads: 1..POOL_WORKERS_MAX, the calling one included. lanes: >= threads, dealt out as evenly as they
/// can be. frames: of a block. NULL with error filled when memory or threads are refused. The caller destroys
/// it. [main-thread]
Independent *independent_create(uint32_t threads, uint32_t lanes, uint32_t frames, Error *error);

/// NULL is harmless. [main-thread]
void independent_destroy(Independent *independent);

/// Gives the threads the priority that a pool's workers have beside a calling thread of this one. [the thread
/// that measures]
void independent_begin(Independent *independent, ThreadPriority priority);

/// The engine that the calling thread renders, while the others render theirs. [the thread that measures]
Engine *independent_own(Independent *independent);

/// Has the other threads render block after block; returns when all do. Resting, they sleep.
/// [the thread that measures]
void independent_release(Independent *independent);

/// Ends that. own_ns: what a block of the own engine took meanwhile. Returns the ns that a block of all lanes
/// took all threads together. [the thread that measures]
double independent_hold(Independent *independent, double own_ns);

/// What one thread did: blocks of its lanes in so long.
typedef struct IndependentShare {
    uint32_t lanes;
    uint32_t blocks;
    uint64_t ns; // > 0
} IndependentShare;

/// The ns that a block of all lanes takes when threads work as fast as this. count: >= 1, one share with
/// blocks at least. [any-thread]
double independent_block_ns(const IndependentShare *shares, uint32_t count);

#endif
