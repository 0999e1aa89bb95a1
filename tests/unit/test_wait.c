// Tests waiting on a word. What several threads do at once is in tests/race/wait.c.
#include "platform/wait.h"

#include "platform/clock.h"
#include "platform/thread.h"

#include <criterion/criterion.h>

static const uint64_t MILLISECOND_NS = 1000000u;
static const uint64_t LONG_NS = 60000000000u; // longer than the test may take

Test(wait, returns_at_once_when_the_word_differs, .timeout = 30) {
    _Atomic uint32_t word = 7;
    cr_assert(wait_on_word(&word, 8, LONG_NS));
    cr_assert(wait_on_word_until(&word, 8, clock_now_ns() + LONG_NS));
}

Test(wait, tells_that_the_time_ran_out) {
    _Atomic uint32_t word = 7;
    uint64_t start = clock_now_ns();
    while (wait_on_word(&word, 7, 5 * MILLISECOND_NS)) { // a spurious return is allowed
    }
    cr_assert_geq(clock_now_ns() - start, 5 * MILLISECOND_NS);
}

Test(wait, waits_until_a_point_in_time) {
    _Atomic uint32_t word = 7;
    uint64_t wake = clock_now_ns() + 5 * MILLISECOND_NS;
    while (wait_on_word_until(&word, 7, wake)) {
    }
    cr_assert_geq(clock_now_ns(), wake);
}

Test(wait, a_point_in_the_past_is_out_of_time, .timeout = 30) {
    _Atomic uint32_t word = 7;
    cr_assert_not(wait_on_word_until(&word, 7, clock_now_ns() - 1));
    cr_assert_not(wait_on_word_until(&word, 7, 0));
}

Test(wait, the_longest_time_out_is_accepted, .timeout = 30) {
    _Atomic uint32_t word = 7;
    cr_assert(wait_on_word(&word, 8, UINT64_C(1) << 62));
}

static _Atomic uint32_t shared_word;
static _Atomic uint32_t awake_count;

static void sleep_until_changed(void *argument) {
    (void)argument;
    while (atomic_load(&shared_word) == 0) {
        wait_on_word(&shared_word, 0, LONG_NS);
    }
    atomic_fetch_add(&awake_count, 1);
}

Test(wait, wake_all_wakes_every_sleeper, .timeout = 30) {
    enum { SLEEPERS = 4 };
    Thread *threads[SLEEPERS];
    for (int i = 0; i < SLEEPERS; i++) {
        threads[i] = thread_create("sleeper", sleep_until_changed, NULL, NULL);
        cr_assert_not_null(threads[i]);
    }
    clock_sleep_until_ns(clock_now_ns() + 20 * MILLISECOND_NS); // most are asleep by now
    atomic_store(&shared_word, 1);
    wait_wake_all(&shared_word);
    for (int i = 0; i < SLEEPERS; i++) {
        thread_join(threads[i]);
    }
    cr_assert_eq(atomic_load(&awake_count), SLEEPERS);
}

Test(wait, waking_without_sleepers_is_harmless) {
    _Atomic uint32_t word = 0;
    wait_wake_one(&word);
    wait_wake_all(&word);
}
