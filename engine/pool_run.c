// Runs a block on the audio thread: publishes it, renders its share, waits for the rest and rescues what is
// overdue.
#include "engine/pool_shared.h"
#include "platform/clock.h"
#include "platform/cpu.h"
#include "platform/wait.h"

#include <assert.h>
#include <stddef.h>

#define OVERDUE_COSTS 3.0f // times what a batch costs: heavier batches are no stragglers
#define SLOWER_MAX    4.0f // times, that a power-saving core may be

enum {
    OVERDUE_MIN_NS = 4000,      // an interrupt or a cache miss is no straggler either
    OVERDUE_BEFORE_NS = 500000, // while nothing has been measured yet
    RESCUE_MARGIN_NS = 20000,   // what comes after the run, before the deadline
    SPINS_PER_LOOK = 8,         // spin hints between two readings of the clock
    STRIKES_TO_ASIDE =
        3, // rescues, each within STRIKE_EPOCHS of the one before, until a worker is not counted on
    STRIKE_EPOCHS = 32,     // a rescue costs a few batches: seldomer than that, the worker gains more
    NAPS_NEEDED_FIRST = 4,  // punctual naps of 5 ms until it is counted on again: 20 ms, doubled each time
    NAPS_NEEDED_MAX = 2048, // 10 s of them
};

RT static void run_alone(Pool *pool, const uint32_t *batches, uint32_t count, uint32_t frames) {
    for (uint32_t i = 0; i < count; i++) {
        uint32_t batch = batches[i];
        JobBuffers buffers = {batch, pool->state_current[batch], pool->state_next[batch],
                              pool->slot_current[batch]};
        job_render(pool, &buffers, pool->context, frames);
        buffers_advance(pool, batch);
    }
}

RT bool job_claim(Pool *pool, uint32_t j, uint64_t claimed_word) {
    _Atomic uint64_t *word = job_at(pool, j);
    uint64_t seen = atomic_load_explicit(word, memory_order_relaxed);
    if (!epoch_older(word_epoch(seen), word_epoch(claimed_word)))
        return false;
    // Release: who sees this claim sees that the claimer's last job is finished. Acquire: the same of whoever
    // had the job before.
    return atomic_compare_exchange_strong_explicit(word, &seen, claimed_word, memory_order_acq_rel,
                                                   memory_order_relaxed);
}

RT uint32_t wake_sharers(Pool *pool, uint32_t sharers) {
    enum { WAKE_FANOUT = 2 }; // each wake costs the waker microseconds
    uint64_t sharing = sharers >= 64 ? ~(uint64_t)0 : worker_bit(sharers) - 1;
    sharing &= ~(uint64_t)1 & ~atomic_load_explicit(&pool->aside, memory_order_relaxed);
    uint32_t woken = 0;
    while (woken < WAKE_FANOUT) {
        // Sequentially consistent with the work word's store before, and with the sleeper's bit and its last
        // look at the work word: either we see the bit or it sees the work.
        uint64_t asleep = atomic_load(&pool->sleepers) & sharing;
        if (asleep == 0)
            break;
        uint32_t index = (uint32_t)__builtin_ctzll(asleep);
        sharing &= ~worker_bit(index);
        if (!(atomic_fetch_and(&pool->sleepers, ~worker_bit(index)) & worker_bit(index)))
            continue;
        atomic_fetch_add_explicit(&pool->worker[index].bell, 1, memory_order_relaxed);
        wait_wake_one(&pool->worker[index].bell);
        woken++;
    }
    return woken;
}

// Where worker numbers have to end so that so many of them take part, those set aside left out.
RT static uint32_t sharers_for(const Pool *pool, uint32_t threads) {
    uint64_t aside = atomic_load_explicit(&pool->aside, memory_order_relaxed);
    uint32_t sharers = 0;
    for (uint32_t found = 0; sharers < pool->workers && found < threads; sharers++)
        found += !(aside & worker_bit(sharers));
    return sharers;
}

