// Tells how long a cache line takes from one core to another and back: cores that share a cache are several
// times faster at it, whatever a virtual machine's topology says.
#ifndef APP_BENCH_LINE_TRIP_H
#define APP_BENCH_LINE_TRIP_H

#include "platform/error.h"

#include <stdbool.h>

/// The median of short series, in ns, between two cores as the system chooses them; NAN when two threads did
/// not run at once within a fifth of a second. False with error filled when the system refuses a thread.
/// [main-thread]
bool line_trip_measure(double *trip_ns, Error *error);

#endif
