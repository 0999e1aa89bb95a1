// Which controllers are learned, which are refused, and where they put a parameter.
#include "engine/midi/controller_map.h"

#include <criterion/criterion.h>

static ControllerMap map;

static void init(void) {
    controller_map_init(&map);
}

TestSuite(controller_map, .init = init);

Test(controller_map, binds_nothing_at_first) {
    for (int param = 0; param < PARAM_COUNT; param++) {
        cr_expect(map.row[param].controller == CONTROLLER_NONE);
    }
    cr_expect(controller_map_hear(&map, 74) == CONTROLLER_PASSED);
}

Test(controller_map, learns_the_next_controller_once) {
    map.learning = PARAM_FILTER_CUTOFF;
    cr_expect(controller_map_hear(&map, 74) == CONTROLLER_LEARNED);
    cr_expect(map.learning == PARAM_COUNT);
    cr_expect(map.row[PARAM_FILTER_CUTOFF].controller == 74);
    cr_expect(controller_map_hear(&map, 75) == CONTROLLER_PASSED);
    cr_expect(map.row[PARAM_FILTER_CUTOFF].controller == 74);
}

Test(controller_map, refuses_what_means_something_of_its_own_and_goes_on_waiting) {
    static const uint8_t TAKEN[] = {0, 6, 32, 38, 64, 96, 97, 98, 99, 100, 101};
    map.learning = PARAM_PAN;
    for (size_t i = 0; i < sizeof TAKEN; i++) {
        cr_expect(controller_map_hear(&map, TAKEN[i]) == CONTROLLER_REFUSED, "%d", TAKEN[i]);
        cr_expect(!controller_may_learn(TAKEN[i]));
    }
    cr_expect(controller_map_hear(&map, 123) == CONTROLLER_PASSED); // all notes off is no controller
    cr_expect(map.learning == PARAM_PAN);
    cr_expect(controller_map_hear(&map, 1) == CONTROLLER_LEARNED);
}

Test(controller_map, a_row_follows_its_channel_or_any) {
    ControllerRow row = controller_row_none();
    cr_expect(!controller_row_follows(row, 0, 74));
    row.controller = 74;
    cr_expect(controller_row_follows(row, 0, 74) && controller_row_follows(row, 15, 74));
    cr_expect(!controller_row_follows(row, 0, 75));
    row.channel = 3;
    cr_expect(controller_row_follows(row, 3, 74) && !controller_row_follows(row, 4, 74));
}

Test(controller_map, a_controller_travels_its_range_either_way) {
    ControllerRow row = controller_row_none();
    row.controller = 74;
    cr_expect_float_eq(controller_row_value(row, PARAM_PAN, 0), -100.0f, 1e-4);
    cr_expect_float_eq(controller_row_value(row, PARAM_PAN, 127), 100.0f, 1e-4);
    row.from_percent = 100;
    row.to_percent = 50;
    cr_expect_float_eq(controller_row_value(row, PARAM_PAN, 0), 100.0f, 1e-4);
    cr_expect_float_eq(controller_row_value(row, PARAM_PAN, 127), 0.0f, 1e-4);
}

Test(controller_map, a_row_out_of_range_is_not_valid) {
    ControllerRow row = controller_row_none();
    cr_expect(controller_row_valid(row));
    row.controller = 64;
    cr_expect(!controller_row_valid(row));
    row.controller = 74;
    cr_expect(controller_row_valid(row));
    row.channel = 16;
    cr_expect(!controller_row_valid(row));
    row.channel = 15;
    row.to_percent = 101;
    cr_expect(!controller_row_valid(row));
}
