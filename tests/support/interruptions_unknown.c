// Where a thread's interruptions are not told.
#include "tests/support/interruptions.h"

int64_t interruptions(void) {
    return INTERRUPTIONS_UNKNOWN;
}