RT static void publish(Pool *pool, const uint32_t *batches, uint32_t count, uint32_t frames, uint32_t sharers,
                       uint64_t now_ns) {
    pool->epoch = (pool->epoch + 1) & (~(uint64_t)0 >> EPOCH_SHIFT);
    Run *run = &pool->run[pool->context];
    // Between two callbacks the caches forget; claims would wait for memory one after the other.
    for (uint32_t home = 0; home < sharers; home++)
        __builtin_prefetch(job_at(pool, home), 1);
    run->frames = frames;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t batch = batches[i];
        run->jobs[i] = (JobBuffers){batch, pool->state_current[batch], pool->state_next[batch],
                                    pool->slot_current[batch]};
    }
    atomic_store_explicit(&pool->sharers, sharers, memory_order_relaxed);
    atomic_store_explicit(&pool->published_ns, now_ns, memory_order_relaxed);
    atomic_store(&pool->work, work_word(pool->epoch, pool->context, count)); // see wake_sharers
}

RT static bool render_own(Pool *pool, uint32_t j) {
    // No one waits for the audio thread: its jobs count as done at once.
    if (!job_claim(pool, j, job_word(pool->epoch, 0, 0, JOB_DONE)))
        return false;
    const Run *run = &pool->run[pool->context];
    job_render(pool, &run->jobs[j], pool->context, run->frames);
    buffers_advance(pool, run->jobs[j].batch);
    return true;
}

// Own jobs first, then what the others have left, from the far end. All are claimed when this returns.
RT static uint32_t render_share(Pool *pool, uint32_t count, uint32_t sharers, uint32_t *stolen) {
    uint32_t own = 0;
    for (uint32_t j = 0; j < count; j += sharers)
        own += render_own(pool, j);
    for (uint32_t j = count; j-- > 0;)
        *stolen += j % sharers != 0 && render_own(pool, j);
    return own + *stolen;
}

RT static void set_aside(Pool *pool, uint32_t index, bool aside) {
    uint64_t others = atomic_load_explicit(&pool->aside, memory_order_relaxed) & ~worker_bit(index);
    atomic_store_explicit(&pool->aside, others | (aside ? worker_bit(index) : 0), memory_order_relaxed);
    Worker *worker = &pool->worker[index];
    uint32_t spell = atomic_load_explicit(&worker->aside_spell, memory_order_relaxed);
    atomic_store_explicit(&worker->aside_spell, spell + 1, memory_order_relaxed);
}

// After some of these in a short time the worker is not counted on, each time for longer.
RT static void strike(Pool *pool, uint32_t index) {
    Worker *worker = &pool->worker[index];
    uint32_t naps = atomic_load_explicit(&worker->naps_needed, memory_order_relaxed);
    if (pool->epoch - worker->strike_epoch > STRIKE_EPOCHS) {
        worker->strikes = 0;
        naps = 0;
    }
    worker->strike_epoch = pool->epoch;
    if (++worker->strikes >= STRIKES_TO_ASIDE) {
        worker->strikes = 0;
        naps = naps == 0 ? NAPS_NEEDED_FIRST : naps * 2;
        set_aside(pool, index, true);
    }
    atomic_store_explicit(&worker->naps_needed, naps < NAPS_NEEDED_MAX ? naps : NAPS_NEEDED_MAX,
                          memory_order_relaxed);
}

// Renders a claimed job in its worker's stead; harmless when the worker comes back meanwhile.
RT static void rescue(Pool *pool, uint32_t j, uint64_t claimed_word, bool hurried) {
    const Run *run = &pool->run[pool->context];
    const JobBuffers *straggler = &run->jobs[j];
    buffers_ensure_spares(pool, job_worker(claimed_word));
    JobBuffers spare = *straggler;
    spare.state_out = pool->spare_states[pool->spare_state_count - 1];
    spare.slot = pool->spare_slots[pool->spare_slot_count - 1];
    job_render(pool, &spare, pool->context, run->frames);

    uint64_t rescued_word =
        job_word(pool->epoch, job_worker(claimed_word), job_sequence(claimed_word), JOB_RESCUED);
    // Acquire on failure: the worker's result is taken instead.
    if (!atomic_compare_exchange_strong_explicit(job_at(pool, j), &claimed_word, rescued_word,
                                                 memory_order_acquire, memory_order_acquire)) {
        buffers_advance(pool, straggler->batch);
        return;
    }
    pool->spare_state_count--;
    pool->spare_slot_count--;
    buffers_replace(pool, rescued_word, straggler, &spare, pool->context);
    figure_add(&pool->worker[job_worker(rescued_word)].rescued, 1);
    figure_add(&pool->rescues, 1);
    if (!hurried)
        strike(pool, job_worker(rescued_word));
}

