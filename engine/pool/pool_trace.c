// The rings' start and end, and the way from a thread to its ring.
#include "engine/pool/pool_trace.h"
#include "engine/pool/pool_shared.h"
#include "engine/pool/pool_trace_note.h"
#include "engine/pool/pool_wake.h"
#include "platform/carver.h"
#include "platform/clock.h"
#include "platform/memory.h"

#include <assert.h>
#include <stddef.h>

enum { LET_GO_POLL_NS = 100000 }; // a thread writes for less than a microsecond, unless it is stopped there

typedef struct PoolTrace {
    TraceRing *ring[POOL_WORKERS_MAX]; // by thread; each on lines of its own
} PoolTrace;

// trace: the one to fill, or NULL to measure.
static size_t lay_out(PoolTrace *trace, const Pool *pool, uint32_t span_count) {
    Carver carver = {.base = trace, .alignment_bytes = POOL_ALIGN_BYTES};
    carver_take(&carver, 1, sizeof(PoolTrace));
    for (uint32_t i = 0; i < pool->workers; i++) {
        TraceRing *ring = carver_take(&carver, 1, sizeof(TraceRing));
        _Atomic uint64_t *words = carver_take(&carver, span_count, TRACE_SPAN_WORDS * sizeof *words);
        if (trace) {
            trace_ring_init(ring, words, span_count);
            trace->ring[i] = ring;
        }
    }
    return carver.used;
}

bool pool_trace_start(Pool *pool, uint32_t span_count, Error *error) {
    assert(span_count && (span_count & (span_count - 1)) == 0);
    if (pool_traced(pool)) {
        error_set(error, "trace: it is being traced already; end that first");
        return false;
    }
    size_t bytes = lay_out(NULL, pool, span_count);
    PoolTrace *trace = memory_allocate(POOL_ALIGN_BYTES, bytes);
    if (!trace) {
        error_set(error, "trace: no memory (%zu bytes): close other programs", bytes);
        return false;
    }
    lay_out(trace, pool, span_count);
    atomic_store(&pool->trace, trace); // release: the rings
    wake_all(pool);                    // a sleep that began before has no span
    return true;
}

void pool_trace_flush(Pool *pool) {
    wake_all(pool);
}

bool pool_traced(const Pool *pool) {
    return atomic_load_explicit(&pool->trace, memory_order_relaxed) != NULL;
}

uint32_t pool_trace_read(Pool *pool, uint32_t thread, TraceSpan *spans, uint32_t room, uint64_t *lost) {
    PoolTrace *trace = atomic_load_explicit(&pool->trace, memory_order_relaxed); // its only writer asks
    return trace_ring_read(trace->ring[thread], spans, room, lost);
}

void pool_trace_stop(Pool *pool) {
    // Sequentially consistent, as is trace_note: either it sees that the rings are gone, or we see it in
    // them.
    PoolTrace *trace = atomic_exchange(&pool->trace, NULL);
    for (uint32_t i = 0; trace && i < pool->workers; i++) {
        while (atomic_load(&pool->worker[i].tracing)) {
            clock_sleep_until_ns(clock_now_ns() + LET_GO_POLL_NS);
        }
    }
    memory_release(trace);
}

RT void trace_note(Pool *pool, uint32_t thread, TraceKind kind, uint64_t begin_ns, uint64_t end_ns,
                   uint32_t number, uint64_t value) {
    TraceSpan span = {.begin_ns = begin_ns,
                      .end_ns = end_ns ? end_ns : clock_now_ns(),
                      .value = value,
                      .number = number,
                      .kind = (uint16_t)kind,
                      .cpu = (int16_t)thread_current_cpu()};
    Worker *worker = &pool->worker[thread];
    atomic_store(&worker->tracing, true); // see pool_trace_stop
    PoolTrace *trace = atomic_load(&pool->trace);
    if (trace) {
        trace_ring_write(trace->ring[thread], &span);
    }
    // Release: nothing of the rings is touched after.
    atomic_store_explicit(&worker->tracing, false, memory_order_release);
}

RT uint64_t pool_trace_begin(const Pool *pool) {
    return trace_begin(pool);
}

RT void pool_trace_end(Pool *pool, TraceKind kind, uint64_t begin_ns, uint32_t number) {
    trace_end(pool, 0, kind, begin_ns, number, 0);
}

enum { CHOICE_BITS = 8 }; // for each small number

RT uint64_t trace_pack_choice(const TraceChoice *choice) {
    return (uint64_t)choice->alone_ns << 32 | (uint64_t)choice->in_duel << (3 * CHOICE_BITS) |
           (uint64_t)(uint8_t)choice->size_class << (2 * CHOICE_BITS) | choice->usual << CHOICE_BITS |
           choice->threads;
}

TraceChoice trace_choice(uint64_t value) {
    return (TraceChoice){.threads = (uint8_t)value,
                         .usual = (uint8_t)(value >> CHOICE_BITS),
                         .size_class = (int8_t)(value >> (2 * CHOICE_BITS)),
                         .in_duel = (value >> (3 * CHOICE_BITS) & 1) != 0,
                         .alone_ns = (uint32_t)(value >> 32)};
}
