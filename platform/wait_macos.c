// Waits and wakes by os_sync (macOS 14.4 and later), else by the kernel call below it, which every library of
// Apple's waits by.
#include "platform/wait.h"

#include "platform/clock.h"
#include "platform/rt_trusted.h"

#include <errno.h>
#include <stddef.h>

#if __has_include(<os/os_sync_wait_on_address.h>)
#include <os/clock.h>
#include <os/os_sync_wait_on_address.h>
#else
// As that header has them; SDKs before 14.4 lack it.
#define SINCE_14_4 __attribute__((availability(macos, introduced = 14.4)))
enum { OS_CLOCK_MACH_ABSOLUTE_TIME = 32, OS_SYNC_WAIT_ON_ADDRESS_NONE = 0, OS_SYNC_WAKE_BY_ADDRESS_NONE = 0 };
SINCE_14_4 int os_sync_wait_on_address_with_timeout(void *address, uint64_t value, size_t size,
                                                    uint32_t flags, uint32_t clock, uint64_t timeout_ns);
SINCE_14_4 int os_sync_wake_by_address_any(void *address, size_t size, uint32_t flags);
SINCE_14_4 int os_sync_wake_by_address_all(void *address, size_t size, uint32_t flags);
#endif

// The kernel's own interface, from xnu's bsd/sys/ulock.h.
int __ulock_wait2(uint32_t operation, void *address, uint64_t value, uint64_t timeout_ns, uint64_t value2);
int __ulock_wake(uint32_t operation, void *address, uint64_t wake_value);
static const uint32_t UL_COMPARE_AND_WAIT = 1;
static const uint32_t ULF_WAKE_ALL = 0x00000100;
static const uint32_t ULF_NO_ERRNO = 0x01000000; // returns -errno

RT bool wait_on_word(_Atomic uint32_t *word, uint32_t expected, uint64_t timeout_ns) {
    bool timed_out;
    RT_TRUSTED_BEGIN // sleeps by intent and never longer than the timeout
    if (__builtin_available(macOS 14.4, *)) {
        timed_out = os_sync_wait_on_address_with_timeout((void *)word, expected, sizeof expected,
                                                         OS_SYNC_WAIT_ON_ADDRESS_NONE,
                                                         OS_CLOCK_MACH_ABSOLUTE_TIME, timeout_ns) < 0 &&
                    errno == ETIMEDOUT;
    } else {
        timed_out = __ulock_wait2(UL_COMPARE_AND_WAIT | ULF_NO_ERRNO, (void *)word, expected, timeout_ns,
                                  0) == -ETIMEDOUT;
    }
    RT_TRUSTED_END
    return !timed_out;
}

RT bool wait_on_word_until(_Atomic uint32_t *word, uint32_t expected, uint64_t wake_ns) {
    uint64_t now = clock_now_ns();
    return wake_ns > now && wait_on_word(word, expected, wake_ns - now);
}

RT void wait_wake_one(_Atomic uint32_t *word) {
    RT_TRUSTED_BEGIN // never sleeps
    if (__builtin_available(macOS 14.4, *)) {
        os_sync_wake_by_address_any((void *)word, sizeof *word, OS_SYNC_WAKE_BY_ADDRESS_NONE);
    } else {
        __ulock_wake(UL_COMPARE_AND_WAIT | ULF_NO_ERRNO, (void *)word, 0);
    }
    RT_TRUSTED_END
}

RT void wait_wake_all(_Atomic uint32_t *word) {
    RT_TRUSTED_BEGIN // never sleeps
    if (__builtin_available(macOS 14.4, *)) {
        os_sync_wake_by_address_all((void *)word, sizeof *word, OS_SYNC_WAKE_BY_ADDRESS_NONE);
    } else {
        __ulock_wake(UL_COMPARE_AND_WAIT | ULF_WAKE_ALL | ULF_NO_ERRNO, (void *)word, 0);
    }
    RT_TRUSTED_END
}
