// Asks the rtkit daemon for a real-time priority that the system does not give directly.
#ifndef PLATFORM_RTKIT_LINUX_H
#define PLATFORM_RTKIT_LINUX_H

#include "platform/error.h"

#include <stdbool.h>
#include <stdint.h>

/// Asks over the system's D-Bus for SCHED_RR or SCHED_FIFO at level, or at the most that rtkit gives (20 as
/// it comes), for the calling thread. First sets RLIMIT_RTTIME for the process as rtkit demands; a thread
/// that uses it up without sleeping is then put back to normal priority instead of the process being killed.
/// False with error filled: no bus, no rtkit, or its refusal. Blocks for some seconds at most. [any thread,
/// before it renders]
bool rtkit_make_realtime(int32_t level, Error *error);

#endif
