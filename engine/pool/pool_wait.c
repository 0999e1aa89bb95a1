// Spins while work is likely to come soon, else sleeps on the worker's bell.
#include "engine/pool/pool_wait.h"
#include "engine/pool/pool_aside.h"
#include "engine/pool/pool_plan.h"
#include "engine/pool/pool_trace_note.h"
#include "platform/clock.h"
#include "platform/wait.h"

enum {
    AWAKE_MAX_NS = 50000000,       // Linux kills a real-time thread 200 ms after its last sleep
    NAP_NS = 50000,                // long enough to count as a sleep
    SPIN_IDLE_MAX_NS = 1000000000, // WAIT_SPIN without any work: the stream has stopped
    ASIDE_NAP_NS = 5000000,        // a straggler's naps, by which it is judged
    OVERSLEEP_MAX_NS = 100000,     // a wake-up is not planned earlier than this for the system's sake
    OVERSLEEP_SHARE = 8,           // sleeps over which the oversleep is averaged
    SPINS_PER_LOOK = 16,           // spin hints between two readings of the clock
};

RT static WaitPlan plan(const Worker *worker, uint64_t now_ns) {
    const Pool *pool = worker->pool;
    if (is_aside(worker)) {
        return (WaitPlan){now_ns, now_ns + ASIDE_NAP_NS};
    }
    if (pool->wait == WAIT_PARK) {
        return (WaitPlan){now_ns, now_ns + PLAN_SLEEP_NS};
    }
    if (now_ns - worker->awake_since_ns > AWAKE_MAX_NS) {
        return (WaitPlan){now_ns, now_ns + NAP_NS};
    }
    if (pool->wait == WAIT_SPIN && now_ns - worker->last_work_ns < SPIN_IDLE_MAX_NS) {
        return (WaitPlan){worker->awake_since_ns + AWAKE_MAX_NS + 1, now_ns + NAP_NS};
    }
    const RhythmWords *beat = &pool->beat;
    PlanFacts facts = {
        .now_ns = now_ns,
        .last_work_ns = worker->last_work_ns,
        .oversleep_ns = worker->oversleep_ns,
        .expected_ns = atomic_load_explicit(&beat->expected_ns, memory_order_relaxed),
        .period_ns = atomic_load_explicit(&beat->period_ns, memory_order_relaxed),
        .lead_ns = atomic_load_explicit(&beat->lead_ns, memory_order_relaxed),
        .takes_part = worker->index < atomic_load_explicit(&beat->threads, memory_order_relaxed),
        .callback_over =
            worker->served_callback != atomic_load_explicit(&worker->pool->ended, memory_order_relaxed),
    };
    return plan_wait(&facts);
}

RT static bool is_wanted(const Worker *worker, uint64_t seen, uint32_t obeyed) {
    const Pool *pool = worker->pool;
    return atomic_load_explicit(&pool->work, memory_order_relaxed) != seen ||
           atomic_load_explicit(&pool->orders, memory_order_relaxed) != obeyed;
}

RT static void wake_up(Worker *worker, bool timed_out, uint64_t wake_ns) {
    uint64_t now_ns = clock_now_ns();
    worker->awake_since_ns = now_ns;
    worker->woken = !timed_out;
    if (!atomic_load_explicit(&worker->pinned, memory_order_relaxed)) {
        atomic_store_explicit(&worker->figures.cpu, thread_current_cpu(), memory_order_relaxed);
    }
    if (!timed_out) {
        return;
    }
    uint64_t late_ns = now_ns > wake_ns ? now_ns - wake_ns : 0;
    if (is_aside(worker)) {
        aside_judge_nap(worker, late_ns);
        return;
    }
    if (late_ns > OVERSLEEP_MAX_NS) {
        late_ns = OVERSLEEP_MAX_NS;
    }
    worker->oversleep_ns += late_ns / OVERSLEEP_SHARE;
    worker->oversleep_ns -= worker->oversleep_ns / OVERSLEEP_SHARE;
}

RT static void sleep_until(Worker *worker, uint64_t seen, uint32_t obeyed, uint64_t wake_ns) {
    Pool *pool = worker->pool;
    uint32_t bell = atomic_load_explicit(&worker->bell, memory_order_relaxed);
    uint64_t bit = worker_bit(worker->index);
    // Sequentially consistent: see wake_find.
    atomic_fetch_or(&pool->sleepers, bit);
    if (atomic_load(&pool->work) == seen && atomic_load(&pool->orders) == obeyed) {
        uint64_t trace_ns = trace_begin(pool);
        uint32_t aside = is_aside(worker) ? TRACE_SLEEP_ASIDE : 0;
        bool rung = wait_on_word_until(&worker->bell, bell, wake_ns);
        trace_end(pool, worker->index, TRACE_SLEEP, trace_ns, (rung ? TRACE_SLEEP_RUNG : 0) | aside, wake_ns);
        wake_up(worker, !rung, wake_ns);
    }
    if (atomic_load_explicit(&pool->sleepers, memory_order_relaxed) & bit) {
        atomic_fetch_and_explicit(&pool->sleepers, ~bit, memory_order_relaxed);
    }
}

// A callback's end changes the plan; its begin is what is waited for.
RT static void spin_until(Worker *worker, uint64_t seen, uint32_t obeyed, uint64_t now_ns, uint64_t end_ns) {
    uint64_t ended = atomic_load_explicit(&worker->pool->ended, memory_order_relaxed);
    uint64_t start_ns = now_ns;
    while (now_ns < end_ns && !is_wanted(worker, seen, obeyed) &&
           atomic_load_explicit(&worker->pool->ended, memory_order_relaxed) == ended) {
        for (int spins = 0; spins < SPINS_PER_LOOK && !is_wanted(worker, seen, obeyed); spins++) {
            wait_spin_hint();
        }
        now_ns = clock_now_ns();
    }
    figure_add(&worker->figures.spin_ns, now_ns - start_ns);
    trace_span(worker->pool, worker->index, TRACE_SPIN, start_ns, now_ns, 0, 0);
}

RT void worker_wait(Worker *worker, uint64_t seen, uint32_t obeyed) {
    uint64_t now_ns = clock_now_ns();
    WaitPlan wait = plan(worker, now_ns);
    worker->woken = false;
    if (now_ns < wait.spin_until_ns) {
        spin_until(worker, seen, obeyed, now_ns, wait.spin_until_ns);
    } else if (!is_wanted(worker, seen, obeyed)) {
        sleep_until(worker, seen, obeyed, wait.sleep_until_ns);
    }
}
