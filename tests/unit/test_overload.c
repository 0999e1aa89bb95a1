// When voices are shed, and how many.
#include "engine/overload.h"

#include <criterion/criterion.h>

enum { HAD_NS = 2666667, VOICES = 100 };

static uint32_t block(Overload *overload, double share) {
    return overload_shed(overload, (uint64_t)(share * HAD_NS), HAD_NS, VOICES);
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
        cr_assert_eq(overload_shed(&overload, 1000000000, 0, VOICES), 0);
    }
}
