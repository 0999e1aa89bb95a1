// Only the audio thread moves ids. It may while workers render: their jobs carry copies.
#include "engine/pool/pool_buffers.h"

#include <assert.h>

RT uint32_t pool_slot(const Pool *pool, uint32_t batch) {
    return pool->slot_current[batch];
}

RT uint32_t pool_begin(Pool *pool) {
    if (pool->context_taken) {
        return pool->context;
    }
    buffers_reclaim(pool);
    // The one used last is still in the cache, and free unless a straggler reads it. Each straggler pins one
    // at most, and there are two more than threads: one is always free.
    for (uint32_t tried = 0; pool->pins[pool->context] > 0 && tried < pool->context_count; tried++) {
        pool->context = (pool->context + 1) % pool->context_count;
    }
    assert(pool->pins[pool->context] == 0);
    pool->context_taken = true;
    return pool->context;
}

RT void buffers_advance(Pool *pool, uint32_t batch) {
    uint16_t state = pool->state_current[batch];
    pool->state_current[batch] = pool->state_next[batch];
    pool->state_next[batch] = state;
}

RT static bool is_over(const Worker *worker) {
    // Acquire: what the worker read and wrote is behind us when its buffers are used again.
    uint16_t finished = atomic_load_explicit(&worker->finished, memory_order_acquire);
    return (int16_t)(uint16_t)(finished - worker->quarantine.sequence) >= 0;
}

RT static void release(Pool *pool, Worker *worker) {
    Quarantine *held = &worker->quarantine;
    pool->spare_states[pool->spare_state_count++] = held->buffers.state_in;
    pool->spare_states[pool->spare_state_count++] = held->buffers.state_out;
    pool->spare_slots[pool->spare_slot_count++] = held->buffers.slot;
    pool->pins[held->context]--;
    pool->quarantined--;
    held->active = false;
}

RT void buffers_reclaim(Pool *pool) {
    if (pool->quarantined == 0) {
        return;
    }
    for (uint32_t i = 1; i < pool->workers; i++) {
        Worker *worker = &pool->worker[i];
        if (worker->quarantine.active && is_over(worker)) {
            release(pool, worker);
        }
    }
}

RT void buffers_ensure_spares(Pool *pool, uint32_t worker) {
    // A worker whose next job is overdue has finished the one before: its claim, which we have seen, came
    // after.
    if (pool->worker[worker].quarantine.active) {
        release(pool, &pool->worker[worker]);
    }
    assert(pool->spare_state_count >= 2 && pool->spare_slot_count >= 1);
}

RT void buffers_replace(Pool *pool, uint64_t claimed_word, JobBuffers straggler, JobBuffers rescue,
                        uint32_t context) {
    uint32_t batch = straggler.batch;
    pool->worker[job_worker(claimed_word)].quarantine = (Quarantine){
        .active = true, .sequence = job_sequence(claimed_word), .context = context, .buffers = straggler};
    pool->pins[context]++;
    pool->quarantined++;
    pool->state_current[batch] = rescue.state_out;
    pool->slot_current[batch] = rescue.slot;
    pool->state_next[batch] = pool->spare_states[--pool->spare_state_count];
}
