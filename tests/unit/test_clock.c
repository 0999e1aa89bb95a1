// Tests the clock.
#include "platform/clock.h"

#include <criterion/criterion.h>

static const uint64_t MILLISECOND_NS = 1000000u;

Test(clock, never_goes_back) {
    uint64_t before = clock_now_ns();
    uint64_t first = before;
    for (int i = 0; i < 100000; i++) {
        uint64_t now = clock_now_ns();
        cr_assert_geq(now, before);
        before = now;
    }
    cr_assert_gt(before, first);
}

Test(clock, sleeps_at_least_until_the_time_asked) {
    uint64_t wake = clock_now_ns() + 5 * MILLISECOND_NS;
    clock_sleep_until_ns(wake);
    cr_assert_geq(clock_now_ns(), wake);
}

Test(clock, returns_at_once_when_the_time_has_passed) {
    clock_sleep_until_ns(0);
    clock_sleep_until_ns(clock_now_ns() - 1);
}

Test(clock, thread_time_grows_with_work_and_not_with_sleep) {
    uint64_t before_sleep = clock_thread_cpu_ns();
    uint64_t wake = clock_now_ns() + 200 * MILLISECOND_NS;
    clock_sleep_until_ns(wake);
    uint64_t after_sleep = clock_thread_cpu_ns();
    cr_assert_lt(after_sleep - before_sleep, 100 * MILLISECOND_NS);

    while (clock_thread_cpu_ns() < after_sleep + 5 * MILLISECOND_NS) {
    }
    cr_assert_geq(clock_thread_cpu_ns(), after_sleep + 5 * MILLISECOND_NS);
}
