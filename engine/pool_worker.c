// What a worker thread does: takes jobs of the published run, obeys orders, waits.
#include "engine/pool_cost.h"
#include "engine/pool_shared.h"
#include "platform/clock.h"
#include "platform/cpu.h"
#include "platform/rt_trusted.h"
#include "platform/wait.h"

#include <stddef.h>

#ifdef POLYCORE_TEST_HOOKS
#include "engine/pool_testing.h"
bool (*pool_test_hook)(uint32_t worker, PoolTestPoint point);
RT static bool test_point(const Worker *worker, PoolTestPoint point) {
    bool goes_on = true;
    RT_TRUSTED_BEGIN // misbehaving is what a hook is for
    if (pool_test_hook)
        goes_on = pool_test_hook(worker->index, point);
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
RT static JobEnd take_job(Worker *worker, uint64_t work, uint32_t j) {
    Pool *pool = worker->pool;
    uint16_t sequence = (uint16_t)(worker->sequence + 1);
    uint64_t claimed = job_word(word_epoch(work), worker->index, sequence, JOB_CLAIMED);
    if (!job_claim(pool, j, claimed))
        return JOB_NOT_MINE;
    worker->sequence = sequence;
    if (!TEST_POINT(worker, POOL_TEST_CLAIMED))
        return JOB_THREAD_ENDS;
    const Run *run = &pool->run[work_context(work)];
    worker->job_frames = run->frames; // the run itself may be gone after the job
    job_render(pool, &run->jobs[j], work_context(work), run->frames);
    if (!TEST_POINT(worker, POOL_TEST_RENDERED))
        return JOB_THREAD_ENDS;
    uint64_t done = job_word(word_epoch(work), worker->index, sequence, JOB_DONE);
    // Release: the result.
    bool counts = atomic_compare_exchange_strong_explicit(job_at(pool, j), &claimed, done,
                                                          memory_order_release, memory_order_relaxed);
    // Release: nothing of this job is read or written after.
    atomic_store_explicit(&worker->finished, sequence, memory_order_release);
    return counts ? JOB_COUNTS : JOB_LOST;
}

RT static void note_run(Worker *worker, uint32_t batches, uint32_t stolen, uint64_t busy_ns) {
    FigureWords *figures = &worker->figures;
    uint64_t callback = atomic_load_explicit(&worker->pool->beat.callback, memory_order_relaxed);
    uint64_t before_ns = 0;
    if (callback == worker->callback_seen)
        before_ns = atomic_load_explicit(&figures->last_busy_ns, memory_order_relaxed);
    worker->callback_seen = callback;
    atomic_store_explicit(&figures->last_busy_ns, before_ns + busy_ns, memory_order_relaxed);
    figure_add(&figures->busy_ns, busy_ns);
    figure_add(&figures->batches, batches);
    figure_add(&figures->stolen, stolen);
    if (batches == 0)
        return;
    float job_frame_ps = 1000.0f * (float)busy_ns / ((float)batches * (float)worker->job_frames);
    float known_ps = (float)atomic_load_explicit(&worker->job_frame_ps, memory_order_relaxed);
    float mean_ps = cost_follow(known_ps, job_frame_ps);
    enum { JOB_FRAME_PS_MAX = 1 << 30 }; // a millisecond: beyond any batch, and fits
    if (mean_ps < (float)JOB_FRAME_PS_MAX)
        atomic_store_explicit(&worker->job_frame_ps, (uint32_t)mean_ps, memory_order_relaxed);
}

RT static void note_wake(Worker *worker, uint64_t now_ns) {
    uint64_t published_ns = atomic_load_explicit(&worker->pool->published_ns, memory_order_relaxed);
    worker->woken = false;
    if (now_ns < published_ns)
        return;
    figure_add(&worker->figures.wake_ns, now_ns - published_ns);
    figure_add(&worker->figures.wakes, 1);
}

// Own jobs first, then what others have left, from the far end, where their owners come last. False: the
// thread ends.
RT static bool serve(Worker *worker, uint64_t work) {
    Pool *pool = worker->pool;
    uint32_t sharers = atomic_load_explicit(&pool->sharers, memory_order_relaxed);
    uint32_t count = work_count(work);
    if (worker->index >= sharers || is_aside(worker))
        return true;
    uint64_t start_ns = clock_now_ns();
    if (worker->woken) {
        note_wake(worker, start_ns);
        wake_sharers(pool, sharers);
    }
    uint32_t own[JOB_THREAD_ENDS] = {0};
    uint32_t stolen[JOB_THREAD_ENDS] = {0};
    for (uint32_t j = worker->index; j < count; j += sharers) {
        JobEnd end = take_job(worker, work, j);
        if (end == JOB_THREAD_ENDS)
            return false;
        own[end]++;
    }
    for (uint32_t j = count; j-- > 0;) {
        JobEnd end = take_job(worker, work, j);
        if (end == JOB_THREAD_ENDS)
            return false;
        stolen[end]++;
    }
    worker->last_work_ns = clock_now_ns();
    if (own[JOB_COUNTS] + own[JOB_LOST] + stolen[JOB_COUNTS] + stolen[JOB_LOST] > 0)
        note_run(worker, own[JOB_COUNTS] + stolen[JOB_COUNTS], stolen[JOB_COUNTS],
                 worker->last_work_ns - start_ns);
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
    if (!pinned)
        thread_unpin();
    ThreadPriority wanted =
        unpack_priority(atomic_load_explicit(&pool->priority_wanted, memory_order_relaxed));
    Error refused = {0};
    if (!thread_ask_priority(wanted, &worker->grant, &refused) && !pin_refused)
        worker->error = refused;
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
    if (pool->client.first_touch == NULL)
        return;
    for (uint32_t batch = worker->index; batch < pool->batch_count; batch += pool->workers)
        pool->client.first_touch(pool->client.user, batch);
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
        if (!serve(worker, work))
            return;
    }
}

void worker_main(void *argument) {
    Worker *worker = argument;
    Pool *pool = worker->pool;
    cpu_flush_subnormals();
    while (atomic_load_explicit(&pool->go, memory_order_acquire) == 0)
        wait_on_word(&pool->go, 0, GO_ON_NS);
    obey(worker, atomic_load_explicit(&pool->orders, memory_order_acquire));
    place_memory(worker);
    worker->awake_since_ns = clock_now_ns();
    worker->last_work_ns = worker->awake_since_ns;
    live_on(worker, WORKER_READY);
    work_until_quit(worker);
    workgroup_leave(&worker->member);
    live_on(worker, WORKER_GONE);
}
