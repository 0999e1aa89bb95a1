// A real-time thread that spins.
#include "app/bench/hog.h"

#include "platform/clock.h"
#include "platform/thread.h"
#include "platform/wait.h"

#include <stdatomic.h>
#include <stdlib.h>

enum { LEVEL = 90, WORKER = 1 }; // above audio threads, below the system's own

struct Hog {
    Engine *engine;
    uint64_t hold_ns;
    uint64_t every_ns;
    Thread *thread;
    _Atomic bool stop;
    _Atomic uint32_t holds;
    EngineFigures figures;
};

static bool stopped(const Hog *hog) {
    // Relaxed: the flag stands alone, joining the thread orders the rest.
    return atomic_load_explicit(&hog->stop, memory_order_relaxed);
}

// True when the worker has found its place and its priority, next to the audio thread.
static bool worker_is_settled(Hog *hog, int32_t *cpu) {
    engine_figures(hog->engine, &hog->figures);
    const WorkerFigures *worker = &hog->figures.worker[WORKER];
    *cpu = worker->cpu;
    return hog->figures.workers > WORKER && worker->pinned && worker->realtime;
}

static bool take_place(int32_t cpu) {
    ThreadGrant grant;
    return thread_pin(cpu, NULL) &&
           thread_ask_priority((ThreadPriority){THREAD_CLASS_REALTIME, LEVEL}, &grant, NULL) &&
           grant.granted.level >= LEVEL;
}

static void run(void *argument) {
    Hog *hog = argument;
    int32_t cpu = -1;
    uint64_t next_ns = clock_now_ns();
    do {
        next_ns += hog->every_ns;
        clock_sleep_until_ns(next_ns);
    } while (!stopped(hog) && !worker_is_settled(hog, &cpu));
    if (stopped(hog) || !take_place(cpu)) {
        return;
    }
    while (!stopped(hog)) {
        for (uint64_t end_ns = clock_now_ns() + hog->hold_ns; clock_now_ns() < end_ns;) {
            wait_spin_hint();
        }
        atomic_fetch_add_explicit(&hog->holds, 1, memory_order_relaxed);
        next_ns += hog->every_ns;
        clock_sleep_until_ns(next_ns);
    }
}

Hog *hog_create(Engine *engine, uint64_t hold_ns, uint64_t every_ns, Error *error) {
    Hog *hog = calloc(1, sizeof *hog);
    if (!hog) {
        error_set(error, "out of memory; close other programs");
        return NULL;
    }
    hog->engine = engine;
    hog->hold_ns = hold_ns;
    hog->every_ns = every_ns;
    hog->thread = thread_create("hog", run, hog, error);
    if (!hog->thread) {
        free(hog);
        return NULL;
    }
    return hog;
}

uint32_t hog_destroy(Hog *hog) {
    if (!hog) {
        return 0;
    }
    atomic_store_explicit(&hog->stop, true, memory_order_relaxed);
    thread_join(hog->thread);
    uint32_t holds = atomic_load_explicit(&hog->holds, memory_order_relaxed);
    free(hog);
    return holds;
}
