// Watches over live play in a terminal: meters, notices, and the end.
#ifndef APP_TERMINAL_TERMINAL_H
#define APP_TERMINAL_TERMINAL_H

#include "app/live/live.h"

#include <stdbool.h>
#include <stdint.h>

/// Returns when the user asks to end, or after so many seconds, 0 for never; then the summary is printed.
/// start_ns: clock_now_ns() at the program's start; with verbose, tells how long after it the first sound
/// was. [main-thread]
void terminal_run(Live *live, double seconds, bool verbose, uint64_t start_ns);

#endif
