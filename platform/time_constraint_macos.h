// Asks mach for real time by a period.
#ifndef PLATFORM_TIME_CONSTRAINT_MACOS_H
#define PLATFORM_TIME_CONSTRAINT_MACOS_H

#include <mach/kern_return.h>
#include <stdint.h>

/// Promises for the calling thread that it computes for less than half of each period. [any-thread]
kern_return_t time_constraint_set(uint64_t period_ns);

#endif
