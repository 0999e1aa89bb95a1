// Workers and the workgroup of the device that plays: each joins by itself, and leaves before its stream or
// its thread ends. The workgroup is a counting one, linked in place of the system's.
#include "platform/workgroup.h"

#include "engine/pool/pool_testing.h"
#include "platform/clock.h"
#include "tests/support/chain.h"

#include <criterion/criterion.h>
#include <stdatomic.h>

enum { BATCHES = 24, HELPERS = 3 };
static const uint64_t MS = 1000000;
static const uint64_t LIMIT_NS = 5000000000;

struct Workgroup {
    _Atomic uint32_t members;
    _Atomic uint64_t threads; // sum of their numbers
    _Atomic uint32_t refused;
    bool full;
    bool gone;
    bool gone_with_members;
};

Workgroup *workgroup_create(uint32_t device, uint64_t period_ns) {
    (void)device, (void)period_ns;
    return NULL;
}

void workgroup_destroy(Workgroup *group) {
    if (group) {
        group->gone = true;
        group->gone_with_members = atomic_load(&group->members) > 0;
    }
}

bool workgroup_join(Workgroup *group, WorkgroupMember *member, ThreadGrant *grant, Error *error) {
    (void)grant;
    if (group && (group->full || atomic_load(&group->members) == HELPERS)) {
        atomic_fetch_add(&group->refused, 1);
        error_set(error, "the workgroup is full");
        return false;
    }
    member->group = group;
    member->registered = group != NULL;
    if (group) {
        atomic_fetch_add(&group->members, 1);
        atomic_fetch_add(&group->threads, thread_self_id());
    }
    return true;
}

void workgroup_leave(WorkgroupMember *member) {
    if (member->group) {
        atomic_fetch_sub(&member->group->members, 1);
        atomic_fetch_sub(&member->group->threads, thread_self_id());
    }
    *member = (WorkgroupMember){.group = NULL};
}

static Chain *create(uint32_t helpers) {
    PoolConfig config = {.workers = 1 + helpers, .wait = WAIT_PREDICT, .pin = PIN_OFF, .share_always = true};
    return chain_create(&config, BATCHES);
}

static void await_members(Workgroup *group, uint32_t members) {
    uint64_t end_ns = clock_now_ns() + LIMIT_NS;
    while (atomic_load(&group->members) != members && clock_now_ns() < end_ns) {
        clock_sleep_until_ns(clock_now_ns() + MS);
    }
    cr_assert_eq(atomic_load(&group->members), members);
}

// How many workers say that they are in the workgroup.
static uint32_t said(Pool *pool) {
    WorkerFigures figures[POOL_WORKERS_MAX];
    uint32_t workers;
    uint64_t rescues;
    uint32_t count = 0;
    pool_figures(pool, figures, &workers, &rescues);
    for (uint32_t i = 0; i < workers; i++) {
        count += figures[i].in_workgroup;
    }
    return count;
}

static void await_said(Pool *pool, uint32_t count) {
    uint64_t end_ns = clock_now_ns() + LIMIT_NS;
    while (said(pool) != count && clock_now_ns() < end_ns) {
        clock_sleep_until_ns(clock_now_ns() + MS);
    }
    cr_assert_eq(said(pool), count);
}

Test(pool_workgroup, each_worker_joins_and_none_is_in_when_leaving_returns) {
    Chain *chain = create(HELPERS);
    for (int stream = 0; stream < 100; stream++) {
        Workgroup group = {0};
        pool_join_workgroup(chain->pool, &group);
        if (stream % 2 == 0) {
            await_members(&group, HELPERS);
        }
        if (stream == 0) {
            await_said(chain->pool, HELPERS);
        }
        cr_assert(chain_run_all(chain, 2));
        cr_assert_not(group.gone);
        cr_assert(pool_leave_workgroup(chain->pool));
        cr_assert(group.gone);
        cr_assert_eq(said(chain->pool), 0);
        cr_assert_not(group.gone_with_members);
        cr_assert_eq(atomic_load(&group.threads), 0, "who joins is who leaves");
    }
    cr_assert(chain_destroy(chain));
}

