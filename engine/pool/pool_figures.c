// Reads what the threads note of themselves: figures at any time, grants once the last orders are obeyed.
#include "engine/pool/pool_aside.h"
#include "engine/pool/pool_shared.h"

// What the first worker was refused that has been since the last orders; empty when none was.
static const char *refused_text(const Pool *pool) {
    uint32_t orders = atomic_load(&pool->orders);
    for (uint32_t i = 1; i < pool->workers; i++) {
        const Worker *worker = &pool->worker[i];
        // Acquire: what the worker wrote before. It writes again only after new orders, which come from this
        // thread.
        if (atomic_load_explicit(&worker->obeyed, memory_order_acquire) == orders &&
            worker->error.text[0] != '\0') {
            return worker->error.text;
        }
    }
    return "";
}

bool pool_notice(const Pool *pool, Error *notice) {
    const char *start = pool->start_notice.text;
    const char *refused = refused_text(pool);
    error_set(notice, "%s%s%s", start, start[0] != '\0' && refused[0] != '\0' ? "; " : "", refused);
    return notice->text[0] != '\0';
}

bool pool_grant(const Pool *pool, uint32_t worker, ThreadGrant *grant) {
    const Worker *asked = &pool->worker[worker];
    // Acquire: as in pool_notice.
    if (atomic_load_explicit(&asked->obeyed, memory_order_acquire) != atomic_load(&pool->orders)) {
        return false;
    }
    *grant = asked->grant;
    return true;
}

static WorkerFigures read_figures(FigureWords *words) {
    return (WorkerFigures){.busy_ns = atomic_load_explicit(&words->busy_ns, memory_order_relaxed),
                           .spin_ns = atomic_load_explicit(&words->spin_ns, memory_order_relaxed),
                           .wake_ns = atomic_load_explicit(&words->wake_ns, memory_order_relaxed),
                           .wakes = atomic_load_explicit(&words->wakes, memory_order_relaxed),
                           .batches = atomic_load_explicit(&words->batches, memory_order_relaxed),
                           .stolen = atomic_load_explicit(&words->stolen, memory_order_relaxed),
                           .last_busy_ns = atomic_load_explicit(&words->last_busy_ns, memory_order_relaxed),
                           .worst_busy_ns =
                               atomic_exchange_explicit(&words->worst_busy_ns, 0, memory_order_relaxed),
                           .cpu = atomic_load_explicit(&words->cpu, memory_order_relaxed)};
}

void pool_figures(Pool *pool, WorkerFigures figures[POOL_WORKERS_MAX], uint32_t *workers, uint64_t *rescues) {
    *workers = pool->workers;
    *rescues = atomic_load_explicit(&pool->rescues, memory_order_relaxed);
    figures[0] = read_figures(&pool->audio_figures);
    uint32_t audio_class = atomic_load_explicit(&pool->priority_wanted, memory_order_relaxed) >> 8;
    figures[0].realtime = audio_class == THREAD_CLASS_REALTIME; // the workers were told to follow it
    for (uint32_t i = 1; i < pool->workers; i++) {
        Worker *worker = &pool->worker[i];
        figures[i] = read_figures(&worker->figures);
        figures[i].rescued = atomic_load_explicit(&worker->rescued, memory_order_relaxed);
        figures[i].pinned = atomic_load_explicit(&worker->pinned, memory_order_relaxed);
        figures[i].realtime = atomic_load_explicit(&worker->realtime, memory_order_relaxed);
        figures[i].in_workgroup = atomic_load_explicit(&worker->in_workgroup, memory_order_relaxed);
        figures[i].set_aside = is_aside(worker);
    }
}

RT uint32_t pool_slowest(const Pool *pool) {
    uint64_t callback = atomic_load_explicit(&pool->ended, memory_order_relaxed) - 1;
    uint64_t longest_ns = pool->callback_busy_ns;
    uint32_t slowest = 0;
    for (uint32_t index = 1; index < pool->workers; index++) {
        const Worker *worker = &pool->worker[index];
        if (worker->quarantine.active) {
            return index; // it has not come back yet
        }
        uint64_t busy_ns = atomic_load_explicit(&worker->figures.last_busy_ns, memory_order_relaxed);
        if (busy_ns > longest_ns &&
            atomic_load_explicit(&worker->last_callback, memory_order_relaxed) == callback) {
            longest_ns = busy_ns;
            slowest = index;
        }
    }
    return slowest;
}

RT int32_t pool_worker_cpu(const Pool *pool, uint32_t worker) {
    const FigureWords *words = worker == 0 ? &pool->audio_figures : &pool->worker[worker].figures;
    return atomic_load_explicit(&words->cpu, memory_order_relaxed); // the newest is soon enough
}
