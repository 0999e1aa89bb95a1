// Lets a thread sleep until a 32-bit word changes, and wakes it.
#ifndef PLATFORM_WAIT_H
#define PLATFORM_WAIT_H

#include "platform/thread_tags.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

/// Sleeps while *word == expected, for timeout_ns at most. Returns false when the time ran out, true
/// otherwise; true may be spurious: the caller looks at the word again. timeout_ns: 1..2^62. [any-thread]
RT bool wait_on_word(_Atomic uint32_t *word, uint32_t expected, uint64_t timeout_ns);

/// The same until a clock_now_ns() time; returns false at once when that has passed. [any-thread]
RT bool wait_on_word_until(_Atomic uint32_t *word, uint32_t expected, uint64_t wake_ns);

/// Wakes one thread that sleeps on word, if any. [any-thread]
RT void wait_wake_one(_Atomic uint32_t *word);

/// Wakes every thread that sleeps on word. [any-thread]
RT void wait_wake_all(_Atomic uint32_t *word);

/// Tells the processor that this is a spin loop. [any-thread]
RT static inline void wait_spin_hint(void) {
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("isb" ::: "memory");
#endif
}

#endif
