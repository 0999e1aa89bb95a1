// When quality and voices are shed, how many, and when the quality comes back.
#include "engine/overload.h"

#include <criterion/criterion.h>

enum { HAD_NS = 2666667, VOICES = 100 };

// In draft by choice, so that voices are all that can go.
static uint32_t block(Overload *overload, double share) {
    return overload_shed(overload, (uint64_t)(share * HAD_NS), HAD_NS, VOICES, false);
}

static uint32_t live_block(Overload *overload, double share) {
    return overload_shed(overload, (uint64_t)(share * HAD_NS), HAD_NS, VOICES, true);
}

static Overload lowered(void) {
    Overload overload = {0};
    for (int i = 0; i < 2; i++) {
        cr_assert_eq(live_block(&overload, 1.0), 0);
    }
    cr_assert(overload.lowered);
    return overload;
}

Test(overload, nothing_goes_while_there_is_room) {
    Overload overload = {0};
    for (int i = 0; i < 1000; i++) {
        cr_assert_eq(block(&overload, 0.84), 0);
    }
}

Test(overload, one_heavy_block_is_an_interruption) {
    Overload overload = {0};
    for (int i = 0; i < 100; i++) {
        cr_assert_eq(block(&overload, 3.0), 0);
        cr_assert_eq(block(&overload, 0.5), 0);
    }
}

Test(overload, two_heavy_blocks_shed_what_brings_the_load_below) {
    Overload overload = {0};
    cr_assert_eq(block(&overload, 1.0), 0);
    uint32_t gone = block(&overload, 1.0);
    cr_assert(gone >= 25 && gone <= 27, "%u", gone);
}

Test(overload, what_was_shed_is_given_time_to_fade) {
    Overload overload = {0};
    block(&overload, 1.0);
    cr_assert_gt(block(&overload, 1.0), 0);
    for (int i = 0; i < 3; i++) {
        cr_assert_eq(block(&overload, 1.0), 0);
    }
}

Test(overload, without_a_deadline_nothing_goes) {
    Overload overload = {0};
    for (int i = 0; i < 10; i++) {
        cr_assert_eq(overload_shed(&overload, 1000000000, 0, VOICES, true), 0);
        cr_assert_not(overload.lowered);
    }
}

Test(overload, quality_goes_before_any_voice) {
    Overload overload = lowered();
    for (int i = 0; i < 1000; i++) {
        cr_assert_eq(live_block(&overload, 0.8), 0);
        cr_assert(overload.lowered);
    }
}

Test(overload, voices_go_when_draft_is_not_enough) {
    Overload overload = lowered();
    uint32_t gone = 0;
    for (int i = 0; i < 10; i++) {
        gone += live_block(&overload, 1.0);
    }
    cr_assert_gt(gone, 0);
    cr_assert(overload.lowered);
}

Test(overload, quality_comes_back_after_seconds_of_calm) {
    Overload overload = lowered();
    int calm = 0;
    for (; calm < 10000 && overload.lowered; calm++) {
        live_block(&overload, 0.49);
    }
    double seconds = calm * (double)HAD_NS / 1e9;
    cr_assert(seconds > 4.9 && seconds < 5.1, "%g s", seconds);
}

Test(overload, quality_stays_low_while_there_is_no_room_for_more) {
    Overload overload = lowered();
    for (int i = 0; i < 10000; i++) {
        live_block(&overload, 0.51);
    }
    cr_assert(overload.lowered);
}

Test(overload, one_interruption_does_not_end_the_calm) {
    Overload overload = lowered();
    for (int i = 0; i < 5000 && overload.lowered; i++) {
        live_block(&overload, i % 1000 == 999 ? 3.0 : 0.3);
    }
    cr_assert_not(overload.lowered);
}

Test(overload, draft_by_choice_is_not_lowered) {
    Overload overload = lowered();
    block(&overload, 0.1);
    cr_assert_not(overload.lowered);
}
