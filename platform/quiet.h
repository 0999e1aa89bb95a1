// Hides what libraries write to standard error.
#ifndef PLATFORM_QUIET_H
#define PLATFORM_QUIET_H

/// From here on standard error goes nowhere, for the whole process: for short calls into a library that talks
/// too much. Nothing happens when the system refuses. Calls may be nested. [main-thread]
void quiet_begin(void);

/// Standard error is as it was before. [main-thread]
void quiet_end(void);

#endif
