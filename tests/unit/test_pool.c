// The pool: whatever workers do, each batch advances exactly once a run, and the audio thread never waits for
// long.
#include "engine/pool/pool.h"

#include "engine/pool/pool_testing.h"
#include "platform/clock.h"
#include "platform/topology.h"
#include "tests/support/chain.h"

#include <criterion/criterion.h>
#include <stdatomic.h>
#include <string.h>

enum { BATCHES = 24, WORK_NS = 2000 };
static const uint64_t MS = 1000000;
static const uint64_t LIMIT_MS = 60000; // for what workers do in some milliseconds when nobody keeps them

// Every test runs the mode that it names, on machines of any number of cores.
static void keep_wait(void) {
    pool_test_keep_wait = true;
}

TestSuite(pool, .init = keep_wait);

static PoolConfig sharing(uint32_t workers, WaitMode wait) {
    return (PoolConfig){.workers = workers, .wait = wait, .pin = PIN_OFF, .share_always = true};
}

static uint64_t rescues_of(Pool *pool) {
    WorkerFigures figures[POOL_WORKERS_MAX];
    uint32_t workers;
    uint64_t rescues;
    pool_figures(pool, figures, &workers, &rescues);
    return rescues;
}

static WorkerFigures figures_of(Pool *pool, uint32_t worker) {
    WorkerFigures figures[POOL_WORKERS_MAX];
    uint32_t workers;
    uint64_t rescues;
    pool_figures(pool, figures, &workers, &rescues);
    cr_assert_lt(worker, workers);
    return figures[worker];
}

// Faults. Each is a hook; `fault_dice` numbers the jobs.
static _Atomic uint32_t fault_dice;
static _Atomic bool let_go;

static void hang_until_let_go(void) {
    while (!atomic_load(&let_go)) {
        clock_sleep_until_ns(clock_now_ns() + MS);
    }
}

static bool stall_1_10_100_ms(uint32_t worker, PoolTestPoint point) {
    (void)worker;
    (void)point;
    static const uint64_t stalls_ms[] = {1, 10, 1, 100, 1, 10};
    uint32_t number = atomic_fetch_add(&fault_dice, 1);
    if (number % 7 == 0) {
        clock_sleep_until_ns(clock_now_ns() + stalls_ms[number / 7 % 6] * MS);
    }
    return true;
}

static _Atomic uint64_t stall_ns;

static bool stall_each_job_until_let_go(uint32_t worker, PoolTestPoint point) {
    (void)worker;
    if (point == POOL_TEST_CLAIMED && !atomic_load(&let_go)) {
        clock_sleep_until_ns(clock_now_ns() + atomic_load(&stall_ns));
    }
    return true;
}

static bool hang_in_claim(uint32_t worker, PoolTestPoint point) {
    if (worker == 1 && point == POOL_TEST_CLAIMED) {
        hang_until_let_go();
    }
    return true;
}

static bool hang_before_publish(uint32_t worker, PoolTestPoint point) {
    (void)worker;
    if (point == POOL_TEST_RENDERED) {
        hang_until_let_go();
    }
    return true;
}

static bool end_thread(uint32_t worker, PoolTestPoint point) {
    (void)point;
    return worker != 1 && atomic_fetch_add(&fault_dice, 1) < 5;
}

// Runs until the workers have got something to do, so that a fault that needs them has happened.
static bool run_until_rescued(Chain *chain, uint64_t rescues) {
    uint64_t end_ns = clock_now_ns() + LIMIT_MS * MS;
    while (rescues_of(chain->pool) < rescues && clock_now_ns() < end_ns) {
        if (!chain_run_all(chain, 10)) {
            return false;
        }
    }
    return rescues_of(chain->pool) >= rescues;
}

Test(pool, every_batch_advances_exactly_once_with_1_to_8_workers_in_every_wait_mode) {
    for (uint32_t workers = 1; workers <= 8; workers++) {
        for (int wait = 0; wait < WAIT_MODE_COUNT; wait++) {
            PoolConfig config = sharing(workers, (WaitMode)wait);
            Chain *chain = chain_create(&config, BATCHES);
            chain->work_ns = WORK_NS;
            cr_assert_eq((int)pool_test_wait, wait);
            cr_assert(chain_run_all(chain, 200), "%u workers, wait mode %d", workers, wait);
            cr_assert(chain_destroy(chain));
        }
    }
}

Test(pool, sixty_four_workers_take_turns_on_few_cores) {
    PoolConfig config = sharing(64, WAIT_PREDICT);
    Chain *chain = chain_create(&config, 200);
    chain->work_ns = WORK_NS;
    cr_assert_eq(pool_workers(chain->pool), 64);
    cr_assert(chain_run_all(chain, 100));
    cr_assert(chain_destroy(chain));
}

