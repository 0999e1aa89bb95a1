// Spans are kept in one growing list a thread.
#include "app/commands/trace_take.h"

#include <stdlib.h>

enum {
    SPANS_MAX = 1 << 24, // of all threads: half a gigabyte
    ROOM_FIRST = 1 << 15,
    DRAIN_SPANS = 4096, // at once
};

TraceTake *trace_take_create(uint32_t thread_count, Error *error) {
    TraceTake *take = calloc(1, sizeof *take);
    if (!take) {
        error_set(error, "out of memory; close other programs");
        return NULL;
    }
    take->thread_count = thread_count;
    return take;
}

void trace_take_destroy(TraceTake *take) {
    if (!take) {
        return;
    }
    for (uint32_t i = 0; i < take->thread_count; i++) {
        free(take->thread[i].spans);
    }
    free(take->callbacks);
    free(take);
}

static size_t count_all(const TraceTake *take) {
    size_t count = 0;
    for (uint32_t i = 0; i < take->thread_count; i++) {
        count += take->thread[i].count;
    }
    return count;
}

static bool make_room(TraceThread *thread) {
    if (thread->room - thread->count >= DRAIN_SPANS) {
        return true;
    }
    size_t room = thread->room ? thread->room * 2 : ROOM_FIRST;
    TraceSpan *spans = realloc(thread->spans, room * sizeof *spans);
    if (!spans) {
        return false;
    }
    thread->spans = spans;
    thread->room = room;
    return true;
}

static bool drain_thread(TraceThread *thread, Pool *pool, uint32_t index) {
    for (;;) {
        if (!make_room(thread)) {
            return false;
        }
        uint32_t count =
            pool_trace_read(pool, index, thread->spans + thread->count, DRAIN_SPANS, &thread->lost);
        thread->count += count;
        if (count < DRAIN_SPANS) {
            return true;
        }
    }
}

bool trace_take_drain(TraceTake *take, Pool *pool, Error *error) {
    for (uint32_t i = 0; i < take->thread_count; i++) {
        if (count_all(take) > SPANS_MAX || !drain_thread(&take->thread[i], pool, i)) {
            error_set(error, "there is no memory for a longer trace; trace fewer seconds");
            return false;
        }
    }
    return true;
}

static int by_begin(const void *a, const void *b) {
    const TraceSpan *first = a;
    const TraceSpan *second = b;
    if (first->begin_ns != second->begin_ns) {
        return first->begin_ns < second->begin_ns ? -1 : 1;
    }
    if (first->end_ns != second->end_ns) {
        return first->end_ns > second->end_ns ? -1 : 1;
    }
    return first->kind < second->kind ? -1 : first->kind > second->kind;
}

static void find_callbacks(TraceTake *take) {
    const TraceThread *audio = &take->thread[0];
    for (size_t i = 0; i < audio->count; i++) {
        const TraceSpan *span = &audio->spans[i];
        if (span->kind == TRACE_CALLBACK) {
            take->callbacks[take->callback_count++] =
                (TraceCallback){.begin_ns = span->begin_ns, .end_ns = span->end_ns, .had_ns = span->value};
        }
    }
}

double trace_callback_share(const TraceCallback *callback) {
    double took_ns = (double)(callback->end_ns - callback->begin_ns);
    return callback->had_ns ? took_ns / (double)callback->had_ns : 0;
}

typedef struct Rated {
    double share;
    size_t at; // in the take's callbacks
} Rated;

static int by_share(const void *a, const void *b) {
    double first = ((const Rated *)a)->share;
    double second = ((const Rated *)b)->share;
    return first > second ? -1 : first < second;
}

static bool mark_worst(TraceTake *take, uint32_t worst) {
    Rated *sorted = malloc(take->callback_count * sizeof *sorted);
    if (!sorted) {
        return false;
    }
    for (size_t i = 0; i < take->callback_count; i++) {
        sorted[i] = (Rated){trace_callback_share(&take->callbacks[i]), i};
    }
    qsort(sorted, take->callback_count, sizeof *sorted, by_share);
    for (uint32_t i = 0; i < worst && i < take->callback_count; i++) {
        size_t at = sorted[i].at;
        take->callbacks[at].rank = i + 1;
        for (size_t near = at > 0 ? at - 1 : 0; near <= at + 1 && near < take->callback_count; near++) {
            take->callbacks[near].kept = true;
        }
    }
    free(sorted);
    return true;
}

bool trace_take_finish(TraceTake *take, uint32_t worst, Error *error) {
    for (uint32_t i = 0; i < take->thread_count; i++) {
        TraceThread *thread = &take->thread[i];
        if (thread->count > 0) {
            qsort(thread->spans, thread->count, sizeof *thread->spans, by_begin);
        }
    }
    take->callbacks = calloc(take->thread[0].count + 1, sizeof *take->callbacks);
    if (!take->callbacks) {
        error_set(error, "out of memory; close other programs");
        return false;
    }
    find_callbacks(take);
    if (take->callback_count == 0) {
        error_set(error, "the output did not call even once; trace more seconds");
        return false;
    }
    if (!mark_worst(take, worst)) {
        error_set(error, "out of memory; close other programs");
        return false;
    }
    return true;
}
