// What many measurements come down to.
#include "app/bench/statistics.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>

Test(bench_statistics, percentiles_are_samples_by_rank) {
    double samples[2000];
    for (int i = 0; i < 2000; i++) {
        samples[i] = (i * 7 + 3) % 2000 + 1; // each of 1..2000 once, out of order
    }
    Statistics found = statistics_of(samples, 2000);
    cr_expect_eq(found.best, 1);
    cr_expect_eq(found.median, 1000);
    cr_expect_eq(found.p99, 1980);
    cr_expect_eq(found.p999, 1998);
    cr_expect_eq(found.worst, 2000);
}

Test(bench_statistics, one_sample_is_all_of_them) {
    double sample = 4;
    Statistics found = statistics_of(&sample, 1);
    cr_expect_eq(found.best, 4);
    cr_expect_eq(found.median, 4);
    cr_expect_eq(found.p999, 4);
    cr_expect_eq(found.worst, 4);
}

Test(bench_statistics, without_samples_nothing_is_known) {
    Statistics found = statistics_of(NULL, 0);
    cr_expect(isnan(found.best) && isnan(found.median) && isnan(found.p99) && isnan(found.worst));
}

Test(bench_statistics, few_samples_have_their_worst_as_high_percentiles) {
    double samples[] = {5, 1, 3};
    Statistics found = statistics_of(samples, 3);
    cr_expect_eq(found.median, 3);
    cr_expect_eq(found.p99, 5);
    cr_expect_eq(found.p999, 5);
}

Test(bench_statistics, a_drifting_machine_leaves_the_ratio_alone) {
    double slow[9];
    double fast[9];
    for (int i = 0; i < 9; i++) {
        fast[i] = 100 << i; // twice as slow in each round
        slow[i] = fast[i] * 3;
    }
    fast[4] = 1; // and one round is disturbed
    cr_expect_eq(statistics_median_ratio(slow, fast, 9), 3);
    cr_expect_eq(fast[8], 25600, "the samples stay in order");
}