// When to stop waiting for what is claimed.
typedef struct Patience {
    uint64_t until_ns; // 0: not decided yet
    bool hurried;      // because of the deadline; else because the slowest of the workers is overdue
} Patience;

RT static Patience decide_patience(const Pool *pool, uint32_t from, uint32_t count, uint32_t frames,
                                   uint64_t now_ns, uint64_t deadline_ns) {
    float own_ns = pool->cost.batch_frame_ns * (float)frames;
    if (own_ns <= 0.0f)
        return (Patience){now_ns + OVERDUE_BEFORE_NS, false};
    float slowest_ns = own_ns;
    uint32_t waiting = 0;
    for (uint32_t j = from; j < count; j++) {
        uint64_t word = atomic_load_explicit(job_at(pool, j), memory_order_relaxed);
        if (!job_stage_is(word, JOB_CLAIMED))
            continue;
        waiting++;
        uint32_t frame_ps =
            atomic_load_explicit(&pool->worker[job_worker(word)].job_frame_ps, memory_order_relaxed);
        float worker_ns = (float)frame_ps * 0.001f * (float)frames;
        slowest_ns = worker_ns > slowest_ns ? worker_ns : slowest_ns;
    }
    // Beyond that it is no slow core but one that was stopped, which is not given that long again.
    if (slowest_ns > own_ns * SLOWER_MAX)
        slowest_ns = own_ns * SLOWER_MAX;
    uint64_t overdue_ns = now_ns + OVERDUE_MIN_NS + (uint64_t)(slowest_ns * OVERDUE_COSTS);
    uint64_t needed_ns = RESCUE_MARGIN_NS + (uint64_t)(own_ns * (float)waiting);
    // While there is time to render all of it here. When there is not, the workers will be done sooner.
    if (deadline_ns > now_ns + needed_ns && deadline_ns < overdue_ns + needed_ns)
        return (Patience){deadline_ns - needed_ns, true};
    return (Patience){overdue_ns, false};
}

// Every job has been claimed: takes the others' results, waits a little for those that are not there, and
// rescues the rest.
RT static uint64_t join(Pool *pool, uint32_t count, uint32_t frames, uint64_t now_ns, uint64_t deadline_ns) {
    const Run *run = &pool->run[pool->context];
    Patience patience = {0};
    for (uint32_t j = 0; j < count; j++) {
        // Acquire: the worker's result.
        uint64_t word = atomic_load_explicit(job_at(pool, j), memory_order_acquire);
        if (job_worker(word) == 0)
            continue;
        for (uint32_t spins = 1; job_stage_is(word, JOB_CLAIMED); spins++) {
            if (patience.until_ns == 0)
                patience = decide_patience(pool, j, count, frames, now_ns, deadline_ns);
            if (now_ns >= patience.until_ns)
                break;
            wait_spin_hint();
            word = atomic_load_explicit(job_at(pool, j), memory_order_acquire);
            if (spins % SPINS_PER_LOOK == 0)
                now_ns = clock_now_ns();
        }
        if (job_stage_is(word, JOB_CLAIMED))
            rescue(pool, j, word, patience.hurried);
        else
            buffers_advance(pool, run->jobs[j].batch);
    }
    return patience.until_ns == 0 ? now_ns : clock_now_ns();
}

// A job word that is not used for 2^39 epochs would seem to be of the future: bring one up to date each run.
RT static void refresh_one(Pool *pool, uint32_t count) {
    if (pool->refresh >= count)
        atomic_store_explicit(job_at(pool, pool->refresh), job_word(pool->epoch, 0, 0, JOB_DONE),
                              memory_order_relaxed);
    pool->refresh = pool->refresh + 1 < pool->batch_count ? pool->refresh + 1 : 0;
}

// Counts in again who has been punctual for a while. Returns how many workers can be counted on.
RT static uint32_t usable_workers(Pool *pool) {
    uint64_t aside = atomic_load_explicit(&pool->aside, memory_order_relaxed);
    if (aside == 0)
        return pool->workers;
    uint32_t usable = pool->workers;
    for (uint32_t i = 1; i < pool->workers; i++) {
        Worker *worker = &pool->worker[i];
        if (!(aside & worker_bit(i)))
            continue;
        if (atomic_load_explicit(&worker->fit_spell, memory_order_relaxed) ==
            atomic_load_explicit(&worker->aside_spell, memory_order_relaxed)) {
            set_aside(pool, i, false);
            worker->strike_epoch = pool->epoch; // so that the next strikes count as repeated
        } else {
            usable--;
        }
    }
    return usable;
}

