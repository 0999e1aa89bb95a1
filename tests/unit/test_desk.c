// What clicks and keys do to the patch, over a program that is not there.
#include "tests/support/synthetic_host.h"
#include "ui/desk_commands.h"
#include "ui/frame.h"

#include <SDL.h>
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

enum { WIDTH = 1280, HEIGHT = 800 };
static const ParamId PARAM = PARAM_OSC1_SAW;

static SyntheticHost host;
static Desk *desk;
static UiInput input;
static Draw *draw;
static SDL_Surface *surface;
static SDL_Renderer *renderer;

static void read_and_draw(double seconds) {
    host.seconds += seconds;
    desk_read(desk, host.seconds);
    input.now_seconds = host.seconds;
    frame_draw(desk, &input);
    input.pressed = input.released = input.double_click = input.right_pressed = false;
    input.wheel = 0.0f;
    input.key = UI_KEY_NONE;
    input.text[0] = '\0';
}

static void open_desk(void) {
    Error error;
    draw = draw_create(1.0f, &error);
    if (!draw) {
        cr_skip_test("%s", error.text);
    }
    surface = SDL_CreateRGBSurfaceWithFormat(0, WIDTH, HEIGHT, 32, SDL_PIXELFORMAT_XRGB8888);
    renderer = SDL_CreateSoftwareRenderer(surface);
    draw_set_renderer(draw, renderer, surface);
    synthetic_host_init(&host, 4, false);
    desk = desk_create(draw, &host.host, &error);
    desk->page = PAGE_SOUND;
    input = (UiInput){.x = -1, .y = -1};
    for (int frame = 0; frame < 3; frame++) {
        read_and_draw(0.5);
    }
}

static void close_desk(void) {
    desk_destroy(desk);
    draw_set_renderer(draw, NULL, NULL);
    draw_destroy(draw);
    SDL_DestroyRenderer(renderer);
    SDL_FreeSurface(surface);
}

// The knob's place, found by its name.
static void point_at_knob(ParamId param) {
    Ui *ui = &desk->ui;
    ui_push(ui, "params", 0);
    ui_push(ui, "knobs", 0);
    ui_push(ui, PARAM_INFOS[param].name, 0);
    UiId id = ui_id(ui, "knob");
    ui_pop(ui);
    ui_pop(ui);
    ui_pop(ui);
    for (int i = 0; i < ui->widget_count; i++) {
        if (ui->widgets[i].id == id) {
            input.x = ui->widgets[i].rect.x + ui->widgets[i].rect.w / 2;
            input.y = ui->widgets[i].rect.y + ui->widgets[i].rect.h / 2;
            return;
        }
    }
    cr_assert(false, "no knob %s is to be seen", PARAM_INFOS[param].name);
}

static void press(void) {
    input.pressed = input.down = true;
    read_and_draw(0.03);
}

static void let_go(void) {
    input.released = true;
    input.down = false;
    read_and_draw(0.03);
}

static void drag(int by) {
    press();
    for (int step = 0; step < 4; step++) {
        input.y += by / 4;
        read_and_draw(0.03);
    }
    let_go();
}

static float value(void) {
    return desk->edit->at.now.values[PARAM];
}

static void type_key(UiKey key) {
    input.key = key;
    read_and_draw(0.03);
}

Test(desk, a_click_on_a_knob_is_no_step_and_keeps_redo, .init = open_desk, .fini = close_desk) {
    point_at_knob(PARAM);
    drag(40);
    desk_command(desk, DESK_UNDO);
    cr_assert(edit_can_redo(desk->edit));
    int before = desk->edit->undo_count;
    cr_assert_eq(before, 0);
    point_at_knob(PARAM);
    press();
    let_go();
    cr_assert_eq(desk->edit->undo_count, before);
    cr_assert(edit_can_redo(desk->edit));
}

Test(desk, a_drag_is_one_step, .init = open_desk, .fini = close_desk) {
    point_at_knob(PARAM);
    float before = value();
    drag(40);
    cr_assert_neq(value(), before);
    cr_assert_eq(desk->edit->undo_count, 1);
    desk_command(desk, DESK_UNDO);
    cr_assert_eq(value(), before);
}

