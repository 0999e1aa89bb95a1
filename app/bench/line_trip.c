// One thread makes a word odd, the other makes it even again.
#include "app/bench/line_trip.h"

#include "app/bench/statistics.h"
#include "app/calibrate/paced.h"
#include "platform/clock.h"
#include "platform/wait.h"

#include <math.h>
#include <stdalign.h>
#include <stdatomic.h>
#include <stdint.h>

enum {
    SERIES = 15,
    TRIPS = 400, // of a series
    SPINS = 256, // between looks at the clock
    LIMIT_NS = 200 * 1000 * 1000,
    LINES_BYTES = 128, // processors fetch lines of 64 bytes in pairs
};
enum { WORD_START = 0, WORD_ASKED = 2, WORD_READY = 4 }; // the two threads meet
static const uint32_t WORD_END = UINT32_MAX;             // odd, and above all others

typedef struct LineTrip {
    alignas(LINES_BYTES) _Atomic uint32_t word;
    alignas(LINES_BYTES) uint64_t end_ns;
    ThreadPriority priority; // of the thread that answers, from WORD_ASKED on
    size_t count;
    double ns[SERIES]; // a trip
} LineTrip;

// Waits until the word is no longer `from`. False when the time is over.
static bool await_change(LineTrip *line, uint32_t from) {
    for (uint32_t spins = 1; atomic_load_explicit(&line->word, memory_order_acquire) == from; spins++) {
        if (spins % SPINS == 0 && clock_now_ns() > line->end_ns) {
            return false;
        }
        wait_spin_hint();
    }
    return true;
}

static void answer(void *argument) {
    LineTrip *line = argument;
    ThreadGrant grant;
    if (!await_change(line, WORD_START)) {
        return;
    }
    thread_ask_priority(line->priority, &grant, NULL);
    uint32_t even = WORD_READY;
    atomic_store(&line->word, even);
    while (await_change(line, even) && atomic_load(&line->word) != WORD_END) {
        even += 2;
        atomic_store_explicit(&line->word, even, memory_order_release);
    }
}

static void begin(void *user, ThreadPriority priority) {
    LineTrip *line = user;
    line->priority = priority;
    atomic_store(&line->word, WORD_ASKED);
}

static bool call(void *user, uint64_t due_ns) {
    LineTrip *line = user;
    uint32_t even = WORD_READY;
    (void)due_ns;
    if (!await_change(line, WORD_ASKED)) {
        return false;
    }
    while (line->count < SERIES) {
        uint64_t start_ns = clock_now_ns();
        for (int trip = 0; trip < TRIPS; trip++, even += 2) {
            atomic_store_explicit(&line->word, even + 1, memory_order_release);
            if (!await_change(line, even + 1)) {
                return false;
            }
        }
        line->ns[line->count++] = (double)(clock_now_ns() - start_ns) / TRIPS;
    }
    return false;
}

bool line_trip_measure(double *trip_ns, Error *error) {
    LineTrip line = {.end_ns = clock_now_ns() + LIMIT_NS};
    Thread *other = thread_create("line-trip", answer, &line, error);
    if (!other) {
        return false;
    }
    Paced paced = {.calls = 1, .begin = begin, .call = call, .user = &line};
    bool done = paced_run(&paced, NULL, error);
    atomic_store(&line.word, WORD_END);
    thread_join(other);
    *trip_ns = line.count == SERIES ? statistics_of(line.ns, SERIES).median : (double)NAN;
    return done;
}
