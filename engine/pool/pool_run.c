// A run on the audio thread: publishes it, renders its share, waits for the rest and rescues what is
// overdue.
#include "engine/pool/pool_shared.h"
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
    WORTH_RINGING_NS = 100000,  // a sleeper needs 40 to 80 us to come, and ringing takes 5 to 10
    PASSED_OVER_MAX = 8,        // runs
    FEWER_CALLBACKS_MAX = 8,    // in a row that need fewer threads than are expected
    SPINS_PER_LOOK = 8,         // spin hints between two readings of the clock
    STRIKES_TO_ASIDE =
        3,            // rescues, each within STRIKE_JOBS of the one before, until a worker is not counted on
    STRIKE_JOBS = 16, // of the worker: a rescue costs a few batches, so that it gains less than it costs
    NAPS_NEEDED_FIRST = 4,  // punctual naps of 5 ms until it is counted on again: 20 ms, doubled each time
    NAPS_NEEDED_MAX = 2048, // 10 s of them
};

RT static JobBuffers buffers_of(const Pool *pool, uint32_t batch) {
    return (JobBuffers){(uint16_t)batch, pool->state_current[batch], pool->state_next[batch],
                        pool->slot_current[batch]};
}

RT static void run_alone(Pool *pool, const uint32_t *batches, uint32_t count, uint32_t frames) {
    for (uint32_t i = 0; i < count; i++) {
        job_render(pool, buffers_of(pool, batches[i]), pool->context, frames);
        buffers_advance(pool, batches[i]);
    }
}

RT uint64_t sleeping_sharers(const Pool *pool, uint32_t sharers) {
    uint64_t sharing = sharers >= 64 ? ~(uint64_t)0 : worker_bit(sharers) - 1;
    sharing &= ~(uint64_t)1 & ~atomic_load_explicit(&pool->aside, memory_order_relaxed);
    // Sequentially consistent with the work word's store before, and with the sleeper's bit and its last look
    // at the work word: either we see the bit or it sees the work.
    return atomic_load(&pool->sleepers) & sharing;
}

RT void wake_sharers(Pool *pool, uint64_t sleeping) {
    enum { WAKE_FANOUT = 2 }; // each wake costs the waker microseconds
    for (uint32_t woken = 0; sleeping != 0 && woken < WAKE_FANOUT; sleeping &= sleeping - 1) {
        uint32_t index = (uint32_t)__builtin_ctzll(sleeping);
        if (!(atomic_fetch_and(&pool->sleepers, ~worker_bit(index)) & worker_bit(index))) {
            continue;
        }
        // Relaxed: the system call orders it before the sleeper's look.
        atomic_fetch_add_explicit(&pool->worker[index].bell, 1, memory_order_relaxed);
        wait_wake_one(&pool->worker[index].bell);
        woken++;
    }
}

// Where worker numbers have to end so that so many of them take part, those set aside left out.
RT static uint32_t sharers_for(const Pool *pool, uint32_t threads) {
    uint64_t aside = atomic_load_explicit(&pool->aside, memory_order_relaxed);
    uint32_t sharers = 1; // the audio thread
    for (uint32_t found = 1; sharers < pool->workers && found < threads; sharers++) {
        found += !(aside & worker_bit(sharers));
    }
    return sharers;
}

// Lists each batch's job at its home, which does not change while others come and go: its state is in that
// worker's cache.
RT static void publish(Pool *pool, const uint32_t *batches, uint32_t count, uint32_t frames,
                       uint32_t sharers) {
    pool->epoch = (pool->epoch + 1) & (~(uint64_t)0 >> EPOCH_SHIFT);
    uint32_t counts[POOL_WORKERS_MAX] = {0};
    // All at once: between two callbacks the caches forget.
    for (uint32_t home = 0; home < sharers; home++) {
        __builtin_prefetch(jobs_of(pool, home), 1);
    }
    for (uint32_t i = 0; i < count; i++) {
        uint32_t home = batches[i] % sharers;
        // Relaxed: the work word's store comes after.
        atomic_store_explicit(&jobs_of(pool, home)[counts[home]++].buffers,
                              pack_buffers(buffers_of(pool, batches[i])), memory_order_relaxed);
    }
    for (uint32_t home = 0; home < sharers; home++) {
        atomic_store_explicit(&pool->home[home], home_word(pool->epoch, frames, counts[home]),
                              memory_order_relaxed);
    }
    atomic_store(&pool->work, work_word(pool->epoch, pool->context, sharers)); // see sleeping_sharers
}