Test(desk, a_drag_that_pauses_is_one_step, .init = open_desk, .fini = close_desk) {
    point_at_knob(PARAM);
    press();
    for (int step = 0; step < 3; step++) {
        input.y += 10;
        read_and_draw(0.9);
    }
    let_go();
    cr_assert_eq(desk->edit->undo_count, 1);
}

Test(desk, a_double_click_is_one_step, .init = open_desk, .fini = close_desk) {
    point_at_knob(PARAM);
    drag(40);
    point_at_knob(PARAM);
    read_and_draw(1.0);
    press();
    let_go();
    input.double_click = true;
    press();
    let_go();
    cr_assert_eq(value(), PARAM_INFOS[PARAM].initial);
    cr_assert_eq(desk->edit->undo_count, 2);
}

Test(desk, notches_in_short_order_are_one_step, .init = open_desk, .fini = close_desk) {
    point_at_knob(PARAM);
    float before = value();
    for (int notch = 0; notch < 5; notch++) {
        input.wheel = -1.0f;
        read_and_draw(0.1);
    }
    cr_assert_lt(value(), before);
    cr_assert_eq(desk->edit->undo_count, 1);
    read_and_draw(1.0);
    input.wheel = -1.0f;
    read_and_draw(0.1);
    cr_assert_eq(desk->edit->undo_count, 2, "after a rest a new step begins");
}

static void turn(ParamId param, float by) {
    edit_mark(desk->edit);
    desk_set_param(desk, param, desk->edit->at.now.values[param] + by);
    read_and_draw(0.5);
}

// The host's parameter, and that so many were sent since.
static void expect_sent(int pushes, ParamId param, float expected) {
    cr_assert_eq(host.pushes, pushes, "%d were sent", host.pushes);
    cr_assert_eq(host.pushed.kind, EVENT_PARAM);
    cr_assert_eq(host.patch.values[param], expected);
    host.pushes = 0;
}

Test(desk, undo_and_redo_send_what_differs_and_load_nothing, .init = open_desk, .fini = close_desk) {
    float before = value();
    turn(PARAM, -10.0f);
    host.pushes = host.loads = 0;
    desk_command(desk, DESK_UNDO);
    expect_sent(1, PARAM, before);
    desk_command(desk, DESK_REDO);
    expect_sent(1, PARAM, before - 10.0f);
    cr_assert_eq(host.loads, 0);
}

Test(desk, compare_sends_what_differs_and_what_others_turned, .init = open_desk, .fini = close_desk) {
    float before = value();
    turn(PARAM, -10.0f);
    turn(PARAM_LEVEL, -3.0f);
    host.pushes = host.loads = 0;
    desk_command(desk, DESK_COMPARE);
    expect_sent(2, PARAM, before);
    host.patch.values[PARAM_NOISE] = 50.0f; // while the saved one is heard, and it is not followed
    read_and_draw(0.5);
    desk_command(desk, DESK_COMPARE);
    expect_sent(3, PARAM, before - 10.0f);
    cr_assert_eq(host.patch.values[PARAM_NOISE], 0.0f);
    cr_assert_eq(host.loads, 0);
}

Test(desk, undo_sends_what_the_host_has_not_taken_yet, .init = open_desk, .fini = close_desk) {
    float before = value();
    turn(PARAM, -10.0f);
    host.patch.values[PARAM] = before; // still tells the old value
    host.pushes = 0;
    desk_command(desk, DESK_UNDO);
    expect_sent(1, PARAM, before);
}

