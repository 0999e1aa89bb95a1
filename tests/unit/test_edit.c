// Undo, redo and compare, and following what others turn.
#include "ui/edit.h"

#include <criterion/criterion.h>
#include <string.h>

static Patch named(const char *name, float cutoff_hz) {
    Patch patch;
    patch_init(&patch);
    strcpy(patch.name, name);
    patch.values[PARAM_FILTER_CUTOFF] = cutoff_hz;
    return patch;
}

static Edit loaded(void) {
    Edit edit = {0};
    Patch patch = named("First", 1000.0f);
    edit_load(&edit, &patch, -10.0);
    return edit;
}

static void turn(Edit *edit, float cutoff_hz, double now_seconds) {
    edit_mark(edit);
    edit_set(edit, PARAM_FILTER_CUTOFF, cutoff_hz, now_seconds);
}

static float cutoff(const Edit *edit) {
    return edit->at.now.values[PARAM_FILTER_CUTOFF];
}

Test(edit, undoes_and_redoes_each_gesture) {
    Edit edit = loaded();
    turn(&edit, 2000.0f, 1.0);
    turn(&edit, 3000.0f, 2.0);
    cr_assert(edit_undo(&edit, 3.0));
    cr_assert_eq(cutoff(&edit), 2000.0f);
    cr_assert(edit_undo(&edit, 3.0));
    cr_assert_eq(cutoff(&edit), 1000.0f);
    cr_assert(!edit_undo(&edit, 3.0), "nothing is left to undo");
    cr_assert(edit_redo(&edit, 3.0));
    cr_assert(edit_redo(&edit, 3.0));
    cr_assert_eq(cutoff(&edit), 3000.0f);
    cr_assert(!edit_redo(&edit, 3.0), "nothing is left to redo");
}

Test(edit, a_new_gesture_forgets_what_was_undone) {
    Edit edit = loaded();
    turn(&edit, 2000.0f, 1.0);
    edit_undo(&edit, 2.0);
    turn(&edit, 500.0f, 3.0);
    cr_assert(!edit_can_redo(&edit));
    edit_undo(&edit, 4.0);
    cr_assert_eq(cutoff(&edit), 1000.0f);
}

Test(edit, undo_leads_back_to_the_patch_before_and_its_saved_values) {
    Edit edit = loaded();
    turn(&edit, 2000.0f, 1.0);
    Patch second = named("Second", 400.0f);
    edit_load(&edit, &second, 1.5);
    cr_assert(edit_undo(&edit, 2.0));
    cr_assert_str_eq(edit.at.now.name, "First");
    cr_assert_eq(cutoff(&edit), 2000.0f);
    cr_assert_eq(edit.at.saved.values[PARAM_FILTER_CUTOFF], 1000.0f);
}

Test(edit, keeps_the_newest_steps_when_there_are_too_many) {
    Edit edit = loaded();
    for (int i = 0; i < EDIT_UNDO_STEPS + 10; i++) {
        turn(&edit, 1000.0f + (float)i, 1.0);
    }
    int undone = 0;
    while (edit_undo(&edit, 2.0)) {
        undone++;
    }
    cr_assert_eq(undone, EDIT_UNDO_STEPS);
    cr_assert_eq(cutoff(&edit), 1009.0f);
}

Test(edit, compare_changes_between_saved_and_shaped) {
    Edit edit = loaded();
    turn(&edit, 2000.0f, 1.0);
    edit_compare(&edit, 2.0);
    cr_assert_eq(cutoff(&edit), 1000.0f);
    edit_compare(&edit, 3.0);
    cr_assert_eq(cutoff(&edit), 2000.0f);
    cr_assert(edit_changed(&edit));
    edit_saved(&edit);
    cr_assert(!edit_changed(&edit));
}

Test(edit, follows_what_others_turn_but_not_an_echo_of_its_own) {
    Edit edit = loaded();
    Patch played = named("First", 1000.0f);
    edit_set(&edit, PARAM_FILTER_CUTOFF, 2000.0f, 10.0);
    edit_follow(&edit, &played, 10.05);
    cr_assert_eq(cutoff(&edit), 2000.0f, "the engine has not reported the new value yet");
    played.values[PARAM_FILTER_CUTOFF] = 3000.0f;
    edit_follow(&edit, &played, 11.0);
    cr_assert_eq(cutoff(&edit), 3000.0f);
    Patch other = named("Other", 700.0f);
    edit_follow(&edit, &other, 12.0);
    cr_assert_str_eq(edit.at.saved.name, "Other");
}

Test(edit, values_that_come_after_their_name_are_as_loaded) {
    Edit edit = loaded();
    Patch played = named("Second", 1000.0f); // the values are still the first's
    edit_follow(&edit, &played, 10.0);
    played.values[PARAM_FILTER_CUTOFF] = 400.0f;
    edit_follow(&edit, &played, 10.1);
    cr_assert_eq(cutoff(&edit), 400.0f);
    cr_assert(!edit_changed(&edit));
    edit_follow(&edit, &played, 10.5);
    played.values[PARAM_FILTER_CUTOFF] = 500.0f; // turned by MIDI
    edit_follow(&edit, &played, 10.6);
    cr_assert_eq(cutoff(&edit), 500.0f);
    cr_assert(edit_changed(&edit));
}

Test(edit, turns_of_one_parameter_in_short_order_are_one_step) {
    Edit edit = loaded();
    for (int notch = 0; notch < 10; notch++) {
        double now_seconds = 1.0 + 0.2 * notch;
        edit_turn(&edit, PARAM_FILTER_CUTOFF, now_seconds);
        edit_set(&edit, PARAM_FILTER_CUTOFF, 900.0f - (float)notch, now_seconds);
    }
    cr_assert_eq(edit.undo_count, 1);
    edit_turn(&edit, PARAM_OSC1_SAW, 3.0);
    edit_set(&edit, PARAM_OSC1_SAW, 10.0f, 3.0);
    cr_assert_eq(edit.undo_count, 2);
    edit_undo(&edit, 3.1);
    edit_turn(&edit, PARAM_OSC1_SAW, 3.2);
    cr_assert(!edit_can_redo(&edit), "after an undo a turn is a step of its own");
}

Test(edit, a_mark_where_nothing_differs_is_no_step) {
    Edit edit = loaded();
    edit_mark(&edit);
    edit_mark(&edit);
    cr_assert_eq(edit.undo_count, 1);
}