// A worker that sleeps although it expects callbacks comes a little later by itself: to ring for it costs
// more than it would save in a short run, unless it seems not to come at all.
RT static bool worth_ringing(Pool *pool, float alone_ns) {
    if (pool->wait == WAIT_PARK || pool->rhythm.period_ns == 0 || alone_ns >= WORTH_RINGING_NS ||
        ++pool->passed_over > PASSED_OVER_MAX) {
        pool->passed_over = 0;
        return true;
    }
    return false;
}

RT static JobBuffers buffers_in(const Job *job) {
    return unpack_buffers(atomic_load_explicit(&job->buffers, memory_order_relaxed));
}

// What a run's jobs came to, so far.
typedef struct Share {
    uint32_t own;    // jobs rendered here
    uint32_t stolen; // of those, from other homes
    uint32_t taken;  // claimed by workers: the first of pool->taken
} Share;

RT static bool render_own(Pool *pool, Job *job, uint32_t frames, Share *share) {
    // No one waits for the audio thread: its jobs count as done at once.
    if (!job_claim(job, job_word(pool->epoch, 0, 0, JOB_DONE))) {
        pool->taken[share->taken++] = job;
        return false;
    }
    JobBuffers buffers = buffers_in(job);
    job_render(pool, buffers, pool->context, frames);
    buffers_advance(pool, buffers.batch);
    share->own++;
    return true;
}

// Own jobs first, then what the others have left, from the far end. All are claimed when this returns.
RT static Share render_share(Pool *pool, uint32_t frames, uint32_t sharers) {
    Share share = {0};
    uint32_t count = home_count(atomic_load_explicit(&pool->home[0], memory_order_relaxed));
    Job *jobs = jobs_of(pool, 0);
    for (uint32_t i = 0; i < count; i++) {
        render_own(pool, &jobs[i], frames, &share);
    }
    for (uint32_t home = sharers; home-- > 1;) {
        jobs = jobs_of(pool, home);
        for (uint32_t i = home_count(atomic_load_explicit(&pool->home[home], memory_order_relaxed));
             i-- > 0;) {
            share.stolen += render_own(pool, &jobs[i], frames, &share);
        }
    }
    return share;
}

RT static void set_aside(Pool *pool, uint32_t index, bool aside) {
    uint64_t others = atomic_load_explicit(&pool->aside, memory_order_relaxed) & ~worker_bit(index);
    atomic_store_explicit(&pool->aside, others | (aside ? worker_bit(index) : 0), memory_order_relaxed);
    Worker *worker = &pool->worker[index];
    uint32_t spell = atomic_load_explicit(&worker->aside_spell, memory_order_relaxed);
    atomic_store_explicit(&worker->aside_spell, spell + 1, memory_order_relaxed);
}

// After some of these in short order the worker is not counted on, each time for longer.
RT static void strike(Pool *pool, uint32_t index, uint16_t sequence) {
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
        strike(pool, job_worker(rescued_word), job_sequence(rescued_word));
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

typedef struct Joined {
    uint64_t end_ns;
    uint64_t rescue_ns; // of the time until then, rendering in others' stead
} Joined;

// Every job has been claimed: takes the workers' results, waits a little for those that are not there, and
// rescues the rest.
RT static Joined join(Pool *pool, uint32_t taken, uint32_t frames, uint64_t now_ns, uint64_t deadline_ns) {
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
        rescue(pool, job, word, frames, patience.hurried);
        joined.rescue_ns += clock_now_ns() - rescue_start_ns;
    }
    joined.end_ns = patience.until_ns == 0 ? now_ns : clock_now_ns();
    return joined;
}

// A job word that is not used for 2^39 epochs would seem to be of the future: bring one up to date each run.
RT static void refresh_one(Pool *pool) {
    uint32_t home = pool->refresh / pool->home_jobs;
    uint32_t index = pool->refresh % pool->home_jobs;
    uint64_t list = atomic_load_explicit(&pool->home[home], memory_order_relaxed);
    if (word_epoch(list) != pool->epoch || index >= home_count(list)) {
        atomic_store_explicit(&jobs_of(pool, home)[index].word, job_word(pool->epoch, 0, 0, JOB_DONE),
                              memory_order_relaxed);
    }
    pool->refresh = pool->refresh + 1 < pool->workers_asked * pool->home_jobs ? pool->refresh + 1 : 0;
}

