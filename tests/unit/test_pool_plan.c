// How a worker waits between two callbacks.
#include "engine/pool/pool_plan.h"

#include <criterion/criterion.h>

enum { PERIOD_NS = 2666667, LEAD_NS = 100000, OVERSLEEP_NS = 5000, EXPECTED_NS = 1000000000 };

static PlanFacts waiting_at(uint64_t now_ns) {
    return (PlanFacts){.now_ns = now_ns,
                       .last_work_ns = EXPECTED_NS - PERIOD_NS + 20000,
                       .oversleep_ns = OVERSLEEP_NS,
                       .expected_ns = EXPECTED_NS,
                       .period_ns = PERIOD_NS,
                       .lead_ns = LEAD_NS,
                       .takes_part = true,
                       .callback_over = true};
}

static bool spins(const PlanFacts *facts) {
    return plan_wait(facts).spin_until_ns > facts->now_ns;
}

Test(pool_plan, sleeps_until_shortly_before_the_next_callback) {
    PlanFacts facts = waiting_at(EXPECTED_NS - 2000000);
    cr_assert_not(spins(&facts));
    cr_assert_eq(plan_wait(&facts).sleep_until_ns, EXPECTED_NS - LEAD_NS - OVERSLEEP_NS);
}

Test(pool_plan, is_awake_from_before_a_callback_until_well_after_its_time) {
    for (uint64_t now_ns = EXPECTED_NS - LEAD_NS; now_ns < EXPECTED_NS + LEAD_NS; now_ns += 1000) {
        PlanFacts facts = waiting_at(now_ns);
        cr_assert(spins(&facts), "%d us after its time", (int)(((int64_t)now_ns - EXPECTED_NS) / 1000));
        cr_assert_eq(plan_wait(&facts).spin_until_ns, EXPECTED_NS + LEAD_NS);
    }
}

Test(pool_plan, expects_the_one_after_a_callback_that_did_not_come) {
    PlanFacts facts = waiting_at(EXPECTED_NS + LEAD_NS);
    cr_assert_not(spins(&facts));
    cr_assert_eq(plan_wait(&facts).sleep_until_ns, EXPECTED_NS + PERIOD_NS - LEAD_NS - OVERSLEEP_NS);
    facts.now_ns += 3 * (uint64_t)PERIOD_NS;
    cr_assert_eq(plan_wait(&facts).sleep_until_ns,
                 EXPECTED_NS + 4 * (uint64_t)PERIOD_NS - LEAD_NS - OVERSLEEP_NS);
}

Test(pool_plan, stays_awake_for_the_callbacks_next_run) {
    PlanFacts facts = waiting_at(EXPECTED_NS + 50000);
    facts.last_work_ns = EXPECTED_NS + 40000;
    facts.callback_over = false;
    cr_assert(spins(&facts));
}

Test(pool_plan, sleeps_towards_the_next_callback_when_one_needs_it_no_more) {
    PlanFacts facts = waiting_at(EXPECTED_NS + 500000);
    facts.last_work_ns = EXPECTED_NS + 40000;
    facts.callback_over = false; // the audio thread still renders
    cr_assert_not(spins(&facts));
    cr_assert_eq(plan_wait(&facts).sleep_until_ns, EXPECTED_NS + PERIOD_NS - LEAD_NS - OVERSLEEP_NS);
}

Test(pool_plan, gives_a_stream_up_that_has_stopped) {
    PlanFacts facts = waiting_at(EXPECTED_NS + 100 * (uint64_t)PERIOD_NS);
    cr_assert_eq(plan_wait(&facts).sleep_until_ns, facts.now_ns + PLAN_SLEEP_NS);
}

Test(pool_plan, sleeps_when_callbacks_do_without_it) {
    PlanFacts facts = waiting_at(EXPECTED_NS - 10000);
    facts.takes_part = false;
    cr_assert_not(spins(&facts));
}

Test(pool_plan, without_a_clock_it_waits_for_more_after_each_run) {
    PlanFacts facts = waiting_at(EXPECTED_NS);
    facts.period_ns = 0;
    facts.last_work_ns = EXPECTED_NS - 10000;
    cr_assert(spins(&facts));
    facts.last_work_ns = EXPECTED_NS - 900000;
    cr_assert(spins(&facts));
    facts.last_work_ns = EXPECTED_NS - 1000000;
    cr_assert_not(spins(&facts));
    cr_assert_eq(plan_wait(&facts).sleep_until_ns, EXPECTED_NS + PLAN_SLEEP_NS);
}
