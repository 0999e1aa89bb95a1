// Tells whether other programs took the processor away from a thread.
#ifndef TESTS_SUPPORT_INTERRUPTIONS_H
#define TESTS_SUPPORT_INTERRUPTIONS_H

#include <stdint.h>

enum { INTERRUPTIONS_UNKNOWN = -1 };

/// How often the calling thread has had to give way so far, or INTERRUPTIONS_UNKNOWN where the system does
/// not say.
int64_t interruptions(void);

#endif