// Counts in again who has been punctual for a while. Returns how many workers can be counted on.
RT static uint32_t usable_workers(Pool *pool) {
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
                          uint64_t start_ns, uint64_t deadline_ns, const CostChoice *choice) {
    uint64_t own_start_ns = start_ns;
    uint32_t sharers = sharers_for(pool, choice->threads);
    publish(pool, batches, count, frames, sharers);
    uint64_t sleeping = sleeping_sharers(pool, sharers);
    if (sleeping != 0 && worth_ringing(pool, choice->alone_ns)) {
        atomic_store_explicit(&pool->published_ns, start_ns, memory_order_relaxed);
        wake_sharers(pool, sleeping);
        own_start_ns = clock_now_ns();
    }
    Share share = render_share(pool, frames, sharers);
    uint64_t own_end_ns = clock_now_ns();
    Joined joined = join(pool, share.taken, frames, own_end_ns, deadline_ns);
    refresh_one(pool);
    cost_learn(&pool->cost, choice, joined.end_ns - start_ns, share.own, frames, own_end_ns - own_start_ns);
    note_own(pool, share.own, share.stolen, own_end_ns - start_ns + joined.rescue_ns,
             joined.end_ns - own_end_ns - joined.rescue_ns);
}

RT void pool_run(Pool *pool, const uint32_t *batches, uint32_t count, uint32_t frames, uint64_t deadline_ns) {
    assert(count <= pool->batch_count && frames > 0 && frames <= POOL_FRAMES_MAX);
    pool_begin(pool);
    pool->context_taken = false;
    if (count == 0) {
        return;
    }
    if (!pool->in_callback) {
        cost_next_callback(&pool->cost);
    }
    buffers_reclaim(pool);
    uint64_t start_ns = clock_now_ns();
    uint64_t left_ns = deadline_ns > start_ns ? deadline_ns - start_ns : deadline_ns != 0;
    CostQuestion question = {count, frames, usable_workers(pool), left_ns};
    cost_begin(&pool->cost, &question);
    CostChoice choice = cost_choose(&pool->cost, &question);
    if (pool->config.share_always) {
        choice = (CostChoice){.threads = pool->workers,
                              .threads_awake = pool->workers,
                              .size_class = -1,
                              .alone_ns = choice.alone_ns};
    }
    uint32_t awake = sharers_for(pool, choice.threads_awake);
    if (awake > pool->callback_sharers) {
        pool->callback_sharers = awake;
    }
    if (choice.threads > 1) {
        run_shared(pool, batches, count, frames, start_ns, deadline_ns, &choice);
        return;
    }
    run_alone(pool, batches, count, frames);
    uint64_t run_ns = clock_now_ns() - start_ns;
    cost_learn(&pool->cost, &choice, run_ns, count, frames, run_ns);
    note_own(pool, count, 0, run_ns, 0);
}

RT void pool_callback_begin(Pool *pool, uint64_t now_ns, uint64_t period_ns) {
    rhythm_begin(&pool->rhythm, now_ns, period_ns);
    cost_next_callback(&pool->cost);
    pool->in_callback = true;
    pool->callback_sharers = 1;
    pool->callback_busy_ns = 0;
}

// How many threads should come to the next callback by themselves: those of one size of runs may be needed
// only now and then, as when blocks are cut in a pattern.
RT static uint32_t expect_sharers(Pool *pool) {
    bool more = pool->callback_sharers > pool->expected_sharers;
    if (more) {
        pool->passed_over = PASSED_OVER_MAX; // those that it adds sleep until they are rung for
    }
    bool fewer = pool->callback_sharers < pool->expected_sharers;
    pool->fewer_callbacks = fewer ? pool->fewer_callbacks + 1 : 0;
    if (more || pool->fewer_callbacks > FEWER_CALLBACKS_MAX) {
        pool->expected_sharers = pool->callback_sharers;
    }
    return pool->expected_sharers;
}

RT void pool_callback_end(Pool *pool) {
    pool->in_callback = false;
    atomic_store_explicit(&pool->audio_figures.last_busy_ns, pool->callback_busy_ns, memory_order_relaxed);
    figure_raise(&pool->audio_figures.worst_busy_ns, pool->callback_busy_ns);
    // The audio thread is not ours to pin: it may move.
    atomic_store_explicit(&pool->audio_figures.cpu, thread_current_cpu(), memory_order_relaxed);
    rhythm_end(&pool->rhythm, &pool->beat, expect_sharers(pool));
    figure_add(&pool->ended, 1);
}

RT void pool_adopt_audio_thread(Pool *pool) {
    cpu_flush_subnormals();
    int32_t cpu = thread_current_cpu();
    atomic_store_explicit(&pool->audio_cpu, cpu, memory_order_relaxed);
    atomic_store_explicit(&pool->audio_figures.cpu, cpu, memory_order_relaxed);
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
