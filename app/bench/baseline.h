// A usual way to run a few jobs on several threads, to compare the pool with: short, and as good as it gets.
#ifndef APP_BENCH_BASELINE_H
#define APP_BENCH_BASELINE_H

#include "platform/error.h"

#include <stdint.h>

typedef void BaselineJob(void *user, uint32_t index);

typedef struct Baseline {
    const char *name;
    /// workers: threads that run jobs, the caller of run included. NULL with error filled. [main-thread]
    void *(*create)(uint32_t workers, BaselineJob *job, void *user, Error *error);
    /// Runs jobs 0..count-1 and returns when all are done. [audio-thread]
    void (*run)(void *self, uint32_t count);
    void (*destroy)(void *self); // [main-thread]
} Baseline;

/// Each of them, in a file of its own; OpenMP is there when the compiler has it. [any-thread]
extern const Baseline BASELINE_BARE, BASELINE_MUTEX, BASELINE_OPENMP, BASELINE_SPAWN;

#endif
