// A pool of threads behind a mutex and two condition variables.
#include "app/bench/baseline.h"

#include "engine/pool/pool.h"
#include "platform/thread.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

typedef struct MutexPool {
    pthread_mutex_t mutex;
    pthread_cond_t work;
    pthread_cond_t done;
    BaselineJob *job;
    void *user;
    uint32_t count, next, finished; // jobs
    bool quit;
    uint32_t thread_count;
    Thread *threads[POOL_WORKERS_MAX];
} MutexPool;

// Runs jobs while there are any. Called and returns with the mutex locked.
static void run_jobs(MutexPool *pool) {
    while (pool->next < pool->count) {
        uint32_t index = pool->next++;
        pthread_mutex_unlock(&pool->mutex);
        pool->job(pool->user, index);
        pthread_mutex_lock(&pool->mutex);
        if (++pool->finished == pool->count) {
            pthread_cond_signal(&pool->done);
        }
    }
}

static void work(void *argument) {
    MutexPool *pool = argument;
    pthread_mutex_lock(&pool->mutex);
    while (!pool->quit) {
        run_jobs(pool);
        if (!pool->quit) {
            pthread_cond_wait(&pool->work, &pool->mutex);
        }
    }
    pthread_mutex_unlock(&pool->mutex);
}

static void run(void *self, uint32_t count) {
    MutexPool *pool = self;
    pthread_mutex_lock(&pool->mutex);
    pool->count = count;
    pool->next = 0;
    pool->finished = 0;
    pthread_cond_broadcast(&pool->work);
    run_jobs(pool);
    while (pool->finished < count) {
        pthread_cond_wait(&pool->done, &pool->mutex);
    }
    pthread_mutex_unlock(&pool->mutex);
}

static void destroy(void *self) {
    MutexPool *pool = self;
    pthread_mutex_lock(&pool->mutex);
    pool->quit = true;
    pthread_cond_broadcast(&pool->work);
    pthread_mutex_unlock(&pool->mutex);
    for (uint32_t i = 0; i < pool->thread_count; i++) {
        thread_join(pool->threads[i]);
    }
    pthread_cond_destroy(&pool->done);
    pthread_cond_destroy(&pool->work);
    pthread_mutex_destroy(&pool->mutex);
    free(pool);
}

static void *create(uint32_t workers, BaselineJob *job, void *user, Error *error) {
    MutexPool *pool = calloc(1, sizeof *pool);
    if (!pool) {
        error_set(error, "out of memory; close other programs");
        return NULL;
    }
    pthread_mutex_init(&pool->mutex, NULL);
    pthread_cond_init(&pool->work, NULL);
    pthread_cond_init(&pool->done, NULL);
    pool->job = job;
    pool->user = user;
    while (pool->thread_count + 1 < workers) {
        Thread *thread = thread_create("mutex pool", work, pool, error);
        if (!thread) {
            destroy(pool);
            return NULL;
        }
        pool->threads[pool->thread_count++] = thread;
    }
    return pool;
}

const Baseline BASELINE_MUTEX = {"mutex and condition", create, run, destroy};