Test(desk, undo_of_a_choice_loads_the_patch_before_and_sends_its_edits, .init = open_desk,
     .fini = close_desk) {
    turn(PARAM, -10.0f);
    Patch first = host.patch;
    host.pushes = host.loads = 0;
    desk_command(desk, DESK_PATCH_NEXT);
    read_and_draw(0.5);
    cr_assert_eq(host.loads, 1);
    cr_assert_eq(host.pushes, 0, "a choice sends no parameter");
    cr_assert_str_neq(host.patch.name, first.name);
    desk_command(desk, DESK_UNDO);
    cr_assert_eq(host.loads, 2);
    expect_sent(2, PARAM, first.values[PARAM]); // and the cutoff, turned before the window opened
    cr_assert_str_eq(host.patch.name, first.name);
    cr_assert_eq(memcmp(host.patch.values, first.values, sizeof first.values), 0);
    read_and_draw(0.5);
    cr_assert(edit_can_redo(desk->edit), "what the host tells is what was undone");
}

Test(desk, undo_to_a_patch_in_no_list_sends_its_values_and_its_name, .init = open_desk, .fini = close_desk) {
    strcpy(host.patch.name, "From a file");
    read_and_draw(0.5);
    Patch first = host.patch;
    desk_load_patch(desk, 3);
    read_and_draw(0.5);
    host.loads = 0;
    desk_command(desk, DESK_UNDO);
    cr_assert_eq(host.loads, 0);
    cr_assert_str_eq(host.patch.name, "From a file");
    cr_assert_eq(memcmp(host.patch.values, first.values, sizeof first.values), 0);
}

Test(desk, a_patch_that_is_refused_changes_nothing, .init = open_desk, .fini = close_desk) {
    desk_load_patch(desk, 3);
    read_and_draw(0.5);
    Patch played = host.patch;
    int steps = desk->edit->undo_count;
    host.pushes = 0;
    host.refuses = true;
    desk_command(desk, DESK_PATCH_NEXT);
    desk_command(desk, DESK_UNDO);
    cr_assert_eq(desk->trouble_count, 1);
    cr_assert_eq(host.pushes, 0);
    cr_assert_eq(desk->edit->undo_count, steps);
    cr_assert_str_eq(desk->edit->at.now.name, played.name);
    cr_assert_str_eq(host.patch.name, played.name);
}

Test(desk, a_channel_left_and_come_back_to_is_as_it_was, .init = open_desk, .fini = close_desk) {
    point_at_knob(PARAM);
    drag(40);
    desk->edit = &desk->edits[1];
    desk->part = 1;
    read_and_draw(0.5);
    cr_assert_eq(desk->edit->undo_count, 0);
    desk->edit = &desk->edits[0];
    desk->part = 0;
    read_and_draw(0.5);
    cr_assert_eq(desk->edit->undo_count, 1);
    cr_assert(edit_changed(desk->edit));
}

Test(desk, another_page_ends_learning_a_menu_and_a_drag, .init = open_desk, .fini = close_desk) {
    host.learning = PARAM;
    point_at_knob(PARAM);
    press();
    input.y += 20;
    read_and_draw(0.03);
    cr_assert(desk->gesture);
    desk->menu_param = PARAM;
    desk_command(desk, DESK_PAGE_PLAY);
    cr_assert_eq(host.learning, PARAM_COUNT);
    cr_assert(!desk->gesture);
    cr_assert_eq(desk->menu_param, PARAM_COUNT);
    cr_assert_eq(desk->ui.active, 0);
}

Test(desk, behind_a_dialog_nothing_is_typed_and_no_command_acts, .init = open_desk, .fini = close_desk) {
    point_at_knob(PARAM);
    drag(40);
    float shaped = value();
    desk_command(desk, DESK_SAVE_AS);
    read_and_draw(0.1);
    read_and_draw(0.1);
    cr_assert_eq(desk->ui.modal, LAYER_POPUP);
    static const DeskCommand REFUSED[] = {DESK_SEARCH,    DESK_UNDO, DESK_COMPARE,
                                          DESK_PAGE_PLAY, DESK_HELP, DESK_PATCH_NEXT};
    for (size_t i = 0; i < sizeof REFUSED / sizeof REFUSED[0]; i++) {
        desk_command(desk, REFUSED[i]);
    }
    strcpy(input.text, "x");
    read_and_draw(0.1);
    cr_assert_str_eq(desk->save.name, "x");
    cr_assert_str_eq(desk->browser.search, "");
    cr_assert_eq(desk->page, PAGE_SOUND);
    cr_assert(!desk->help);
    cr_assert_eq(value(), shaped);
    type_key(UI_KEY_ESCAPE); // leaves the field, then the dialog
    type_key(UI_KEY_ESCAPE);
    read_and_draw(0.1);
    desk_command(desk, DESK_UNDO);
    cr_assert_neq(value(), shaped);
}

