// The writer counts a span when it is whole; the reader looks at the count before and after it copies.
#include "engine/pool/pool_trace_ring.h"

#include <string.h>

void trace_ring_init(TraceRing *ring, _Atomic uint64_t *words, uint32_t span_count) {
    *ring = (TraceRing){.span_count = span_count, .words = words};
}

RT static _Atomic uint64_t *words_of(const TraceRing *ring, uint64_t index) {
    return &ring->words[(index & (ring->span_count - 1)) * TRACE_SPAN_WORDS];
}

RT void trace_ring_write(TraceRing *ring, const TraceSpan *span) {
    uint64_t index = atomic_load_explicit(&ring->written, memory_order_relaxed);
    _Atomic uint64_t *words = words_of(ring, index);
    // Release: who reads one of these words sees that the spans before it are written, and so that the one
    // that was here is overwritten.
    atomic_store_explicit(&words[0], span->begin_ns, memory_order_release);
    atomic_store_explicit(&words[1], span->end_ns, memory_order_release);
    atomic_store_explicit(&words[2], span->value, memory_order_release);
    atomic_store_explicit(&words[3],
                          (uint64_t)span->kind << 48 | (uint64_t)(uint16_t)span->cpu << 32 | span->number,
                          memory_order_release);
    // Release: the span is whole.
    atomic_store_explicit(&ring->written, index + 1, memory_order_release);
}

static TraceSpan copy(const TraceRing *ring, uint64_t index) {
    const _Atomic uint64_t *words = words_of(ring, index);
    // Acquire: see trace_ring_write.
    uint64_t begin_ns = atomic_load_explicit(&words[0], memory_order_acquire);
    uint64_t end_ns = atomic_load_explicit(&words[1], memory_order_acquire);
    uint64_t value = atomic_load_explicit(&words[2], memory_order_acquire);
    uint64_t rest = atomic_load_explicit(&words[3], memory_order_acquire);
    return (TraceSpan){.begin_ns = begin_ns,
                       .end_ns = end_ns,
                       .value = value,
                       .number = (uint32_t)rest,
                       .kind = (uint16_t)(rest >> 48),
                       .cpu = (int16_t)(uint16_t)(rest >> 32)};
}

// The oldest span that the writer neither has overwritten nor is overwriting now.
static uint64_t oldest(const TraceRing *ring) {
    uint64_t written = atomic_load_explicit(&ring->written, memory_order_acquire);
    return written < ring->span_count ? 0 : written - ring->span_count + 1;
}

// Passes over what is no more. Returns how many spans that was.
static uint64_t skip_lost(TraceRing *ring) {
    uint64_t first = oldest(ring);
    uint64_t lost = first > ring->read ? first - ring->read : 0;
    ring->read += lost;
    return lost;
}

uint32_t trace_ring_read(TraceRing *ring, TraceSpan *spans, uint32_t room, uint64_t *lost) {
    *lost += skip_lost(ring);
    uint64_t written = atomic_load_explicit(&ring->written, memory_order_acquire);
    uint32_t count = written - ring->read < room ? (uint32_t)(written - ring->read) : room;
    for (uint32_t i = 0; i < count; i++) {
        spans[i] = copy(ring, ring->read + i);
    }
    uint64_t overwritten = skip_lost(ring);
    *lost += overwritten;
    uint32_t torn = overwritten < count ? (uint32_t)overwritten : count;
    memmove(spans, spans + torn, (count - torn) * sizeof *spans);
    ring->read += count - torn;
    return count - torn;
}
