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

static bool take_place(Hog *hog) {
    ThreadGrant grant;
    engine_figures(hog->engine, &hog->figures);
    const WorkerFigures *worker = &hog->figures.worker[WORKER];
    return hog->figures.workers > WORKER && worker->pinned && thread_pin(worker->cpu, NULL) &&
           thread_ask_priority((ThreadPriority){THREAD_CLASS_REALTIME, LEVEL}, &grant, NULL) &&
           grant.granted.level >= LEVEL;
}

static void run(void *argument) {
    Hog *hog = argument;
    // The workers find their places first.
    uint64_t next_ns = clock_now_ns() + hog->every_ns;
    clock_sleep_until_ns(next_ns);
    if (!take_place(hog)) {
        return;
    }
    // Relaxed: the flag stands alone, joining the thread orders the rest.
    while (!atomic_load_explicit(&hog->stop, memory_order_relaxed)) {
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
