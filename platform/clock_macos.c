// Tells the time that mach counts while the machine is awake.
#include "platform/clock.h"

#include "platform/rt_trusted.h"

#include <time.h>

static const uint64_t NS_PER_SECOND = 1000000000u;

RT uint64_t clock_now_ns(void) {
    RT_TRUSTED_BEGIN // reads a register and a page that the kernel shares
    uint64_t now = clock_gettime_nsec_np(CLOCK_UPTIME_RAW);
    RT_TRUSTED_END
    return now;
}

void clock_sleep_until_ns(uint64_t wake_ns) {
    uint64_t now = clock_now_ns();
    if (now < wake_ns) {
        uint64_t left = wake_ns - now;
        nanosleep(&(struct timespec){.tv_sec = (time_t)(left / NS_PER_SECOND),
                                     .tv_nsec = (long)(left % NS_PER_SECOND)},
                  NULL);
    }
}

RT uint64_t clock_thread_cpu_ns(void) {
    RT_TRUSTED_BEGIN // the kernel adds up two numbers of the calling thread
    uint64_t used = clock_gettime_nsec_np(CLOCK_THREAD_CPUTIME_ID);
    RT_TRUSTED_END
    return used;
}
