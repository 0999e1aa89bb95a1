// Notes what each thread of a pool does, into rings that are there only while somebody traces.
//
// Threads are numbered as workers are: 0 is the audio thread.
#ifndef ENGINE_POOL_POOL_TRACE_H
#define ENGINE_POOL_POOL_TRACE_H

#include "engine/pool/pool.h"
#include "engine/pool/pool_trace_ring.h"

/// What a span is, and what its number and value are.
typedef enum TraceKind {
    // Of the audio thread.
    TRACE_CALLBACK, // value: the time it has, in ns; 0: no clock
    TRACE_RUN,      // value: trace_choice
    TRACE_PUBLISH,  // listing and publishing a run. number: threads that share it; value: its epoch
    TRACE_JOIN,     // taking what workers have claimed. number: of such jobs
    TRACE_RESCUE,   // a batch in a worker's stead. number: the batch; value: the worker
    TRACE_MIX,      // what becomes of the batches. number: how many
    TRACE_ASIDE,    // no time at all. number: the worker; value: 1 set aside, 0 counted on again
    // Of every thread.
    TRACE_RENDER, // a batch, from the claim on. number: the batch; value: TraceResult
    TRACE_RING,   // waking others. value: bits of those that slept
    // Of the workers.
    TRACE_SERVE, // looking for jobs of a run. number: that were rendered; value: the run's epoch
    TRACE_SLEEP, // number: TraceSleep bits; value: when it was to wake by itself
    TRACE_SPIN,  // awake, waiting
    TRACE_KIND_COUNT,
} TraceKind;

typedef enum TraceResult {
    TRACE_OWN,    // counts; a batch at home with the thread
    TRACE_STOLEN, // counts; another thread's
    TRACE_LOST,   // the audio thread had rescued it
} TraceResult;

enum { TRACE_SLEEP_RUNG = 1, TRACE_SLEEP_ASIDE = 2 };

/// How many threads a run got, and why.
typedef struct TraceChoice {
    uint32_t threads;   // that took part, the audio thread included
    uint32_t usual;     // what its size of work has when no duel is on
    int32_t size_class; // or COST_CLASS_NONE
    bool in_duel;       // one of a duel's turns
    uint32_t alone_ns;  // expected of one thread
} TraceChoice;

/// The value of a TRACE_RUN. [any-thread]
RT uint64_t trace_pack_choice(const TraceChoice *choice);
TraceChoice trace_choice(uint64_t value);

/// Begins to trace, with room for so many spans of each thread, a power of two. False with error filled: it
/// is being traced already, or memory is refused. [main-thread, after pool_start]
bool pool_trace_start(Pool *pool, uint32_t span_count, Error *error);

/// Is it being traced? [main-thread]
bool pool_traced(const Pool *pool);

/// Takes what a thread did since the last call, as trace_ring_read does. Spans come in the order of their
/// ends. [main-thread, traced]
uint32_t pool_trace_read(Pool *pool, uint32_t thread, TraceSpan *spans, uint32_t room, uint64_t *lost);

/// Has workers that sleep end their spans, so that what is read some milliseconds later has all of them.
/// [main-thread]
void pool_trace_flush(Pool *pool);

/// Ends it and frees the rings, waiting for threads that are writing. [main-thread]
void pool_trace_stop(Pool *pool);

/// For what the audio thread does beside the pool: the time when it begins, or 0 when nobody traces; then
/// that time again when it ends, of which nothing is noted when it is 0. [audio-thread]
RT uint64_t pool_trace_begin(const Pool *pool);
RT void pool_trace_end(Pool *pool, TraceKind kind, uint64_t begin_ns, uint32_t number);

#endif
