// Waits for a straggler three times its measured cost at most, then renders its job into spare buffers.
#include "engine/pool/pool_rescue.h"
#include "engine/pool/pool_aside.h"
#include "engine/pool/pool_buffers.h"
#include "engine/pool/pool_trace_note.h"
#include "platform/clock.h"
#include "platform/wait.h"

#define OVERDUE_COSTS 3.0f // times what a batch costs: heavier batches are no stragglers
#define SLOWER_MAX    4.0f // times, that a power-saving core may be

enum {
    OVERDUE_MIN_NS = 4000,      // an interrupt or a cache miss is no straggler either
    OVERDUE_BEFORE_NS = 500000, // while nothing has been measured yet
    RESCUE_MARGIN_NS = 20000,   // what comes after the run, before the deadline
    SPINS_PER_LOOK = 8,         // spin hints between two readings of the clock
};

// Renders a claimed job in its worker's stead; harmless when the worker comes back meanwhile.
RT static void rescue(Pool *pool, Job *job, uint64_t claimed_word, uint32_t frames, bool hurried) {
    JobBuffers straggler = buffers_in(job);
    buffers_ensure_spares(pool, job_worker(claimed_word));
    JobBuffers spare = straggler;
    spare.state_out = pool->spare_states[pool->spare_state_count - 1];
    spare.slot = pool->spare_slots[pool->spare_slot_count - 1];
    job_render(pool, spare, pool->context, frames);

    uint64_t rescued_word =
        job_word(pool->epoch, job_worker(claimed_word), job_sequence(claimed_word), JOB_RESCUED);
    // Acquire on failure: the worker's result is taken instead.
    if (!atomic_compare_exchange_strong_explicit(&job->word, &claimed_word, rescued_word,
                                                 memory_order_acquire, memory_order_acquire)) {
        buffers_advance(pool, straggler.batch);
        return;
    }
    pool->spare_state_count--;
    pool->spare_slot_count--;
    buffers_replace(pool, rescued_word, straggler, spare, pool->context);
    figure_add(&pool->worker[job_worker(rescued_word)].rescued, 1);
    figure_add(&pool->rescues, 1);
    if (!hurried) {
        aside_strike(pool, job_worker(rescued_word), job_sequence(rescued_word));
    }
}

// When to stop waiting for what is claimed.
typedef struct Patience {
    uint64_t until_ns; // 0: not decided yet
    bool hurried;      // because of the deadline; else because the slowest of the workers is overdue
} Patience;

RT static Patience decide_patience(const Pool *pool, uint32_t from, uint32_t taken, uint32_t frames,
                                   uint64_t now_ns, uint64_t deadline_ns) {
    float own_ns = pool->cost.batch_frame_ns * cost_frames(frames);
    float slowest_ns = own_ns;
    uint32_t waiting = 0;
    for (uint32_t i = from; i < taken; i++) {
        uint64_t word = atomic_load_explicit(&pool->taken[i]->word, memory_order_relaxed);
        if (!job_stage_is(word, JOB_CLAIMED)) {
            continue;
        }
        waiting++;
        uint32_t frame_ps =
            atomic_load_explicit(&pool->worker[job_worker(word)].job_frame_ps, memory_order_relaxed);
        float worker_ns = (float)frame_ps * 0.001f * cost_frames(frames);
        slowest_ns = worker_ns > slowest_ns ? worker_ns : slowest_ns;
    }
    // Beyond that it is no slow core but one that was stopped, which is not given that long again.
    if (slowest_ns > own_ns * SLOWER_MAX) {
        slowest_ns = own_ns * SLOWER_MAX;
    }
    uint64_t overdue_ns = now_ns + (own_ns > 0.0f ? OVERDUE_MIN_NS + (uint64_t)(slowest_ns * OVERDUE_COSTS)
                                                  : OVERDUE_BEFORE_NS);
    // While there is time to render all of it here. When there is not, the workers will be done sooner.
    uint64_t needed_ns = (uint64_t)(own_ns * (float)waiting);
    if (deadline_ns > now_ns + needed_ns && deadline_ns < overdue_ns + needed_ns + RESCUE_MARGIN_NS) {
        uint64_t margin_ns = deadline_ns - now_ns - needed_ns;
        return (Patience){now_ns + (margin_ns > RESCUE_MARGIN_NS ? margin_ns - RESCUE_MARGIN_NS : 0), true};
    }
    return (Patience){overdue_ns, false};
}

RT Joined rescue_join(Pool *pool, uint32_t taken, uint32_t frames, uint64_t now_ns, uint64_t deadline_ns) {
    Patience patience = {0};
    Joined joined = {0};
    for (uint32_t i = 0; i < taken; i++) {
        Job *job = pool->taken[i];
        // Acquire: the worker's result.
        uint64_t word = atomic_load_explicit(&job->word, memory_order_acquire);
        for (uint32_t spins = 1; job_stage_is(word, JOB_CLAIMED); spins++) {
            if (patience.until_ns != 0 && now_ns >= patience.until_ns) {
                break;
            }
            wait_spin_hint();
            word = atomic_load_explicit(&job->word, memory_order_acquire);
            // Most are done by the first look, and deciding takes lines of the workers' away from them.
            if (spins % SPINS_PER_LOOK != 0) {
                continue;
            }
            now_ns = clock_now_ns();
            if (patience.until_ns == 0) {
                patience = decide_patience(pool, i, taken, frames, now_ns, deadline_ns);
            }
        }
        if (!job_stage_is(word, JOB_CLAIMED)) {
            buffers_advance(pool, buffers_in(job).batch);
            continue;
        }
        uint64_t rescue_start_ns = clock_now_ns();
        uint32_t batch = buffers_in(job).batch;
        rescue(pool, job, word, frames, patience.hurried);
        uint64_t rescue_end_ns = clock_now_ns();
        joined.rescue_ns += rescue_end_ns - rescue_start_ns;
        trace_span(pool, 0, TRACE_RESCUE, rescue_start_ns, rescue_end_ns, batch, job_worker(word));
    }
    joined.end_ns = patience.until_ns == 0 ? now_ns : clock_now_ns();
    return joined;
}
