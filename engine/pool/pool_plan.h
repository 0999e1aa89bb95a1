// Decides how a worker without work waits between two callbacks.
#ifndef ENGINE_POOL_POOL_PLAN_H
#define ENGINE_POOL_POOL_PLAN_H

#include "platform/thread_tags.h"

#include <stdbool.h>
#include <stdint.h>

enum { PLAN_SLEEP_NS = 1000000000 }; // until woken; a worker wakes by itself now and then all the same

/// What a worker knows; the times of the beat are pool_rhythm.h's.
typedef struct PlanFacts {
    uint64_t now_ns;
    uint64_t last_work_ns;
    uint64_t oversleep_ns; // by which the system wakes it late
    uint64_t expected_ns;
    uint64_t period_ns; // 0: no clock
    uint64_t lead_ns;
    bool takes_part;    // callbacks are shared with it of late
    bool callback_over; // the one of its last work has ended
} PlanFacts;

/// To spin until the first time, and when that has passed to sleep until the other.
typedef struct WaitPlan {
    uint64_t spin_until_ns;
    uint64_t sleep_until_ns;
} WaitPlan;

/// [worker-thread]
RT WaitPlan plan_wait(const PlanFacts *facts);

#endif
