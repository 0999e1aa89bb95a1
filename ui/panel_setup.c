// What the program plays through and with: changed while it plays.
#include "ui/list.h"
#include "ui/panels.h"
#include "ui/widgets.h"

#include <stdio.h>

static const float CALIBRATION_HEIGHT = 92.0f; // units
static const float CALIBRATION_LOW = 44.0f;    // one line, where MIDI inputs need the room

static void setting(Desk *desk, Rect line, int32_t index) {
    Ui *ui = &desk->ui;
    static HostSetting shown; // of the main thread alone
    desk->host->setting(desk->host->user, index, &shown);
    const char *items[HOST_CHOICES_MAX];
    for (int i = 0; i < shown.choice_count; i++) {
        items[i] = shown.choices[i].text;
    }
    ui_label(ui, rect_cut_left(&line, ui_px(ui, 96.0f)), FONT_BODY, ALIGN_LEFT, ui->theme->dim, shown.label);
    int chosen = ui_menu(ui, rect_inset(line, 0, ui_px(ui, 2.0f)), shown.label, items, shown.choice_count,
                         shown.current);
    ui_tip(ui, shown.tip);
    Error error;
    if (chosen >= 0 && chosen != shown.current &&
        !desk->host->choose(desk->host->user, index, chosen, &error)) {
        desk_say(desk, true, error.text);
    }
}

static void settings(Desk *desk, Rect rect) {
    Ui *ui = &desk->ui;
    Rect inside = ui_panel(ui, rect, "Sound and cores");
    int row_height = ui_px(ui, 32.0f);
    int count = desk->host->setting_count(desk->host->user);
    Rect content = ui_scroll_begin(ui, inside, "settings", count * row_height, &desk->setup_offset);
    for (int index = 0; index < count; index++) {
        setting(desk, rect_cut_top(&content, row_height), index);
    }
    ui_scroll_end(ui, inside, "settings", count * row_height, &desk->setup_offset);
    ui->group++;
}

static void midi_inputs(Desk *desk, Rect rect) {
    Ui *ui = &desk->ui;
    Rect inside = ui_panel(ui, rect, NULL);
    Rect title = rect_cut_top(&inside, ui_px(ui, 28.0f));
    Error error;
    if (ui_button(ui, rect_cut_right(&title, ui_px(ui, 96.0f)), "Look again", BUTTON_PLAIN) &&
        !desk->host->midi_look(desk->host->user, &error)) {
        desk_say(desk, true, error.text);
    }
    ui_tip(ui, "Finds inputs that have been connected since");
    ui_label(ui, title, FONT_STRONG, ALIGN_LEFT, ui->theme->text, "MIDI inputs");
    rect_cut_top(&inside, ui_px(ui, 6.0f));
    static HostText names[HOST_MIDI_INPUTS_MAX]; // of the main thread alone
    bool on[HOST_MIDI_INPUTS_MAX];
    int count = desk->host->midi_inputs(desk->host->user, names, on);
    if (count == 0) {
        draw_paragraph(ui->draw, inside, FONT_BODY, ui->theme->dim,
                       "No MIDI input is connected. Plug a keyboard in and look again. "
                       "The computer's keyboard plays too.",
                       true);
        return;
    }
    int row_height = ui_px(ui, 30.0f);
    Rect content = ui_scroll_begin(ui, inside, "inputs", count * row_height, &desk->midi_offset);
    for (int i = 0; i < count; i++) {
        ui_push(ui, "input", i);
        if (ui_toggle(ui, rect_inset(rect_cut_top(&content, row_height), 0, ui_px(ui, 2.0f)), names[i].text,
                      on[i]) &&
            !desk->host->midi_input_set(desk->host->user, i, !on[i], &error)) {
            desk_say(desk, true, error.text);
        }
        ui_pop(ui);
    }
    ui_scroll_end(ui, inside, "inputs", count * row_height, &desk->midi_offset);
    ui->group++;
}

static void calibration(Desk *desk, Rect rect) {
    Ui *ui = &desk->ui;
    HostCalibration state;
    desk->host->calibration(desk->host->user, &state);
    Rect inside = ui_panel(ui, rect, NULL);
    Rect line = rect_cut_top(&inside, ui_px(ui, 28.0f));
    Rect button = rect_cut_right(&line, ui_px(ui, 96.0f));
    const char *text =
        state.text[0] ? state.text : "How many voices this machine plays, and with how many workers.";
    Rect title = rect_cut_left(&line, ui_px(ui, 80.0f));
    ui_label(ui, title, FONT_STRONG, ALIGN_LEFT, ui->theme->text, "Calibrate");
    bool low = inside.h < ui_px(ui, CALIBRATION_HEIGHT - CALIBRATION_LOW);
    if (low) {
        draw_text_any(ui->draw, line, FONT_SMALL, ALIGN_LEFT, ui->theme->dim, text);
    } else if (state.running) {
        draw_text_any(ui->draw, line, FONT_SMALL, ALIGN_LEFT, ui->theme->dim,
                      "The sound is off while it measures.");
    }
    Error error;
    if (state.running) {
        if (ui_button(ui, button, "Cancel", BUTTON_PLAIN)) {
            desk->host->calibrate_cancel(desk->host->user);
        }
    } else if (ui_button(ui, button, "Measure", BUTTON_ACCENT) &&
               !desk->host->calibrate_start(desk->host->user, &error)) {
        desk_say(desk, true, error.text);
    }
    ui_tip(ui, "Finds how many voices this machine plays, and with how many workers");
    if (low) {
        return;
    }
    rect_cut_top(&inside, ui_px(ui, 6.0f));
    if (state.running) {
        ui_bar(ui, rect_cut_top(&inside, ui_px(ui, 8.0f)), state.progress, 0.0f, -1.0f, ui->theme->accent);
        rect_cut_top(&inside, ui_px(ui, 4.0f));
    }
    draw_push_clip(ui->draw, inside);
    draw_paragraph(ui->draw, inside, FONT_SMALL, ui->theme->dim, text, true);
    draw_pop_clip(ui->draw);
}

void panel_setup(Desk *desk, Rect rect) {
    Ui *ui = &desk->ui;
    int gap = ui_px(ui, 8.0f);
    ui_push(ui, "setup", 0);
    Rect left = rect_column(rect, 0, 2, gap);
    Rect right = rect_column(rect, 1, 2, gap);
    settings(desk, left);
    bool low = right.h < ui_px(ui, 2.0f * CALIBRATION_HEIGHT);
    calibration(desk, rect_cut_bottom(&right, ui_px(ui, low ? CALIBRATION_LOW : CALIBRATION_HEIGHT)));
    rect_cut_bottom(&right, gap);
    midi_inputs(desk, right);
    ui_pop(ui);
}
