// Threads made for each block, and joined at its end.
#include "app/bench/baseline.h"

#include "engine/pool/pool.h"
#include "platform/thread.h"

#include <stdatomic.h>
#include <stdlib.h>

typedef struct Spawner {
    uint32_t workers;
    BaselineJob *job;
    void *user;
    uint32_t count;
    _Atomic uint32_t next;
} Spawner;

static void work(void *argument) {
    Spawner *spawner = argument;
    for (uint32_t index; (index = atomic_fetch_add(&spawner->next, 1)) < spawner->count;) {
        spawner->job(spawner->user, index);
    }
}

static void run(void *self, uint32_t count) {
    Spawner *spawner = self;
    Thread *threads[POOL_WORKERS_MAX] = {NULL};
    spawner->count = count;
    atomic_store(&spawner->next, 0);
    // A thread that is refused is missed by no one: the others do its share.
    for (uint32_t i = 1; i < spawner->workers; i++) {
        threads[i] = thread_create("block", work, spawner, NULL);
    }
    work(spawner);
    for (uint32_t i = 1; i < spawner->workers; i++) {
        thread_join(threads[i]);
    }
}

static void *create(uint32_t workers, BaselineJob *job, void *user, Error *error) {
    Spawner *spawner = calloc(1, sizeof *spawner);
    if (!spawner) {
        error_set(error, "out of memory; close other programs");
        return NULL;
    }
    spawner->workers = workers;
    spawner->job = job;
    spawner->user = user;
    return spawner;
}

const Baseline BASELINE_SPAWN = {"a thread for each block", create, run, free};
