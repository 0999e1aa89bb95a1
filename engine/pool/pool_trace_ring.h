// A ring of spans that one thread writes and one reads: a full one overwrites the oldest, and the reader
// drops what was overwritten.
#ifndef ENGINE_POOL_POOL_TRACE_RING_H
#define ENGINE_POOL_POOL_TRACE_RING_H

#include "platform/thread_tags.h"

#include <stdatomic.h>
#include <stdint.h>

/// What a thread did from one clock_now_ns() time to another.
typedef struct TraceSpan {
    uint64_t begin_ns, end_ns;
    uint64_t value;  // what it means is the kind's own
    uint32_t number; // the same
    uint16_t kind;   // TraceKind
    int16_t cpu;     // where it ended, -1 unknown
} TraceSpan;

enum { TRACE_SPAN_WORDS = 4 };

typedef struct TraceRing {
    _Atomic uint64_t written; // spans since the start
    uint64_t read;            // the reader's own: how many it has taken or lost
    uint32_t span_count;      // room, a power of two
    _Atomic uint64_t *words;  // span_count * TRACE_SPAN_WORDS
} TraceRing;

/// words: span_count * TRACE_SPAN_WORDS of them, the caller's, which live as long as the ring. span_count: a
/// power of two. [main-thread, before the ring is shared]
void trace_ring_init(TraceRing *ring, _Atomic uint64_t *words, uint32_t span_count);

/// [the writing thread]
RT void trace_ring_write(TraceRing *ring, const TraceSpan *span);

/// Takes the oldest spans that are still there, at most room, and adds to *lost those that were overwritten.
/// Returns how many it took. [the reading thread]
uint32_t trace_ring_read(TraceRing *ring, TraceSpan *spans, uint32_t room, uint64_t *lost);

#endif
