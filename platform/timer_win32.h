// Sleeps on a timer of the calling thread's own: Windows' other sleeps count its ticks, a millisecond at
// best.
#ifndef PLATFORM_TIMER_WIN32_H
#define PLATFORM_TIMER_WIN32_H

#include "platform/thread_tags.h"

#include <stdint.h>

/// Sleeps for some ns, or a little more: half a millisecond at worst, a tick before Windows 10 1803. The
/// first call in a thread makes the timer, which ends with the thread. [any thread but audio]
RT void timer_sleep_ns(uint64_t ns);

#endif
