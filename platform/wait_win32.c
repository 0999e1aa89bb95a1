// Waits and wakes by WaitOnAddress, and the last of a time-out, finer than it counts, on a timer.
#include "platform/wait.h"

#include "platform/clock.h"
#include "platform/timer_win32.h"

#include <windows.h>

static const uint64_t NS_PER_MS = 1000000u;
static const uint64_t TIMEOUT_MOST_MS = 0x7FFFFFFF; // below INFINITE, which would never end
// A whole-millisecond timeout ends with the tick after it, so the last two are left to the timer.
static const uint64_t TIMER_NS = 2000000u;
static const uint64_t LOOK_NS = 500000u;  // between looks at the word while on the timer
static const uint64_t WATCH_NS = 100000u; // the timer's usual lateness: looked through, not slept

/// Sleeps a part of the time left. True when it was woken by the word's change.
RT static bool sleep_on(_Atomic uint32_t *word, uint32_t expected, uint64_t left_ns) {
    if (left_ns >= TIMER_NS) {
        uint64_t ms = left_ns / NS_PER_MS - 1;
        return WaitOnAddress((volatile void *)word, &expected, sizeof expected,
                             (DWORD)(ms < TIMEOUT_MOST_MS ? ms : TIMEOUT_MOST_MS));
    }
    if (left_ns > WATCH_NS) {
        uint64_t sleep_ns = left_ns - WATCH_NS;
        timer_sleep_ns(sleep_ns < LOOK_NS ? sleep_ns : LOOK_NS);
    } else {
        SwitchToThread();
        wait_spin_hint();
    }
    return false;
}

RT bool wait_on_word_until(_Atomic uint32_t *word, uint32_t expected, uint64_t wake_ns) {
    // Acquire: what was written before the word changed is seen by who sees it changed.
    while (atomic_load_explicit(word, memory_order_acquire) == expected) {
        uint64_t now_ns = clock_now_ns();
        if (now_ns >= wake_ns) {
            return false;
        }
        if (sleep_on(word, expected, wake_ns - now_ns)) {
            return true;
        }
    }
    return true;
}

RT bool wait_on_word(_Atomic uint32_t *word, uint32_t expected, uint64_t timeout_ns) {
    return wait_on_word_until(word, expected, clock_now_ns() + timeout_ns);
}

RT void wait_wake_one(_Atomic uint32_t *word) {
    WakeByAddressSingle((void *)word);
}

RT void wait_wake_all(_Atomic uint32_t *word) {
    WakeByAddressAll((void *)word);
}
