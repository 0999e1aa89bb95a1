// Only a thread itself can join or leave a workgroup: the main thread gives orders, and waits for leaving.
#include "engine/pool/pool_workgroup.h"
#include "engine/pool/pool_wake.h"
#include "platform/clock.h"

#include <stddef.h>

enum {
    LEAVE_WAIT_NS = 500000000, // for workers to leave: one that renders takes microseconds
    LEAVE_LOOK_NS = 100000,    // between looks whether they have
};

void pool_join_workgroup(Pool *pool, Workgroup *group) {
    if (!pool_leave_workgroup(pool)) {
        workgroup_destroy(group); // a straggler is still in the one before
        return;
    }
    pool->workgroup = group;
    // Release: what the group is.
    atomic_store_explicit(&pool->workgroup_wanted, group, memory_order_release);
    if (group != NULL) {
        wake_for_orders(pool);
    }
}

static bool has_obeyed(const Worker *worker, uint32_t orders) {
    // Acquire: it touches the workgroup no more.
    return atomic_load_explicit(&worker->obeyed, memory_order_acquire) == orders ||
           atomic_load_explicit(&worker->life, memory_order_acquire) == WORKER_GONE;
}

bool pool_leave_workgroup(Pool *pool) {
    if (pool->workgroup == NULL) {
        return true;
    }
    atomic_store_explicit(&pool->workgroup_wanted, NULL, memory_order_release);
    wake_for_orders(pool);
    uint32_t orders = atomic_load(&pool->orders);
    uint64_t end_ns = clock_now_ns() + LEAVE_WAIT_NS;
    for (uint32_t i = 1; i < pool->workers; i++) {
        while (!has_obeyed(&pool->worker[i], orders)) {
            if (clock_now_ns() >= end_ns) {
                return false;
            }
            clock_sleep_until_ns(clock_now_ns() + LEAVE_LOOK_NS);
        }
    }
    workgroup_destroy(pool->workgroup);
    pool->workgroup = NULL;
    return true;
}

void worker_join_workgroup(Worker *worker) {
    Workgroup *group = atomic_load_explicit(&worker->pool->workgroup_wanted, memory_order_acquire);
    Error refused = {0};
    if (!workgroup_join(group, &worker->member, &worker->grant, &refused) && worker->error.text[0] == '\0') {
        worker->error = refused;
    }
    atomic_store_explicit(&worker->in_workgroup, worker->member.registered, memory_order_relaxed);
}
