// Call n is due n periods after the start, so that errors do not add up.
#include "app/calibrate/paced.h"

#include "platform/clock.h"

#include <stddef.h>

enum {
    REALTIME_LEVEL = 70,          // as the null output and JACK's clients have it
    SETTLE_NS = 30 * 1000 * 1000, // for what `begin` set going
};

typedef struct PacedRun {
    const Paced *paced;
    ThreadGrant grant;
} PacedRun;

static void run(void *argument) {
    PacedRun *state = argument;
    const Paced *paced = state->paced;
    thread_ask_priority((ThreadPriority){THREAD_CLASS_REALTIME, REALTIME_LEVEL}, &state->grant, NULL);
    if (paced->begin) {
        paced->begin(paced->user, state->grant.granted);
    }
    uint64_t due_ns = clock_now_ns() + SETTLE_NS;
    for (uint64_t call = 0; call < paced->calls; call++) {
        clock_sleep_until_ns(due_ns);
        if (!paced->call(paced->user, due_ns)) {
            return;
        }
        due_ns += paced->period_ns;
        uint64_t now_ns = clock_now_ns();
        if (now_ns > due_ns + paced->period_ns) {
            due_ns = now_ns + paced->period_ns;
        }
    }
}

bool paced_run(const Paced *paced, ThreadGrant *grant, Error *error) {
    PacedRun state = {.paced = paced};
    Thread *thread = thread_create("paced", run, &state, error);
    if (!thread) {
        return false;
    }
    thread_join(thread);
    if (grant) {
        *grant = state.grant;
    }
    return true;
}
