// A loop over two words: orders, which may block and come first, and work, whose jobs are taken one by one.
#include "engine/pool/pool_worker.h"
#include "engine/pool/pool_aside.h"
#include "engine/pool/pool_shared.h"
#include "engine/pool/pool_trace_note.h"
#include "engine/pool/pool_wait.h"
#include "engine/pool/pool_wake.h"
#include "engine/pool/pool_workgroup.h"
#include "platform/clock.h"
#include "platform/cpu.h"
#include "platform/rt_trusted.h"
#include "platform/wait.h"

#include <stddef.h>

#ifdef POLYCORE_TEST_HOOKS
#include "engine/pool/pool_testing.h"
bool (*pool_test_hook)(uint32_t worker, PoolTestPoint point);
RT static bool test_point(const Worker *worker, PoolTestPoint point) {
    bool goes_on = true;
    RT_TRUSTED_BEGIN // misbehaving is what a hook is for
    if (pool_test_hook) {
        goes_on = pool_test_hook(worker->index, point);
    }
    RT_TRUSTED_END
    return goes_on;
}
#define TEST_POINT test_point
#else
#define TEST_POINT(worker, point) true
#endif

enum { GO_ON_NS = 1000000000 }; // between looks at whether the start goes on

// The last one ends the thread; the others are counted.
typedef enum JobEnd { JOB_NOT_MINE, JOB_COUNTS, JOB_LOST, JOB_THREAD_ENDS } JobEnd;

// What it renders counts unless the audio thread was first.
RT static JobEnd take_job(Worker *worker, uint64_t work, uint32_t home, uint32_t frames, Job *job) {
    Pool *pool = worker->pool;
    uint16_t sequence = (uint16_t)(worker->sequence + 1);
    uint64_t claimed = job_word(word_epoch(work), worker->index, sequence, JOB_CLAIMED);
    // Relaxed: the claim, which comes after, tells whether they are this run's.
    uint64_t packed = atomic_load_explicit(&job->buffers, memory_order_relaxed);
    if (!job_claim(job, claimed)) {
        return JOB_NOT_MINE;
    }
    uint64_t trace_ns = trace_begin(pool);
    worker->sequence = sequence;
    if (!TEST_POINT(worker, POOL_TEST_CLAIMED)) {
        return JOB_THREAD_ENDS;
    }
    job_render(pool, unpack_buffers(packed), work_context(work), frames);
    if (!TEST_POINT(worker, POOL_TEST_RENDERED)) {
        return JOB_THREAD_ENDS;
    }
    uint64_t done = job_word(word_epoch(work), worker->index, sequence, JOB_DONE);
    // Release: the result.
    bool counts = atomic_compare_exchange_strong_explicit(&job->word, &claimed, done, memory_order_release,
                                                          memory_order_relaxed);
    // Release: nothing of this job is read or written after.
    atomic_store_explicit(&worker->finished, sequence, memory_order_release);
    trace_end(pool, worker->index, TRACE_RENDER, trace_ns, unpack_buffers(packed).batch,
              !counts                 ? TRACE_LOST
              : home == worker->index ? TRACE_OWN
                                      : TRACE_STOLEN);
    return counts ? JOB_COUNTS : JOB_LOST;
}

