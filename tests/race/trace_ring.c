// One thread writes as fast as it can while another reads: what is read is whole and in order, and nothing is
// both read and lost.
#include "engine/pool/pool_trace_ring.h"
#include "platform/clock.h"
#include "platform/thread.h"

#include <stdio.h>

enum { RING_SPANS = 64, ROOM = 48, SPANS_READ = 100000 };

static const uint64_t LIMIT_NS = 120000000000u;

static _Atomic uint64_t words[RING_SPANS * TRACE_SPAN_WORDS];
static TraceRing ring;
static _Atomic bool over;
static uint64_t written;

static void write_all(void *argument) {
    (void)argument;
    while (!atomic_load_explicit(&over, memory_order_relaxed)) {
        TraceSpan span = {.begin_ns = written,
                          .end_ns = ~written,
                          .value = written * 3,
                          .number = (uint32_t)written,
                          .kind = (uint16_t)written};
        trace_ring_write(&ring, &span);
        written++;
        if (written % RING_SPANS == 0) {
            thread_yield(); // or the reader would find all of it overwritten
        }
    }
}

static bool is_whole(const TraceSpan *span) {
    uint64_t number = span->begin_ns;
    return span->end_ns == ~number && span->value == number * 3 && span->number == (uint32_t)number &&
           span->kind == (uint16_t)number;
}

int main(void) {
    trace_ring_init(&ring, words, RING_SPANS);
    Error error;
    Thread *thread = thread_create("writer", write_all, NULL, &error);
    if (!thread) {
        fprintf(stderr, "trace_ring: %s\n", error.text);
        return 1;
    }
    uint64_t end_ns = clock_now_ns() + LIMIT_NS;
    uint64_t read = 0;
    uint64_t lost = 0;
    bool good = true;
    while (good && (read < SPANS_READ || lost == 0) && clock_now_ns() < end_ns) {
        TraceSpan spans[ROOM];
        uint64_t first = read;
        uint32_t count = trace_ring_read(&ring, spans, ROOM, &lost);
        for (uint32_t i = 0; i < count; i++) {
            good = good && is_whole(&spans[i]) && (i == 0 || spans[i].begin_ns == spans[i - 1].begin_ns + 1);
        }
        read += count;
        // Those before the last one were either read or lost.
        good = good && (count == 0 || spans[count - 1].begin_ns + 1 == first + count + lost);
    }
    atomic_store(&over, true);
    thread_join(thread);
    printf("%llu spans read, %llu lost of %llu: %s\n", (unsigned long long)read, (unsigned long long)lost,
           (unsigned long long)written, good ? "whole and in order" : "damaged");
    return good && read >= SPANS_READ && lost > 0 ? 0 : 1;
}
