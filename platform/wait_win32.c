// Waits and wakes by WaitOnAddress.
#include "platform/wait.h"

#include "platform/clock.h"

#include <windows.h>

static const uint64_t NS_PER_MS = 1000000u;
static const uint64_t TIMEOUT_MOST_MS = 0x7FFFFFFF; // below INFINITE, which would never end

/// WaitOnAddress counts whole milliseconds. What is left of the last one is spent looking at the word: a
/// worker that wakes late by a millisecond has missed its block.
RT static bool watch_word_until(_Atomic uint32_t *word, uint32_t expected, uint64_t wake_ns) {
    // Acquire: what was written before the word changed is seen by who sees it changed.
    while (atomic_load_explicit(word, memory_order_acquire) == expected) {
        if (clock_now_ns() >= wake_ns) {
            return false;
        }
        SwitchToThread();
        wait_spin_hint();
    }
    return true;
}

RT bool wait_on_word_until(_Atomic uint32_t *word, uint32_t expected, uint64_t wake_ns) {
    uint64_t now = clock_now_ns();
    uint64_t left_ms = wake_ns > now ? (wake_ns - now) / NS_PER_MS : 0;
    if (left_ms == 0) {
        return watch_word_until(word, expected, wake_ns);
    }
    DWORD timeout = (DWORD)(left_ms < TIMEOUT_MOST_MS ? left_ms : TIMEOUT_MOST_MS);
    if (WaitOnAddress((volatile void *)word, &expected, sizeof expected, timeout)) {
        return true;
    }
    return watch_word_until(word, expected, wake_ns);
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
