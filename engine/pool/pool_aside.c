// The audio thread begins and ends a spell aside; in between the worker counts naps, and tells when it is
// fit.
#include "engine/pool/pool_aside.h"
#include "engine/pool/pool_trace_note.h"

enum {
    STRIKES_TO_ASIDE = 3,  // rescues, each within STRIKE_JOBS of the one before
    STRIKE_JOBS = 16,      // of the worker: a rescue costs a few batches, so that it gains less than it costs
    NAPS_NEEDED_FIRST = 4, // punctual naps of 5 ms until it is counted on again: 20 ms, doubled each time
    NAPS_NEEDED_MAX = 2048, // 10 s of them
    PUNCTUAL_NS = 500000,   // a nap that ends no later than this after its time is punctual
};

RT static void set_aside(Pool *pool, uint32_t index, bool aside) {
    uint64_t others = atomic_load_explicit(&pool->aside, memory_order_relaxed) & ~worker_bit(index);
    atomic_store_explicit(&pool->aside, others | (aside ? worker_bit(index) : 0), memory_order_relaxed);
    Worker *worker = &pool->worker[index];
    uint32_t spell = atomic_load_explicit(&worker->aside_spell, memory_order_relaxed);
    atomic_store_explicit(&worker->aside_spell, spell + 1, memory_order_relaxed);
    trace_end(pool, 0, TRACE_ASIDE, trace_begin(pool), index, aside);
}

RT void aside_strike(Pool *pool, uint32_t index, uint16_t sequence) {
    Worker *worker = &pool->worker[index];
    uint32_t naps = atomic_load_explicit(&worker->naps_needed, memory_order_relaxed);
    if ((uint16_t)(sequence - worker->strike_sequence) > STRIKE_JOBS) {
        worker->strikes = 0;
        naps = 0;
    }
    worker->strike_sequence = sequence;
    if (++worker->strikes >= STRIKES_TO_ASIDE) {
        worker->strikes = 0;
        naps = naps == 0 ? NAPS_NEEDED_FIRST : naps * 2;
        set_aside(pool, index, true);
    }
    atomic_store_explicit(&worker->naps_needed, naps < NAPS_NEEDED_MAX ? naps : NAPS_NEEDED_MAX,
                          memory_order_relaxed);
}

RT uint32_t aside_usable_workers(Pool *pool) {
    uint64_t aside = atomic_load_explicit(&pool->aside, memory_order_relaxed);
    if (aside == 0) {
        return pool->workers;
    }
    uint32_t usable = pool->workers;
    for (uint32_t i = 1; i < pool->workers; i++) {
        Worker *worker = &pool->worker[i];
        if (!(aside & worker_bit(i))) {
            continue;
        }
        if (atomic_load_explicit(&worker->fit_spell, memory_order_relaxed) ==
            atomic_load_explicit(&worker->aside_spell, memory_order_relaxed)) {
            set_aside(pool, i, false);
        } else {
            usable--;
        }
    }
    return usable;
}

RT void aside_judge_nap(Worker *worker, uint64_t late_ns) {
    uint32_t spell = atomic_load_explicit(&worker->aside_spell, memory_order_relaxed);
    worker->punctual_naps = late_ns <= PUNCTUAL_NS ? worker->punctual_naps + 1 : 0;
    if (worker->punctual_naps < atomic_load_explicit(&worker->naps_needed, memory_order_relaxed)) {
        return;
    }
    worker->punctual_naps = 0;
    atomic_store_explicit(&worker->fit_spell, spell, memory_order_relaxed);
}
