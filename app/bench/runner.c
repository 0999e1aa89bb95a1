// One face for the pool and its baselines.
#include "app/bench/runner.h"

#include "platform/clock.h"
#include "platform/rt_trusted.h"
#include "platform/wait.h"

#include <stddef.h>

enum { JOBS_MAX = 64, FRAMES = 1 };

int runner_kinds(RunnerKind kinds[RUNNER_KINDS_MAX]) {
    static const char *const POOL_NAMES[WAIT_MODE_COUNT] = {
        [WAIT_PARK] = "pool, park", [WAIT_PREDICT] = "pool, predict", [WAIT_SPIN] = "pool, spin"};
    int count = 0;
    kinds[count++] = (RunnerKind){.name = "one thread, nothing handed over", .alone = true};
    kinds[count++] = (RunnerKind){.name = "pool as played", .wait = WAIT_PREDICT, .automatic = true};
    for (int mode = 0; mode < WAIT_MODE_COUNT; mode++) {
        kinds[count++] = (RunnerKind){.name = POOL_NAMES[mode], .wait = (WaitMode)mode};
    }
    for (int i = 0; BASELINES[i]; i++) {
        kinds[count++] = (RunnerKind){.name = BASELINES[i]->name, .baseline = BASELINES[i]};
    }
    return count;
}

RT static void stay_busy(uint64_t ns) {
    for (uint64_t end_ns = clock_now_ns() + ns; clock_now_ns() < end_ns;) {
        wait_spin_hint();
    }
}

// Stops the thread in the middle of its job, as a system does that has something else to run.
RT static void stall_once(Runner *runner) {
    if (atomic_load_explicit(&runner->stall_ns, memory_order_relaxed) == 0) {
        return;
    }
    RT_TRUSTED_BEGIN // tells a number
    uint64_t self = thread_self_id();
    RT_TRUSTED_END
    uint64_t ns = self == runner->audio_thread ? 0 : atomic_exchange(&runner->stall_ns, 0);
    if (ns > 0) {
        _Atomic uint32_t word = 0;
        uint64_t wake_ns = clock_now_ns() + ns;
        atomic_fetch_add(&runner->stalls, 1);
        while (wait_on_word_until(&word, 0, wake_ns)) { // nobody writes it: only the time ends this
        }
    }
}

RT static void do_job(Runner *runner) {
    if (runner->work_ns > 0) {
        stay_busy(runner->work_ns / 2);
        stall_once(runner);
        stay_busy(runner->work_ns / 2);
    }
}

RT static void render(void *user, const PoolJob *job) {
    (void)job;
    do_job(user);
}

static void run_job(void *user, uint32_t index) {
    (void)index;
    do_job(user);
}

static bool start_pool(Runner *runner, Error *error) {
    PoolConfig config = {
        .workers = runner->workers, .wait = runner->kind->wait, .share_always = !runner->kind->automatic};
    runner->pool = pool_create(&config, runner->jobs, error);
    PoolClient client = {.user = runner, .render = render};
    if (runner->pool && !pool_start(runner->pool, &client, error)) {
        runner_deinit(runner);
        return false;
    }
    return runner->pool != NULL;
}

bool runner_init(Runner *runner, const RunnerKind *kind, uint32_t workers, uint32_t jobs, Error *error) {
    *runner = (Runner){
        .kind = kind, .workers = kind->alone ? 1 : workers, .jobs = jobs < JOBS_MAX ? jobs : JOBS_MAX};
    if (!kind->baseline) {
        return start_pool(runner, error);
    }
    runner->baseline = kind->baseline->create(workers, run_job, runner, error);
    return runner->baseline != NULL;
}

void runner_deinit(Runner *runner) {
    pool_destroy(runner->pool, NULL);
    if (runner->baseline) {
        runner->kind->baseline->destroy(runner->baseline);
    }
}

void runner_begin(Runner *runner, ThreadPriority priority) {
    runner->audio_thread = thread_self_id();
    if (runner->pool) {
        pool_adopt_audio_thread(runner->pool);
        pool_match_audio_thread(runner->pool, priority);
    }
}

uint64_t runner_run(Runner *runner, uint64_t period_ns, uint64_t deadline_ns) {
    uint32_t batches[JOBS_MAX];
    for (uint32_t i = 0; i < runner->jobs; i++) {
        batches[i] = i;
    }
    uint64_t start_ns = clock_now_ns();
    if (!runner->pool) {
        runner->kind->baseline->run(runner->baseline, runner->jobs);
        return clock_now_ns() - start_ns;
    }
    if (period_ns > 0) {
        pool_callback_begin(runner->pool, start_ns, period_ns);
    }
    pool_begin(runner->pool);
    pool_run(runner->pool, batches, runner->jobs, FRAMES, deadline_ns);
    if (period_ns > 0) {
        pool_callback_end(runner->pool);
    }
    return clock_now_ns() - start_ns;
}

RunnerFigures runner_figures(const Runner *runner) {
    RunnerFigures sum = {0};
    if (runner->pool) {
        WorkerFigures figures[POOL_WORKERS_MAX];
        uint32_t workers;
        pool_figures(runner->pool, figures, &workers, &sum.rescues);
        sum.own_ns = figures[0].last_busy_ns;
        for (uint32_t i = 1; i < workers; i++) {
            sum.spin_ns += figures[i].spin_ns;
            sum.wakes += figures[i].wakes;
        }
    }
    return sum;
}
