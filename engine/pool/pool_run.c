// Runs batches on the audio thread: alone, or by listing jobs, publishing them in one word and taking a
// share.
#include "engine/pool/pool_aside.h"
#include "engine/pool/pool_buffers.h"
#include "engine/pool/pool_rescue.h"
#include "engine/pool/pool_shared.h"
#include "engine/pool/pool_trace_note.h"
#include "engine/pool/pool_wake.h"
#include "platform/clock.h"
#include "platform/cpu.h"

#include <assert.h>
#include <stddef.h>

enum {
    WORTH_RINGING_NS = 100000, // a sleeper needs 40 to 80 us to come, and ringing takes 5 to 10
    PASSED_OVER_MAX = 8,       // runs
    FEWER_CALLBACKS_MAX = 8,   // in a row that need fewer threads than are expected
};

RT static JobBuffers buffers_of(const Pool *pool, uint32_t batch) {
    return (JobBuffers){(uint16_t)batch, pool->state_current[batch], pool->state_next[batch],
                        pool->slot_current[batch]};
}

RT static void run_alone(Pool *pool, const uint32_t *batches, uint32_t count, uint32_t frames) {
    for (uint32_t i = 0; i < count; i++) {
        uint64_t trace_ns = trace_begin(pool);
        job_render(pool, buffers_of(pool, batches[i]), pool->context, frames);
        trace_end(pool, 0, TRACE_RENDER, trace_ns, batches[i], TRACE_OWN);
        buffers_advance(pool, batches[i]);
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
    atomic_store(&pool->work, work_word(pool->epoch, pool->context, sharers)); // see wake_find
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

// What a run's jobs came to, so far.
typedef struct Share {
    uint32_t own;    // jobs rendered here
    uint32_t stolen; // of those, from other homes
    uint32_t taken;  // claimed by workers: the first of pool->taken
} Share;

RT static bool render_own(Pool *pool, Job *job, uint32_t frames, Share *share, TraceResult result) {
    // No one waits for the audio thread: its jobs count as done at once.
    if (!job_claim(job, job_word(pool->epoch, 0, 0, JOB_DONE))) {
        pool->taken[share->taken++] = job;
        return false;
    }
    uint64_t trace_ns = trace_begin(pool);
    JobBuffers buffers = buffers_in(job);
    job_render(pool, buffers, pool->context, frames);
    trace_end(pool, 0, TRACE_RENDER, trace_ns, buffers.batch, result);
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
        render_own(pool, &jobs[i], frames, &share, TRACE_OWN);
    }
    for (uint32_t home = sharers; home-- > 1;) {
        jobs = jobs_of(pool, home);
        for (uint32_t i = home_count(atomic_load_explicit(&pool->home[home], memory_order_relaxed));
             i-- > 0;) {
            share.stolen += render_own(pool, &jobs[i], frames, &share, TRACE_STOLEN);
        }
    }
    return share;
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

RT static void note_own(Pool *pool, uint32_t batches, uint32_t stolen, uint64_t busy_ns,
                        uint64_t waiting_ns) {
    FigureWords *figures = &pool->audio_figures;
    figure_add(&figures->busy_ns, busy_ns);
    figure_add(&figures->spin_ns, waiting_ns);
    figure_add(&figures->batches, batches);
    figure_add(&figures->stolen, stolen);
    pool->callback_busy_ns += busy_ns;
}

// Notes a run that is over, before anything is learned from it.
RT static void trace_choice_of(Pool *pool, const CostChoice *choice, uint64_t begin_ns, uint64_t end_ns) {
    if (!atomic_load_explicit(&pool->trace, memory_order_relaxed)) {
        return;
    }
    TraceChoice traced = {.threads = choice->threads,
                          .usual = choice->threads,
                          .size_class = choice->size_class,
                          .alone_ns = (uint32_t)choice->alone_ns};
    if (choice->size_class != COST_CLASS_NONE) {
        const CostClass *size = &pool->cost.classes[choice->size_class];
        traced.usual = pool->cost.threads[size->level];
        traced.in_duel = size->duel.on && !choice->stops_duel && choice->level == duel_level(&size->duel);
    }
    trace_span(pool, 0, TRACE_RUN, begin_ns, end_ns, 0, trace_pack_choice(&traced));
}

RT static void run_shared(Pool *pool, const uint32_t *batches, uint32_t count, uint32_t frames,
                          uint64_t start_ns, uint64_t deadline_ns, const CostChoice *choice) {
    uint64_t own_start_ns = start_ns;
    uint32_t sharers = sharers_for(pool, choice->threads);
    publish(pool, batches, count, frames, sharers);
    trace_end(pool, 0, TRACE_PUBLISH, trace_begin(pool) ? start_ns : 0, sharers, pool->epoch);
    uint64_t sleeping = wake_find(pool, sharers);
    if (sleeping != 0 && worth_ringing(pool, choice->alone_ns)) {
        atomic_store_explicit(&pool->published_ns, start_ns, memory_order_relaxed);
        uint64_t ring_ns = trace_begin(pool);
        wake_sharers(pool, sleeping);
        own_start_ns = clock_now_ns();
        trace_span(pool, 0, TRACE_RING, ring_ns, own_start_ns, 0, sleeping);
    }
    Share share = render_share(pool, frames, sharers);
    uint64_t own_end_ns = clock_now_ns();
    Joined joined = rescue_join(pool, share.taken, frames, own_end_ns, deadline_ns);
    trace_span(pool, 0, TRACE_JOIN, own_end_ns, joined.end_ns, share.taken, 0);
    refresh_one(pool);
    trace_choice_of(pool, choice, start_ns, joined.end_ns);
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
    CostQuestion question = {count, frames, aside_usable_workers(pool), left_ns};
    cost_begin(&pool->cost, &question);
    CostChoice choice = cost_choose(&pool->cost, &question);
    if (pool->config.share_always) {
        choice = (CostChoice){.threads = pool->workers,
                              .threads_awake = pool->workers,
                              .size_class = COST_CLASS_NONE,
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
    trace_choice_of(pool, &choice, start_ns, start_ns + run_ns);
    cost_learn(&pool->cost, &choice, run_ns, count, frames, run_ns);
    note_own(pool, count, 0, run_ns, 0);
}

RT void pool_callback_begin(Pool *pool, uint64_t now_ns, uint64_t period_ns) {
    rhythm_begin(&pool->rhythm, now_ns, period_ns);
    cost_next_callback(&pool->cost);
    pool->in_callback = true;
    pool->callback_sharers = 1;
    pool->callback_busy_ns = 0;
    pool->callback_trace_ns = trace_begin(pool);
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
    trace_end(pool, 0, TRACE_CALLBACK, pool->callback_trace_ns, 0, pool->rhythm.period_ns);
    figure_add(&pool->ended, 1);
}

RT void pool_adopt_audio_thread(Pool *pool) {
    cpu_flush_subnormals();
    int32_t cpu = thread_current_cpu();
    atomic_store_explicit(&pool->audio_cpu, cpu, memory_order_relaxed);
    atomic_store_explicit(&pool->audio_figures.cpu, cpu, memory_order_relaxed);
}
