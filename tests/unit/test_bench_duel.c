// Engines against each other.
#include "app/bench/duel.h"

#include <criterion/criterion.h>
#include <math.h>

// Without time there is one round, and with it one ratio.
static DuelOutcome fight(bool ceiling, uint32_t lanes) {
    const DuelPlan plan = {
        .one_simd = SIMD_AUTO, .lanes = lanes, .frames = 64, .workers = 2, .ceiling = ceiling};
    DuelOutcome outcome = {0};
    Error error = {""};
    cr_assert(duel(&plan, &outcome, &error), "%s", error.text);
    return outcome;
}

Test(bench_duel, the_share_of_the_ceiling_is_the_gain_over_that_of_independent_threads) {
    DuelOutcome outcome = fight(true, 32);
    cr_expect(outcome.one_us > 0 && outcome.other_us > 0 && outcome.ceiling > 0);
    cr_expect_float_eq(outcome.times, outcome.one_us / outcome.other_us, 1e-9);
    cr_expect_float_eq(outcome.share, outcome.times / outcome.ceiling, 1e-9);
}

Test(bench_duel, there_is_no_ceiling_unless_it_is_asked_for_and_each_thread_has_a_lane) {
    cr_expect(isnan(fight(false, 32).ceiling));
    cr_expect(isnan(fight(true, 1).share));
}

Test(bench_duel, of_several_the_middle_one_counts) {
    const DuelPlan plan = {.one_simd = SIMD_AUTO, .lanes = 4, .frames = 64, .workers = 2, .seconds = 0.05};
    DuelOutcome outcome = {0};
    Error error = {""};
    cr_assert(duel_often(&plan, &outcome, &error), "%s", error.text);
    cr_expect(outcome.times > 0);
}
