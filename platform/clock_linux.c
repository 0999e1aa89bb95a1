// Tells the time from CLOCK_MONOTONIC, the clock that futexes wait by.
#include "platform/clock.h"

#include "platform/rt_trusted.h"

#include <time.h>

static const uint64_t NS_PER_SECOND = 1000000000u;

RT static uint64_t to_ns(const struct timespec *time) {
    return (uint64_t)time->tv_sec * NS_PER_SECOND + (uint64_t)time->tv_nsec;
}

RT uint64_t clock_now_ns(void) {
    struct timespec now;
    RT_TRUSTED_BEGIN // the vDSO reads a page; the kernel is not entered
    clock_gettime(CLOCK_MONOTONIC, &now);
    RT_TRUSTED_END
    return to_ns(&now);
}

void clock_sleep_until_ns(uint64_t wake_ns) {
    struct timespec wake = {
        .tv_sec = (time_t)(wake_ns / NS_PER_SECOND),
        .tv_nsec = (long)(wake_ns % NS_PER_SECOND),
    };
    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &wake, NULL);
}

RT uint64_t clock_thread_cpu_ns(void) {
    struct timespec used;
    RT_TRUSTED_BEGIN // the kernel adds up two numbers of the calling thread
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
    RT_TRUSTED_END
    return to_ns(&used);
}
