// How many workers a test takes that wants them to run at the same time.
#ifndef TESTS_SUPPORT_FEW_WORKERS_H
#define TESTS_SUPPORT_FEW_WORKERS_H

#include <stdint.h>

/// As many as this process may use cores, but 2 to 4.
uint32_t few_workers(void);

#endif
