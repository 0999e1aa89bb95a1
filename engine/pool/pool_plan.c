// Spins shortly after work and around the time of the next callback; sleeps at all other times.
#include "engine/pool/pool_plan.h"

enum {
    SPIN_AFTER_WORK_NS = 50000,      // the next run of a callback follows within it
    SPIN_WITHOUT_CLOCK_NS = 1000000, // one callback follows another at once, and not all need to be shared
    PERIODS_EXPECTED = 8,            // without a callback, until the stream counts as stopped
};

RT static uint64_t next_callback_ns(const PlanFacts *facts) {
    uint64_t next_ns = facts->expected_ns;
    if (!facts->callback_over && facts->last_work_ns + facts->lead_ns > next_ns) {
        next_ns += facts->period_ns; // that one is being rendered
    }
    uint64_t late_ns = next_ns + facts->lead_ns;
    if (late_ns <= facts->now_ns) {
        next_ns += ((facts->now_ns - late_ns) / facts->period_ns + 1) * facts->period_ns;
    }
    return next_ns;
}

RT WaitPlan plan_wait(const PlanFacts *facts) {
    uint64_t now_ns = facts->now_ns;
    uint64_t work_follows_ns =
        facts->last_work_ns + (facts->period_ns == 0 ? SPIN_WITHOUT_CLOCK_NS : SPIN_AFTER_WORK_NS);
    WaitPlan sleep = {now_ns, now_ns + PLAN_SLEEP_NS};
    if (facts->period_ns == 0) {
        return (WaitPlan){work_follows_ns, now_ns + PLAN_SLEEP_NS};
    }
    if (!facts->takes_part || now_ns > facts->expected_ns + PERIODS_EXPECTED * facts->period_ns) {
        return sleep;
    }
    if (!facts->callback_over && now_ns < work_follows_ns) {
        return (WaitPlan){work_follows_ns, now_ns};
    }
    uint64_t next_ns = next_callback_ns(facts);
    uint64_t wake_ns = next_ns - facts->lead_ns - facts->oversleep_ns;
    if ((int64_t)(wake_ns - now_ns) > 0) {
        return (WaitPlan){now_ns, wake_ns};
    }
    return (WaitPlan){next_ns + facts->lead_ns, now_ns};
}
