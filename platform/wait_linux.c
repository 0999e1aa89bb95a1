// Waits and wakes by futex; private ones, which the kernel finds without looking up a page.
#include "platform/wait.h"

#include "platform/rt_trusted.h"

#include <errno.h>
#include <limits.h>
#include <linux/futex.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static const uint64_t NS_PER_SECOND = 1000000000u;

RT static struct timespec to_timespec(uint64_t ns) {
    return (struct timespec){.tv_sec = (time_t)(ns / NS_PER_SECOND), .tv_nsec = (long)(ns % NS_PER_SECOND)};
}

RT static bool sleep_on(_Atomic uint32_t *word, int operation, uint32_t expected, uint64_t time_ns) {
    struct timespec time = to_timespec(time_ns);
    RT_TRUSTED_BEGIN // sleeps by intent and never longer than time
    long result = syscall(SYS_futex, word, operation, expected, &time, NULL, FUTEX_BITSET_MATCH_ANY);
    bool timed_out = result != 0 && errno == ETIMEDOUT;
    RT_TRUSTED_END
    return !timed_out;
}

RT bool wait_on_word(_Atomic uint32_t *word, uint32_t expected, uint64_t timeout_ns) {
    return sleep_on(word, FUTEX_WAIT_PRIVATE, expected, timeout_ns);
}

RT bool wait_on_word_until(_Atomic uint32_t *word, uint32_t expected, uint64_t wake_ns) {
    // Only the bitset form takes a point in time: CLOCK_MONOTONIC's, as clock_now_ns() tells it.
    return sleep_on(word, FUTEX_WAIT_BITSET_PRIVATE, expected, wake_ns);
}

RT static void wake(_Atomic uint32_t *word, int most) {
    RT_TRUSTED_BEGIN // does not sleep: it moves the sleepers to the run queue
    syscall(SYS_futex, word, FUTEX_WAKE_PRIVATE, most, NULL, NULL, 0);
    RT_TRUSTED_END
}

RT void wait_wake_one(_Atomic uint32_t *word) {
    wake(word, 1);
}

RT void wait_wake_all(_Atomic uint32_t *word) {
    wake(word, INT_MAX);
}