RT static void note_own(Pool *pool, uint32_t batches, uint32_t stolen, uint64_t busy_ns,
                        uint64_t waiting_ns) {
    FigureWords *figures = &pool->audio_figures;
    figure_add(&figures->busy_ns, busy_ns);
    figure_add(&figures->spin_ns, waiting_ns);
    figure_add(&figures->batches, batches);
    figure_add(&figures->stolen, stolen);
    pool->callback_busy_ns += busy_ns;
}

RT static void run_shared(Pool *pool, const uint32_t *batches, uint32_t count, uint32_t frames,
                          uint64_t deadline_ns, const CostChoice *choice) {
    uint64_t start_ns = clock_now_ns();
    uint32_t sharers = sharers_for(pool, choice->threads);
    publish(pool, batches, count, frames, sharers, start_ns);
    uint64_t own_start_ns = wake_sharers(pool, sharers) > 0 ? clock_now_ns() : start_ns;
    uint32_t stolen = 0;
    uint32_t own = render_share(pool, count, sharers, &stolen);
    uint64_t own_end_ns = clock_now_ns();
    uint64_t end_ns = join(pool, count, frames, own_end_ns, deadline_ns);
    refresh_one(pool, count);
    cost_learn(&pool->cost, choice, end_ns - start_ns, own, frames, own_end_ns - own_start_ns);
    note_own(pool, own, stolen, own_end_ns - start_ns, end_ns - own_end_ns);
}

RT void pool_run(Pool *pool, const uint32_t *batches, uint32_t count, uint32_t frames, uint64_t deadline_ns) {
    assert(count <= pool->batch_count && frames > 0);
    pool_begin(pool);
    pool->context_taken = false;
    if (count == 0)
        return;
    buffers_reclaim(pool);
    uint32_t usable = usable_workers(pool);
    CostChoice choice;
    if (pool->config.share_always)
        choice = (CostChoice){.threads = pool->workers, .threads_awake = pool->workers, .size_class = -1};
    else
        choice = cost_choose(&pool->cost, count, frames, usable);
    uint32_t awake = sharers_for(pool, choice.threads_awake);
    if (awake > pool->callback_sharers)
        pool->callback_sharers = awake;
    if (choice.threads > 1) {
        run_shared(pool, batches, count, frames, deadline_ns, &choice);
        return;
    }
    uint64_t start_ns = clock_now_ns();
    run_alone(pool, batches, count, frames);
    uint64_t run_ns = clock_now_ns() - start_ns;
    cost_learn(&pool->cost, &choice, run_ns, count, frames, run_ns);
    note_own(pool, count, 0, run_ns, 0);
}

RT void pool_callback_begin(Pool *pool, uint64_t now_ns, uint64_t period_ns) {
    rhythm_begin(&pool->rhythm, &pool->beat, now_ns, period_ns);
    pool->callback_sharers = 1;
    pool->callback_busy_ns = 0;
}

RT void pool_callback_end(Pool *pool) {
    atomic_store_explicit(&pool->audio_figures.last_busy_ns, pool->callback_busy_ns, memory_order_relaxed);
    // The audio thread is not ours to pin: it may move.
    atomic_store_explicit(&pool->audio_figures.cpu, thread_current_cpu(), memory_order_relaxed);
    rhythm_end(&pool->beat, pool->callback_sharers);
}

RT void pool_adopt_audio_thread(Pool *pool) {
    cpu_flush_subnormals();
    int32_t cpu = thread_current_cpu();
    atomic_store_explicit(&pool->audio_cpu, cpu, memory_order_relaxed);
    atomic_store_explicit(&pool->audio_figures.cpu, cpu, memory_order_relaxed);
}

RT uint32_t pool_slowest(const Pool *pool) {
    uint64_t longest_ns = pool->callback_busy_ns;
    uint32_t slowest = 0;
    for (uint32_t index = 1; index < pool->workers; index++) {
        uint64_t busy_ns =
            atomic_load_explicit(&pool->worker[index].figures.last_busy_ns, memory_order_relaxed);
        if (busy_ns > longest_ns) {
            longest_ns = busy_ns;
            slowest = index;
        }
    }
    return slowest;
}