Test(pool_workgroup, the_next_one_replaces_the_one_before) {
    Chain *chain = create(HELPERS);
    Workgroup first = {0};
    Workgroup second = {0};
    pool_join_workgroup(chain->pool, &first);
    await_members(&first, HELPERS);
    pool_join_workgroup(chain->pool, &second);
    cr_assert(first.gone && !first.gone_with_members);
    await_members(&second, HELPERS);
    pool_join_workgroup(chain->pool, NULL);
    cr_assert(second.gone && !second.gone_with_members);
    cr_assert(chain_destroy(chain));
}

Test(pool_workgroup, new_orders_leave_each_worker_in_it_once) {
    Chain *chain = create(HELPERS);
    Workgroup group = {0};
    pool_join_workgroup(chain->pool, &group);
    for (int i = 0; i < 20; i++) {
        pool_match_audio_thread(chain->pool, thread_priority());
        cr_assert(chain_run_all(chain, 1));
    }
    await_members(&group, HELPERS);
    cr_assert(pool_leave_workgroup(chain->pool));
    cr_assert_eq(atomic_load(&group.refused), 0);
    cr_assert(chain_destroy(chain));
}

Test(pool_workgroup, all_have_left_when_the_pool_is_gone) {
    Chain *chain = create(HELPERS);
    Workgroup group = {0};
    pool_join_workgroup(chain->pool, &group);
    await_members(&group, HELPERS);
    cr_assert(chain_destroy(chain));
    cr_assert(group.gone);
    cr_assert_not(group.gone_with_members);
}

Test(pool_workgroup, a_refusal_is_told) {
    Chain *chain = create(1);
    Error notice = {.text = ""};
    if (pool_notice(chain->pool, &notice)) {
        cr_skip_test("%s", notice.text); // one core: that is told first
    }
    Workgroup group = {.full = true};
    pool_join_workgroup(chain->pool, &group);
    uint64_t end_ns = clock_now_ns() + LIMIT_NS;
    while (!pool_notice(chain->pool, &notice) && clock_now_ns() < end_ns) {
        clock_sleep_until_ns(clock_now_ns() + MS);
    }
    cr_assert_str_eq(notice.text, "the workgroup is full");
    cr_assert(chain_destroy(chain));
}

static _Atomic bool hangs;
static _Atomic bool let_go;

static bool hang_once(uint32_t worker, PoolTestPoint point) {
    if (worker == 1 && point == POOL_TEST_CLAIMED) {
        atomic_store(&hangs, true);
        while (!atomic_load(&let_go)) {
            clock_sleep_until_ns(clock_now_ns() + MS);
        }
    }
    return true;
}

static void run_until_one_hangs(Chain *chain) {
    uint64_t end_ns = clock_now_ns() + LIMIT_NS;
    while (!atomic_load(&hangs) && clock_now_ns() < end_ns) {
        cr_assert(chain_run_all(chain, 1));
    }
    cr_assert(atomic_load(&hangs));
}

Test(pool_workgroup, a_straggler_keeps_it_until_it_is_back) {
    pool_test_hook = hang_once;
    Chain *chain = create(HELPERS);
    Workgroup group = {0};
    Workgroup next = {0};
    pool_join_workgroup(chain->pool, &group);
    await_members(&group, HELPERS);
    chain->work_ns = 20000;
    run_until_one_hangs(chain);
    cr_assert_not(pool_leave_workgroup(chain->pool));
    cr_assert_not(group.gone);
    await_members(&group, 1);
    pool_join_workgroup(chain->pool, &next);
    cr_assert(next.gone, "it is given back, not lost");
    cr_assert_not(group.gone);
    atomic_store(&let_go, true);
    await_members(&group, 0);
    cr_assert(pool_leave_workgroup(chain->pool));
    cr_assert(group.gone);
    cr_assert(chain_destroy(chain));
}

static bool end_thread(uint32_t worker, PoolTestPoint point) {
    bool ends = worker == 1 && point == POOL_TEST_CLAIMED;
    if (ends) {
        atomic_store(&hangs, true);
    }
    return !ends;
}

Test(pool_workgroup, a_thread_that_ends_leaves_first) {
    pool_test_hook = end_thread;
    Chain *chain = create(HELPERS);
    Workgroup group = {0};
    pool_join_workgroup(chain->pool, &group);
    await_members(&group, HELPERS);
    run_until_one_hangs(chain);
    await_members(&group, HELPERS - 1);
    cr_assert(pool_leave_workgroup(chain->pool));
    cr_assert(group.gone && !group.gone_with_members);
    cr_assert(chain_destroy(chain));
}