Test(pool, runs_any_subset_of_the_batches) {
    PoolConfig config = sharing(3, WAIT_PREDICT);
    Chain *chain = chain_create(&config, BATCHES);
    uint32_t random = 1;
    for (int run = 0; run < 2000; run++) {
        uint32_t batches[BATCHES];
        uint32_t count = 0;
        for (uint32_t batch = 0; batch < BATCHES; batch++) {
            random = random * 1664525u + 1013904223u;
            if (random >> 31) {
                batches[count++] = batch;
            }
        }
        cr_assert(chain_run(chain, batches, count, 0));
    }
    cr_assert(chain_destroy(chain));
}

Test(pool, workers_do_their_share_and_figures_count_it) {
    PoolConfig config = sharing(2, WAIT_PREDICT);
    Chain *chain = chain_create(&config, BATCHES);
    chain->work_ns = 20000;
    uint64_t end_ns = clock_now_ns() + LIMIT_MS * MS;
    uint32_t runs = 0;
    for (; (runs < 200 || figures_of(chain->pool, 1).batches == 0) && clock_now_ns() < end_ns; runs++) {
        cr_assert(chain_run_all(chain, 1));
    }
    // A worker adds its figures after its run, so they may come a little later.
    WorkerFigures own, other;
    do {
        own = figures_of(chain->pool, 0);
        other = figures_of(chain->pool, 1);
    } while (own.batches + other.batches + rescues_of(chain->pool) != runs * BATCHES &&
             clock_now_ns() < end_ns);
    cr_assert_eq(own.batches + other.batches + rescues_of(chain->pool), runs * BATCHES);
    cr_assert_gt(own.busy_ns, 0);
    cr_assert_gt(other.batches, 0);
    cr_assert_gt(other.busy_ns, 0);
    cr_assert(chain_destroy(chain));
}

Test(pool, first_touch_places_every_batch_once) {
    for (uint32_t workers = 1; workers <= 5; workers++) {
        PoolConfig config = sharing(workers, WAIT_PREDICT);
        Chain *chain = chain_create(&config, BATCHES);
        cr_assert_eq(atomic_load(&chain->touched), BATCHES);
        cr_assert(chain_destroy(chain));
    }
}

Test(pool, starts_and_stops_at_any_moment) {
    for (uint32_t i = 0; i < 300; i++) {
        PoolConfig config = sharing(1 + i % 5, (WaitMode)(i % WAIT_MODE_COUNT));
        Chain *chain = chain_create(&config, BATCHES);
        if (i % 3 == 0) {
            pool_match_audio_thread(chain->pool, (ThreadPriority){THREAD_CLASS_NORMAL, 0});
        }
        cr_assert(chain_run_all(chain, i % 4));
        cr_assert(chain_destroy(chain));
    }
}

Test(pool, stalls_of_1_10_and_100_ms_change_nothing) {
    pool_test_hook = stall_1_10_100_ms;
    for (int wait = 0; wait < WAIT_MODE_COUNT; wait++) {
        PoolConfig config = sharing(2 + (uint32_t)wait, (WaitMode)wait);
        Chain *chain = chain_create(&config, BATCHES);
        chain->work_ns = WORK_NS;
        cr_assert_eq((int)pool_test_wait, wait);
        cr_assert(run_until_rescued(chain, 6));
        cr_assert(chain_run_all(chain, 500));
        cr_assert(chain_destroy(chain));
    }
}

Test(pool, a_worker_that_hangs_for_ever_costs_one_rescue) {
    pool_test_hook = hang_in_claim;
    PoolConfig config = sharing(2, WAIT_PREDICT);
    Chain *chain = chain_create(&config, BATCHES);
    chain->work_ns = WORK_NS;
    cr_assert(run_until_rescued(chain, 1));
    cr_assert(chain_run_all(chain, 1000));
    cr_assert_eq(rescues_of(chain->pool), 1);
    atomic_store(&let_go, true);
    cr_assert(chain_destroy(chain));
}

Test(pool, all_workers_hanging_before_they_publish_lose_to_the_audio_thread) {
    pool_test_hook = hang_before_publish;
    PoolConfig config = sharing(6, WAIT_PREDICT);
    Chain *chain = chain_create(&config, BATCHES);
    chain->work_ns = WORK_NS;
    cr_assert(run_until_rescued(chain, 5));
    cr_assert(chain_run_all(chain, 200));
    atomic_store(&let_go, true); // all come back at once, with results that no longer count
    cr_assert(chain_run_all(chain, 2000));
    cr_assert(chain_destroy(chain));
}

