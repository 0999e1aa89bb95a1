// Two numbers of threads compared by turns won.
#include "engine/pool/pool_duel.h"

#include <criterion/criterion.h>

enum { ONE = 0, TWO = 1, CALLBACKS_MAX = 2000 };

// What a batch and frame takes in one callback, and how often a callback has runs.
typedef struct Course {
    float one_ns, two_ns;
    uint32_t interrupt_every;          // callbacks: 0 none
    float interrupted_ns;              // what a run takes then
    uint32_t runs;                     // a callback
    bool first_of_turn_is_interrupted; // as when threads sleep
} Course;

typedef struct Account {
    DuelState state;
    uint32_t callbacks; // until it ended
    uint32_t tried;     // callbacks with the level tried
    float loss;
} Account;

static Account fight(const Course *course, uint32_t usual, uint32_t tried) {
    Duel duel;
    Account account = {.state = DUEL_GOES_ON};
    duel_start(&duel, usual, tried, 0);
    for (uint32_t callback = 0; account.state == DUEL_GOES_ON && callback < CALLBACKS_MAX; callback++) {
        uint32_t level = ONE;
        for (uint32_t run = 0; run < course->runs && account.state == DUEL_GOES_ON; run++) {
            account.state = duel_advance(&duel, callback);
            level = duel_level(&duel);
            bool interrupted = (course->interrupt_every > 0 && callback % course->interrupt_every == 0) ||
                               (course->first_of_turn_is_interrupted && callback % 2 == 0);
            if (account.state == DUEL_GOES_ON) {
                duel_note(&duel, interrupted    ? course->interrupted_ns
                                 : level == TWO ? course->two_ns
                                                : course->one_ns);
            }
        }
        account.tried += level == tried;
        account.callbacks++;
    }
    account.loss = duel.loss;
    cr_assert(duel.on == (account.state == DUEL_GOES_ON));
    return account;
}

Test(pool_duel, the_faster_level_wins) {
    Course course = {.one_ns = 100.0f, .two_ns = 60.0f, .runs = 2};
    cr_assert_eq(fight(&course, ONE, TWO).state, DUEL_WON);
    cr_assert_eq(fight(&course, TWO, ONE).state, DUEL_LOST);
    course.two_ns = 140.0f;
    cr_assert_eq(fight(&course, ONE, TWO).state, DUEL_LOST);
    cr_assert_eq(fight(&course, TWO, ONE).state, DUEL_WON);
}

Test(pool_duel, levels_take_turns_of_two_callbacks) {
    Duel duel;
    duel_start(&duel, ONE, TWO, 7);
    static const uint32_t LEVELS[] = {ONE, ONE, TWO, TWO, ONE, ONE, TWO, TWO};
    for (uint32_t callback = 0; callback < sizeof LEVELS / sizeof LEVELS[0]; callback++) {
        for (int run = 0; run < 3; run++) {
            cr_assert_eq(duel_advance(&duel, 7 + callback), DUEL_GOES_ON);
            cr_assert_eq(duel_level(&duel), LEVELS[callback], "callback %u", callback);
            cr_assert_eq(duel_is_trying(&duel), LEVELS[callback] == TWO);
            cr_assert_eq(duel_counts(&duel), callback % 2 == 1);
        }
    }
}

Test(pool_duel, the_first_callback_of_a_turn_does_not_count) {
    Course course = {.one_ns = 100.0f,
                     .two_ns = 60.0f,
                     .runs = 2,
                     .interrupted_ns = 10000.0f,
                     .first_of_turn_is_interrupted = true};
    Account account = fight(&course, ONE, TWO);
    cr_assert_eq(account.state, DUEL_WON);
    cr_assert_lt(account.loss, 0.0f, "time was gained");
}

Test(pool_duel, a_gain_too_small_to_tell_from_noise_is_none) {
    Course course = {.one_ns = 100.0f, .two_ns = 98.0f, .runs = 1};
    cr_assert_eq(fight(&course, ONE, TWO).state, DUEL_LOST);
}

Test(pool_duel, more_threads_need_fewer_turns_to_win_than_fewer) {
    Course two_is_faster = {.one_ns = 100.0f, .two_ns = 60.0f, .runs = 1};
    Course one_is_faster = {.one_ns = 60.0f, .two_ns = 100.0f, .runs = 1};
    Account more = fight(&two_is_faster, ONE, TWO);
    Account fewer = fight(&one_is_faster, TWO, ONE);
    cr_assert_eq(more.state, DUEL_WON);
    cr_assert_eq(fewer.state, DUEL_WON);
    cr_assert_lt(more.callbacks, fewer.callbacks);
    cr_assert_leq(fewer.callbacks, 32, "%u callbacks", fewer.callbacks);
}

Test(pool_duel, one_interruption_decides_nothing) {
    Course course = {.one_ns = 100.0f,
                     .two_ns = 60.0f,
                     .runs = 1,
                     .interrupt_every = 15, // the odd one of a turn of two threads is met, once
                     .interrupted_ns = 1e9f};
    Account account = fight(&course, ONE, TWO);
    cr_assert_gt(account.callbacks, 15, "it was interrupted");
    cr_assert_eq(account.state, DUEL_WON);
    cr_assert_lt(account.loss, 2.0f, "what it took is not taken at its word: %f", (double)account.loss);
}

Test(pool_duel, what_it_lost_is_told_in_runs) {
    Course course = {.one_ns = 100.0f, .two_ns = 150.0f, .runs = 1};
    Account account = fight(&course, ONE, TWO);
    // Half a run more in each callback with two threads.
    cr_assert_float_eq(account.loss, 0.5f * (float)account.tried, 1e-3f, "%f of %u", (double)account.loss,
                       account.tried);
}

Test(pool_duel, one_that_stays_even_ends_without_a_winner) {
    Duel duel;
    duel_start(&duel, ONE, TWO, 0);
    DuelState state = DUEL_GOES_ON;
    uint32_t callback = 0;
    for (; state == DUEL_GOES_ON && callback < CALLBACKS_MAX; callback++) {
        state = duel_advance(&duel, callback);
        bool two_wins = callback / 4 % 2 == 1; // rounds won and lost in turn
        duel_note(&duel, duel_is_trying(&duel) == two_wins ? 50.0f : 100.0f);
    }
    cr_assert_eq(state, DUEL_LOST);
    cr_assert_geq(callback, 200, "it had its time");
    cr_assert_leq(callback, 300, "%u callbacks", callback);
}

Test(pool_duel, a_round_in_which_one_level_had_no_run_has_no_winner) {
    Duel duel;
    duel_start(&duel, ONE, TWO, 0);
    int32_t lead = duel.lead;
    for (uint32_t callback = 1; callback <= 40; callback++) {
        cr_assert_eq(duel_advance(&duel, callback), DUEL_GOES_ON);
        if (duel_is_trying(&duel)) {
            duel_note(&duel, 1.0f);
        }
    }
    cr_assert_eq(duel.lead, lead);
}

Test(pool_duel, one_that_is_stopped_is_off) {
    Duel duel;
    duel_start(&duel, ONE, TWO, 0);
    cr_assert(duel.on);
    duel_stop(&duel);
    cr_assert_not(duel.on);
}