RT static void note_run(Worker *worker, uint64_t callback, uint32_t frames, uint32_t batches, uint32_t stolen,
                        uint64_t busy_ns) {
    FigureWords *figures = &worker->figures;
    uint64_t before_ns = 0;
    if (callback == atomic_load_explicit(&worker->last_callback, memory_order_relaxed)) {
        before_ns = atomic_load_explicit(&figures->last_busy_ns, memory_order_relaxed);
    }
    atomic_store_explicit(&worker->last_callback, callback, memory_order_relaxed);
    atomic_store_explicit(&figures->last_busy_ns, before_ns + busy_ns, memory_order_relaxed);
    figure_raise(&figures->worst_busy_ns, before_ns + busy_ns);
    figure_add(&figures->busy_ns, busy_ns);
    figure_add(&figures->batches, batches);
    figure_add(&figures->stolen, stolen);
    if (batches == 0) {
        return;
    }
    float job_frame_ps = 1000.0f * (float)busy_ns / ((float)batches * cost_frames(frames));
    float known_ps = (float)atomic_load_explicit(&worker->job_frame_ps, memory_order_relaxed);
    float mean_ps = cost_follow(known_ps, job_frame_ps);
    enum { JOB_FRAME_PS_MAX = 1 << 30 }; // a millisecond: beyond any batch, and fits
    if (mean_ps < (float)JOB_FRAME_PS_MAX) {
        atomic_store_explicit(&worker->job_frame_ps, (uint32_t)mean_ps, memory_order_relaxed);
    }
}

RT static void note_wake(Worker *worker, uint64_t now_ns) {
    uint64_t published_ns = atomic_load_explicit(&worker->pool->published_ns, memory_order_relaxed);
    worker->woken = false;
    if (now_ns < published_ns) {
        return;
    }
    figure_add(&worker->figures.wake_ns, now_ns - published_ns);
    figure_add(&worker->figures.wakes, 1);
}

// What came of the jobs that a worker tried to take.
typedef struct Tally {
    uint32_t ends[JOB_THREAD_ENDS];
    uint32_t stolen; // of those that count
    uint32_t frames;
} Tally;

// Takes the jobs at home in one place: its own from the near end, others' from the far end, where their
// owners come last. False: the thread ends.
RT static bool serve_home(Worker *worker, uint64_t work, uint32_t home, Tally *tally) {
    Pool *pool = worker->pool;
    uint64_t list = atomic_load_explicit(&pool->home[home], memory_order_relaxed);
    if (word_epoch(list) != word_epoch(work)) {
        return true; // the run is over
    }
    tally->frames = home_frames(list);
    uint32_t count = home_count(list);
    bool own = home == worker->index;
    for (uint32_t i = 0; i < count; i++) {
        Job *job = &jobs_of(pool, home)[own ? i : count - 1 - i];
        JobEnd end = take_job(worker, work, home, tally->frames, job);
        if (end == JOB_THREAD_ENDS) {
            return false;
        }
        tally->ends[end]++;
        tally->stolen += !own && end == JOB_COUNTS;
    }
    return true;
}

// False: the thread ends.
RT static bool serve(Worker *worker, uint64_t work) {
    Pool *pool = worker->pool;
    uint32_t sharers = work_sharers(work);
    if (worker->index >= sharers || is_aside(worker)) {
        return true;
    }
    __builtin_prefetch(jobs_of(pool, worker->index), 1); // claiming it soon
    uint64_t start_ns = clock_now_ns();
    uint64_t callback = atomic_load_explicit(&pool->ended, memory_order_relaxed);
    worker->served_callback = callback;
    if (worker->woken) {
        note_wake(worker, start_ns);
        uint64_t sleeping = wake_find(pool, sharers);
        uint64_t trace_ns = sleeping ? trace_begin(pool) : 0;
        wake_sharers(pool, sleeping);
        trace_end(pool, worker->index, TRACE_RING, trace_ns, 0, sleeping);
    }
    Tally tally = {0};
    for (uint32_t i = 0; i < sharers; i++) {
        if (!serve_home(worker, work, (worker->index + i) % sharers, &tally)) {
            return false;
        }
    }
    worker->last_work_ns = clock_now_ns();
    uint32_t rendered = tally.ends[JOB_COUNTS] + tally.ends[JOB_LOST];
    trace_span(pool, worker->index, TRACE_SERVE, start_ns, worker->last_work_ns, rendered, word_epoch(work));
    if (rendered > 0) {
        note_run(worker, callback, tally.frames, tally.ends[JOB_COUNTS], tally.stolen,
                 worker->last_work_ns - start_ns);
    }
    return true;
}

