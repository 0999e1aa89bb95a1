// Tells the time that never jumps.
#ifndef PLATFORM_CLOCK_H
#define PLATFORM_CLOCK_H

#include "platform/thread_tags.h"

#include <stdint.h>

/// Nanoseconds since an arbitrary start, never going back. [any-thread]
RT uint64_t clock_now_ns(void);

/// Returns at or after the given clock_now_ns() time; early only on a signal. [any thread but audio and
/// workers]
void clock_sleep_until_ns(uint64_t wake_ns);

/// Processor time used by the calling thread, in ns. [any-thread]
RT uint64_t clock_thread_cpu_ns(void);

#endif