Test(pool, threads_that_end_in_the_middle_of_a_batch_change_nothing) {
    pool_test_hook = end_thread;
    PoolConfig config = sharing(4, WAIT_PREDICT);
    Chain *chain = chain_create(&config, BATCHES);
    chain->work_ns = WORK_NS;
    cr_assert(run_until_rescued(chain, 2));
    cr_assert(chain_run_all(chain, 1000));
    cr_assert(chain_destroy(chain));
}

Test(pool, a_run_does_not_wait_for_a_stopped_worker) {
    pool_test_hook = hang_in_claim;
    PoolConfig config = sharing(2, WAIT_PREDICT);
    Chain *chain = chain_create(&config, BATCHES);
    chain->work_ns = WORK_NS;
    uint64_t worst_ns = 0;
    uint64_t end_ns = clock_now_ns() + 30000 * MS;
    while (rescues_of(chain->pool) == 0 && clock_now_ns() < end_ns) {
        uint64_t start_ns = clock_now_ns();
        cr_assert(chain_run_all(chain, 1));
        uint64_t run_ns = clock_now_ns() - start_ns;
        worst_ns = run_ns > worst_ns ? run_ns : worst_ns;
    }
    cr_assert_eq(rescues_of(chain->pool), 1);
    // Some 60 us of work; the bound only tells a bounded wait from one that ends with the worker, on any
    // loaded machine.
    cr_assert_lt(worst_ns, 5000 * MS);
    atomic_store(&let_go, true);
    cr_assert(chain_destroy(chain));
}

// Long ones are away for many runs between two strikes.
static void play_repeated_straggler(uint64_t stall) {
    pool_test_hook = stall_each_job_until_let_go;
    atomic_store(&stall_ns, stall);
    atomic_store(&let_go, false);
    PoolConfig config = sharing(2, WAIT_PREDICT);
    Chain *chain = chain_create(&config, BATCHES);
    chain->work_ns = 20000;
    uint64_t end_ns = clock_now_ns() + LIMIT_MS * MS;
    while (!figures_of(chain->pool, 1).set_aside && clock_now_ns() < end_ns) {
        cr_assert(chain_run_all(chain, 1));
    }
    cr_assert(figures_of(chain->pool, 1).set_aside);
    atomic_store(&let_go, true);
    end_ns = clock_now_ns() + LIMIT_MS * MS;
    uint64_t batches = figures_of(chain->pool, 1).batches;
    while ((figures_of(chain->pool, 1).set_aside || figures_of(chain->pool, 1).batches == batches) &&
           clock_now_ns() < end_ns) {
        cr_assert(chain_run_all(chain, 1));
        clock_sleep_until_ns(clock_now_ns() + MS);
    }
    cr_assert(!figures_of(chain->pool, 1).set_aside);
    cr_assert_gt(figures_of(chain->pool, 1).batches, batches);
    cr_assert(chain_destroy(chain));
}

Test(pool, a_repeated_straggler_is_set_aside_and_comes_back) {
    play_repeated_straggler(MS);
    play_repeated_straggler(50 * MS);
}

Test(pool, stopping_with_a_worker_that_never_returns_says_so) {
    pool_test_hook = hang_in_claim;
    PoolConfig config = sharing(2, WAIT_PREDICT);
    Chain *chain = chain_create(&config, BATCHES);
    chain->work_ns = WORK_NS;
    cr_assert(run_until_rescued(chain, 1));
    Error error = {0};
    cr_assert_not(pool_destroy(chain->pool, &error));
    cr_assert_gt(strlen(error.text), 0);
    atomic_store(&let_go, true);
    cr_assert(chain_destroy(chain), "a second try finds that it has returned");
}

Test(pool, refused_threads_mean_fewer_workers_and_a_notice) {
    pool_test_threads_granted = 2;
    PoolConfig config = sharing(8, WAIT_PREDICT);
    Chain *chain = chain_create(&config, BATCHES);
    Error notice = {0};
    cr_assert_eq(pool_workers(chain->pool), 3);
    cr_assert(pool_notice(chain->pool, &notice));
    cr_assert_not_null(strstr(notice.text, "3 of 8"), "%s", notice.text);
    cr_assert(chain_run_all(chain, 500));
    cr_assert(chain_destroy(chain));
}

Test(pool, no_thread_at_all_still_renders) {
    pool_test_threads_granted = 0;
    PoolConfig config = {.workers = 4};
    Chain *chain = chain_create(&config, BATCHES);
    cr_assert_eq(pool_workers(chain->pool), 1);
    cr_assert(chain_run_all(chain, 100));
    cr_assert(chain_destroy(chain));
}