Test(desk, a_field_behind_the_help_takes_no_text, .init = open_desk, .fini = close_desk) {
    desk_command(desk, DESK_SEARCH);
    read_and_draw(0.1);
    desk_command(desk, DESK_HELP);
    read_and_draw(0.1);
    read_and_draw(0.1);
    strcpy(input.text, "x");
    read_and_draw(0.1);
    cr_assert_str_eq(desk->browser.search, "");
    desk_command(desk, DESK_HELP);
    read_and_draw(0.1);
    strcpy(input.text, "x");
    read_and_draw(0.1);
    cr_assert_str_eq(desk->browser.search, "x");
}

Test(desk, what_went_wrong_stays_until_it_is_seen, .init = open_desk, .fini = close_desk) {
    desk_say(desk, true, "one");
    desk_say(desk, true, "two");
    desk_say(desk, true, "two");
    desk_say(desk, false, "saved");
    read_and_draw(60.0);
    cr_assert_eq(desk->trouble_count, 2);
    cr_assert_str_eq(desk->troubles[0], "one");
    type_key(UI_KEY_ESCAPE);
    cr_assert_str_eq(desk->troubles[0], "two");
    type_key(UI_KEY_ESCAPE);
    cr_assert_eq(desk->trouble_count, 0);
    for (int i = 0; i < DESK_TROUBLES_MAX + 2; i++) {
        char text[16];
        snprintf(text, sizeof text, "%d", i);
        desk_say(desk, true, text);
    }
    cr_assert_eq(desk->trouble_count, DESK_TROUBLES_MAX);
    cr_assert_str_eq(desk->troubles[0], "2", "the oldest are forgotten");
}

Test(desk, arrows_lead_from_meter_to_meter_and_a_rested_focus_shows_the_tip, .init = open_desk,
     .fini = close_desk) {
    Ui *ui = &desk->ui;
    ui_push(ui, "cores", 0);
    ui_push(ui, "core", 0);
    ui_set_focus(ui, ui_id(ui, "meter"), true);
    ui_pop(ui);
    ui_pop(ui);
    type_key(UI_KEY_RIGHT);
    type_key(UI_KEY_RIGHT);
    cr_assert_eq(desk->core_chosen, 2);
    read_and_draw(0.1);
    cr_assert_str_empty(ui->tip);
    read_and_draw(0.6);
    cr_assert(strstr(ui->tip, "CPU 2:"), "%s", ui->tip);
    type_key(UI_KEY_LEFT);
    cr_assert_str_empty(ui->tip);
}

Test(desk, pastes_as_much_of_the_first_line_as_there_is_room_for, .init = open_desk, .fini = close_desk) {
    SDL_setenv("SDL_VIDEODRIVER", "dummy", 1);
    if (SDL_Init(SDL_INIT_VIDEO) != 0) {
        cr_skip_test("%s", SDL_GetError());
    }
    SDL_SetClipboardText("soft\tpad\nsecond line");
    desk_command(desk, DESK_SEARCH);
    type_key(UI_KEY_PASTE);
    cr_assert_str_eq(desk->browser.search, "soft pad");
    char text[200] = "";
    for (int i = 0; i < 60; i++) {
        strcat(text, "\xC3\xB6");
    }
    SDL_SetClipboardText(text);
    type_key(UI_KEY_PASTE);
    size_t length = strlen(desk->browser.search);
    cr_assert_lt(length, sizeof desk->browser.search);
    cr_assert_eq((unsigned char)desk->browser.search[length - 1], 0xB6, "no letter is cut in two");
    SDL_Quit();
}
