// Asks for real-time priority by mach's time-constraint policy, and reads back what came of it.
#include "platform/thread.h"

#include "platform/time_constraint_macos.h"

#include <mach/mach_time.h>
#include <mach/thread_act.h> // not mach.h, which has a thread_create of its own
#include <mach/thread_policy.h>
#include <pthread.h>

// Of a thread of which no more is known: a block of 128 frames at 48 kHz. A workgroup knows its device's own.
static const uint64_t PERIOD_NS = 2666667;
// A thread that computes for longer than its share within a period loses the priority for the rest of it.
// The kernel takes shares of 50 us to 50 ms.
static const uint64_t PERIOD_SHARES = 2;
static const uint64_t PERIOD_MIN_NS = 100 * 1000;
static const uint64_t PERIOD_MAX_NS = 100 * 1000 * 1000;

static uint32_t to_ticks(uint64_t ns) {
    mach_timebase_info_data_t base;
    mach_timebase_info(&base);
    return (uint32_t)(ns * base.denom / base.numer);
}

ThreadPriority thread_priority(void) {
    thread_time_constraint_policy_data_t policy;
    mach_msg_type_number_t words = THREAD_TIME_CONSTRAINT_POLICY_COUNT;
    boolean_t is_default = FALSE; // in: what the thread has; out: whether that is the default
    kern_return_t result =
        thread_policy_get(pthread_mach_thread_np(pthread_self()), THREAD_TIME_CONSTRAINT_POLICY,
                          (thread_policy_t)&policy, &words, &is_default);
    bool realtime = result == KERN_SUCCESS && !is_default;
    return (ThreadPriority){realtime ? THREAD_CLASS_REALTIME : THREAD_CLASS_NORMAL, 0};
}

kern_return_t time_constraint_set(uint64_t period_ns) {
    period_ns = period_ns < PERIOD_MIN_NS ? PERIOD_MIN_NS : period_ns;
    period_ns = period_ns > PERIOD_MAX_NS ? PERIOD_MAX_NS : period_ns;
    thread_time_constraint_policy_data_t policy = {
        .period = to_ticks(period_ns),
        .computation = to_ticks(period_ns / PERIOD_SHARES),
        .constraint = to_ticks(period_ns),
        .preemptible = TRUE,
    };
    return thread_policy_set(pthread_mach_thread_np(pthread_self()), THREAD_TIME_CONSTRAINT_POLICY,
                             (thread_policy_t)&policy, THREAD_TIME_CONSTRAINT_POLICY_COUNT);
}

static kern_return_t set_normal(void) {
    thread_standard_policy_data_t policy = {.no_data = 0};
    return thread_policy_set(pthread_mach_thread_np(pthread_self()), THREAD_STANDARD_POLICY,
                             (thread_policy_t)&policy, THREAD_STANDARD_POLICY_COUNT);
}

bool thread_ask_priority(ThreadPriority asked, ThreadGrant *grant, Error *error) {
    *grant = (ThreadGrant){.asked = asked, .way = "none"};
    kern_return_t result;
    if (asked.scheduling == THREAD_CLASS_REALTIME) {
        result = time_constraint_set(PERIOD_NS);
        grant->way = result == KERN_SUCCESS ? "time constraint" : "none";
    } else {
        result = set_normal();
    }
    if (result != KERN_SUCCESS) {
        error_set(error, "thread priority: mach error %d; start the program again", result);
    }
    grant->granted = thread_priority();
    return grant->granted.scheduling == asked.scheduling;
}