Test(pool, impossible_numbers_are_refused_with_a_reason) {
    Error error = {0};
    PoolConfig config = {.workers = POOL_WORKERS_MAX + 1};
    cr_assert_null(pool_create(&config, 1, &error));
    cr_assert_not_null(strstr(error.text, "65"), "%s", error.text);
    config.workers = 1;
    cr_assert_null(pool_create(&config, 0, &error));
    cr_assert_null(pool_create(&config, POOL_BATCHES_MAX + 1, &error));
    cr_assert(pool_destroy(NULL, NULL));
}

Test(pool, more_workers_than_cores_park_and_a_notice_says_so) {
    Error error = {0};
    Topology *topology = topology_create(&error);
    cr_assert_not_null(topology, "%s", error.text);
    bool enough = topology->core_count >= POOL_WORKERS_MAX;
    topology_destroy(topology);
    if (enough) {
        cr_skip_test("this machine has a core for each of the most workers");
    }
    pool_test_keep_wait = false;
    PoolConfig config = sharing(POOL_WORKERS_MAX, WAIT_SPIN);
    Pool *pool = pool_create(&config, 4, &error);
    cr_assert_not_null(pool, "%s", error.text);
    cr_assert_eq(pool_workers(pool), POOL_WORKERS_MAX);
    cr_assert_eq(pool_test_wait, WAIT_PARK);
    cr_assert(pool_notice(pool, &error));
    cr_assert(pool_destroy(pool, &error));
}

Test(pool, callbacks_with_a_clock_keep_every_result_in_every_wait_mode) {
    for (int wait = 0; wait < WAIT_MODE_COUNT; wait++) {
        PoolConfig config = sharing(2, (WaitMode)wait);
        Chain *chain = chain_create(&config, BATCHES);
        chain->work_ns = 20000;
        pool_adopt_audio_thread(chain->pool);
        pool_match_audio_thread(chain->pool, (ThreadPriority){THREAD_CLASS_NORMAL, 0});
        cr_assert_eq((int)pool_test_wait, wait);
        uint64_t end_ns = clock_now_ns() + LIMIT_MS * MS;
        for (int callback = 0; callback < 200 || figures_of(chain->pool, 1).batches == 0; callback++) {
            cr_assert_lt(clock_now_ns(), end_ns, "no batch by worker 1 in wait mode %d", wait);
            uint64_t start_ns = clock_now_ns();
            pool_callback_begin(chain->pool, start_ns, 2 * MS);
            cr_assert(chain_run_all(chain, 2));
            pool_callback_end(chain->pool);
            clock_sleep_until_ns(start_ns + 2 * MS);
        }
        cr_assert(chain_destroy(chain));
    }
}

Test(pool, adapting_keeps_every_result) {
    PoolConfig config = {.workers = 3, .pin = PIN_ON};
    Chain *chain = chain_create(&config, BATCHES);
    for (uint32_t round = 0; round < 30; round++) {
        chain->work_ns = round % 3 * 4000;
        cr_assert(chain_run_all(chain, 100));
    }
    cr_assert_gt(figures_of(chain->pool, 0).batches, 0);
    cr_assert(chain_destroy(chain));
}

// Keeps the thread busy for as long as `user` says.
RT static void stay_busy(void *user, const PoolJob *job) {
    (void)job;
    for (uint64_t end_ns = clock_now_ns() + *(const uint64_t *)user; clock_now_ns() < end_ns;) {
    }
}

Test(pool, tells_the_worst_callback_since_the_last_reading) {
    PoolConfig config = sharing(1, WAIT_PREDICT);
    Pool *pool = pool_create(&config, 1, NULL);
    uint64_t busy_ns = 0;
    cr_assert(pool_start(pool, &(PoolClient){.user = &busy_ns, .render = stay_busy}, NULL));
    for (int callback = 0; callback < 20; callback++) {
        busy_ns = callback == 10 ? 5 * MS : 0;
        pool_callback_begin(pool, clock_now_ns(), MS);
        pool_run(pool, &(uint32_t){0}, 1, 1, 0);
        pool_callback_end(pool);
    }
    cr_assert_geq(figures_of(pool, 0).worst_busy_ns, 5 * MS);
    cr_assert_eq(figures_of(pool, 0).worst_busy_ns, 0);
    cr_assert(pool_destroy(pool, NULL));
}

Test(pool, tells_whether_the_audio_thread_is_real_time) {
    PoolConfig config = sharing(1, WAIT_PREDICT);
    Pool *pool = pool_create(&config, 1, NULL);
    uint64_t busy_ns = 0;
    cr_assert(pool_start(pool, &(PoolClient){.user = &busy_ns, .render = stay_busy}, NULL));
    cr_assert_not(figures_of(pool, 0).realtime);
    pool_match_audio_thread(pool, (ThreadPriority){THREAD_CLASS_REALTIME, 70});
    cr_assert(figures_of(pool, 0).realtime);
    cr_assert(pool_destroy(pool, NULL));
}