static ThreadPriority unpack_priority(uint32_t packed) {
    return (ThreadPriority){.scheduling = (ThreadClass)(packed >> 8), .level = (int32_t)(packed & 0xff)};
}

// Takes the priority, the core and the workgroup that the main thread wants. Blocks, so it is done between
// runs.
static void obey(Worker *worker, uint32_t orders) {
    Pool *pool = worker->pool;
    int32_t cpu = atomic_load_explicit(&worker->cpu_wanted, memory_order_relaxed);
    worker->error.text[0] = '\0';
    workgroup_leave(&worker->member);
    bool pinned = cpu >= 0 && thread_pin(cpu, &worker->error);
    bool pin_refused = cpu >= 0 && !pinned;
    if (!pinned && atomic_load_explicit(&worker->pinned, memory_order_relaxed)) {
        thread_unpin();
    }
    ThreadPriority wanted =
        unpack_priority(atomic_load_explicit(&pool->priority_wanted, memory_order_relaxed));
    Error refused = {0};
    if (!thread_ask_priority(wanted, &worker->grant, &refused) && !pin_refused) {
        worker->error = refused;
    }
    worker_join_workgroup(worker);
    atomic_store_explicit(&worker->pinned, pinned, memory_order_relaxed);
    atomic_store_explicit(&worker->realtime, worker->grant.granted.scheduling == THREAD_CLASS_REALTIME,
                          memory_order_relaxed);
    atomic_store_explicit(&worker->figures.cpu, pinned ? cpu : thread_current_cpu(), memory_order_relaxed);
    // Release: the main thread reads grant and error when it has seen this.
    atomic_store_explicit(&worker->obeyed, orders, memory_order_release);
}

static void live_on(Worker *worker, WorkerLife life) {
    Pool *pool = worker->pool;
    // Release: all that the worker has written is behind the main thread when it reads this.
    atomic_store_explicit(&worker->life, life, memory_order_release);
    atomic_fetch_add(&pool->ready, 1);
    wait_wake_all(&pool->ready);
}

static void place_memory(const Worker *worker) {
    const Pool *pool = worker->pool;
    if (pool->client.first_touch == NULL) {
        return;
    }
    for (uint32_t batch = worker->index; batch < pool->batch_count; batch += pool->workers) {
        pool->client.first_touch(pool->client.user, batch);
    }
}

static void work_until_quit(Worker *worker) {
    Pool *pool = worker->pool;
    uint64_t seen = 0;
    uint32_t obeyed = atomic_load_explicit(&worker->obeyed, memory_order_relaxed);
    while (!atomic_load_explicit(&pool->quit, memory_order_relaxed)) {
        uint32_t orders = atomic_load_explicit(&pool->orders, memory_order_acquire);
        if (orders != obeyed) {
            obey(worker, orders);
            obeyed = orders;
            continue;
        }
        // Acquire: the run's buffers and context.
        uint64_t work = atomic_load_explicit(&pool->work, memory_order_acquire);
        if (work == seen) {
            worker_wait(worker, seen, obeyed);
            continue;
        }
        seen = work;
        if (!serve(worker, work)) {
            return;
        }
    }
}

void worker_main(void *argument) {
    Worker *worker = argument;
    Pool *pool = worker->pool;
    cpu_flush_subnormals();
    while (atomic_load_explicit(&pool->go, memory_order_acquire) == 0) {
        wait_on_word(&pool->go, 0, GO_ON_NS);
    }
    obey(worker, atomic_load_explicit(&pool->orders, memory_order_acquire));
    place_memory(worker);
    worker->awake_since_ns = clock_now_ns();
    worker->last_work_ns = worker->awake_since_ns;
    live_on(worker, WORKER_READY);
    work_until_quit(worker);
    workgroup_leave(&worker->member);
    live_on(worker, WORKER_GONE);
}
