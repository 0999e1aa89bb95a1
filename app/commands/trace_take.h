// All that a pool's threads did while they were traced, and which callbacks took most of their time.
#ifndef APP_COMMANDS_TRACE_TAKE_H
#define APP_COMMANDS_TRACE_TAKE_H

#include "engine/pool/pool_trace.h"
#include "platform/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { TRACE_RING_SPANS = 1 << 15 }; // a megabyte a thread: a fifth of a second of the densest play

typedef struct TraceThread {
    TraceSpan *spans; // from trace_take_finish on by their begin, what is around others before them
    size_t count, room;
    uint64_t lost; // overwritten before they were read
} TraceThread;

typedef struct TraceCallback {
    uint64_t begin_ns, end_ns;
    uint64_t had_ns;
    uint32_t rank; // among the worst, from 1; 0: it is none of them
    bool kept;     // one of the worst, or next to one
} TraceCallback;

typedef struct TraceTake {
    uint32_t thread_count;
    TraceThread thread[POOL_WORKERS_MAX];
    TraceCallback *callbacks; // in the order of time, from trace_take_finish on
    size_t callback_count;
} TraceTake;

/// thread_count: the pool's. NULL with error filled. Caller owns. [main-thread]
TraceTake *trace_take_create(uint32_t thread_count, Error *error);

/// NULL is harmless. [main-thread]
void trace_take_destroy(TraceTake *take);

/// Takes over what is in the pool's rings. Call it some fifty times a second. False with error filled when
/// there is no room for more; what was taken stays. [main-thread, pool traced]
bool trace_take_drain(TraceTake *take, Pool *pool, Error *error);

/// Sorts it, and finds the worst callbacks by the share of their time that they took. False with error
/// filled: no callback was seen, or memory is refused. [main-thread, once]
bool trace_take_finish(TraceTake *take, uint32_t worst, Error *error);

/// The share of its time that a callback took: 1 is all of it. [any-thread]
double trace_callback_share(const TraceCallback *callback);

#endif
