// OpenMP's own pool; the one file that is compiled with it.
#include "app/bench/baseline.h"

#include <stdlib.h>

typedef struct Loop {
    int workers;
    BaselineJob *job;
    void *user;
} Loop;

static void run(void *self, uint32_t count) {
    Loop *loop = self;
#pragma omp parallel for schedule(dynamic, 1) num_threads(loop->workers)
    for (uint32_t index = 0; index < count; index++) {
        loop->job(loop->user, index);
    }
}

static void *create(uint32_t workers, BaselineJob *job, void *user, Error *error) {
    Loop *loop = malloc(sizeof *loop);
    if (!loop) {
        error_set(error, "out of memory; close other programs");
        return NULL;
    }
    *loop = (Loop){(int)workers, job, user};
    return loop;
}

const Baseline BASELINE_OPENMP = {"OpenMP", create, run, free};
