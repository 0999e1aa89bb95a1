// When the next callback is expected.
#include "engine/pool/pool_rhythm.h"

#include <criterion/criterion.h>

static const uint64_t PERIOD_NS = 2666667;

static int64_t expected(const RhythmWords *words) {
    return (int64_t)atomic_load(&words->expected_ns);
}

static void call(Rhythm *rhythm, RhythmWords *words, uint64_t now_ns, uint64_t period_ns) {
    rhythm_begin(rhythm, now_ns, period_ns);
    rhythm_end(rhythm, words, 2);
}

Test(pool_rhythm, even_callbacks_are_predicted_exactly) {
    Rhythm rhythm = {0};
    RhythmWords words = {0};
    uint64_t now_ns = 1000000000;
    for (int i = 0; i < 10; i++, now_ns += PERIOD_NS) {
        call(&rhythm, &words, now_ns, PERIOD_NS);
    }
    cr_assert_eq(expected(&words), (int64_t)now_ns);
    cr_assert_eq(rhythm.jitter_ns, 0);
}

Test(pool_rhythm, one_late_callback_hardly_moves_the_next) {
    Rhythm rhythm = {0};
    RhythmWords words = {0};
    uint64_t now_ns = 1000000000;
    for (int i = 0; i < 10; i++, now_ns += PERIOD_NS) {
        call(&rhythm, &words, now_ns, PERIOD_NS);
    }
    call(&rhythm, &words, now_ns + 400000, PERIOD_NS);
    int64_t moved_ns = expected(&words) - (int64_t)(now_ns + PERIOD_NS);
    cr_assert_gt(moved_ns, 0);
    cr_assert_lt(moved_ns, 100000);
}

Test(pool_rhythm, a_clock_that_differs_a_little_is_followed) {
    Rhythm rhythm = {0};
    RhythmWords words = {0};
    uint64_t now_ns = 1000000000;
    uint64_t actual_ns = PERIOD_NS + PERIOD_NS / 1000; // the card is 1000 ppm slow
    for (int i = 0; i < 1000; i++, now_ns += actual_ns) {
        call(&rhythm, &words, now_ns, PERIOD_NS);
    }
    int64_t error_ns = (int64_t)now_ns - expected(&words);
    cr_assert_lt(error_ns < 0 ? -error_ns : error_ns, 30000);
}

Test(pool_rhythm, after_a_gap_it_begins_anew) {
    Rhythm rhythm = {0};
    RhythmWords words = {0};
    call(&rhythm, &words, 1000000000, PERIOD_NS);
    call(&rhythm, &words, 9000000000, PERIOD_NS);
    cr_assert_eq(expected(&words), (int64_t)(9000000000 + PERIOD_NS));
}

Test(pool_rhythm, jitter_widens_the_lead_up_to_a_small_share_of_the_period) {
    Rhythm rhythm = {0};
    RhythmWords words = {0};
    uint64_t now_ns = 1000000000;
    call(&rhythm, &words, now_ns, PERIOD_NS);
    uint64_t calm_ns = atomic_load(&words.lead_ns);
    for (int i = 0; i < 200; i++) {
        now_ns += PERIOD_NS;
        call(&rhythm, &words, now_ns + (i % 2 ? 300000 : 0), PERIOD_NS);
    }
    uint64_t nervous_ns = atomic_load(&words.lead_ns);
    cr_assert_gt(nervous_ns, calm_ns);
    cr_assert_leq(nervous_ns, PERIOD_NS / 20);
}

Test(pool_rhythm, without_a_clock_there_is_no_lead) {
    Rhythm rhythm = {0};
    RhythmWords words = {0};
    call(&rhythm, &words, 1000000000, 0);
    cr_assert_eq(atomic_load(&words.lead_ns), 0);
    cr_assert_eq(atomic_load(&words.threads), 2);
}
