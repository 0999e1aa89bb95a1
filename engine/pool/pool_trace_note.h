// The places where the pool's threads tell the trace what they do. While nobody traces, each is one load and
// a branch. Private to engine/pool/.
#ifndef ENGINE_POOL_POOL_TRACE_NOTE_H
#define ENGINE_POOL_POOL_TRACE_NOTE_H

#include "engine/pool/pool_shared.h"
#include "engine/pool/pool_trace.h"
#include "platform/clock.h"

#include <stddef.h>

/// Writes a span into the thread's ring, if there is one, with where it runs. end_ns: 0 for now. [that
/// thread]
RT void trace_note(Pool *pool, uint32_t thread, TraceKind kind, uint64_t begin_ns, uint64_t end_ns,
                   uint32_t number, uint64_t value);

/// The time, or 0 when nobody traces. [audio-thread or worker-thread]
RT static inline uint64_t trace_begin(const Pool *pool) {
    // Relaxed: whoever writes a span loads it again.
    return __builtin_expect(atomic_load_explicit(&pool->trace, memory_order_relaxed) != NULL, 0)
               ? clock_now_ns()
               : 0;
}

/// Notes what began at a time of trace_begin's and ends now; nothing when that was 0. [that thread]
RT static inline void trace_end(Pool *pool, uint32_t thread, TraceKind kind, uint64_t begin_ns,
                                uint32_t number, uint64_t value) {
    if (__builtin_expect(begin_ns != 0, 0)) {
        trace_note(pool, thread, kind, begin_ns, 0, number, value);
    }
}

/// Notes what is known to have lasted from begin_ns to end_ns. [that thread]
RT static inline void trace_span(Pool *pool, uint32_t thread, TraceKind kind, uint64_t begin_ns,
                                 uint64_t end_ns, uint32_t number, uint64_t value) {
    if (__builtin_expect(atomic_load_explicit(&pool->trace, memory_order_relaxed) != NULL, 0)) {
        trace_note(pool, thread, kind, begin_ns, end_ns, number, value);
    }
}

#endif
