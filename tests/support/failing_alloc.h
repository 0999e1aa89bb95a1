// Makes one chosen allocation of the project's code fail, to walk every way out of a function.
#ifndef TESTS_SUPPORT_FAILING_ALLOC_H
#define TESTS_SUPPORT_FAILING_ALLOC_H

#include <stdbool.h>

/// From now on the nth call (1, 2...) of malloc, calloc, realloc or strdup returns NULL, once. Libraries are
/// not touched. Skips the test where that cannot be done.
void failing_alloc_arm(int nth);

/// Ends that. Did the failure happen?
bool failing_alloc_disarm(void);

#endif
