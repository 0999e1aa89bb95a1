// Linux counts each thread's involuntary changes.
#include "tests/support/interruptions.h"

#include <sys/resource.h>

int64_t interruptions(void) {
    struct rusage usage;
    return getrusage(RUSAGE_THREAD, &usage) == 0 ? usage.ru_nivcsw : INTERRUPTIONS_UNKNOWN;
}
