// The status line, the help and the dialog that saves a patch under a name.
#include "ui/desk_commands.h"
#include "ui/field.h"
#include "ui/panels.h"
#include "ui/typed_keys.h"
#include "ui/widgets.h"

#include <SDL_stdinc.h>
#include <stdio.h>
#include <string.h>

static void plan_text(Desk *desk, const HostOutput *output, char *text, size_t capacity) {
    char block[48] = "";
    if (output->frames > 0) {
        snprintf(block, sizeof block, " \xC2\xB7 %u frames", output->frames);
    }
    char latency[48] = "";
    if (output->latency_seconds > 0) {
        snprintf(latency, sizeof latency, " \xC2\xB7 %.1f ms to the loudspeaker",
                 output->latency_seconds * 1000.0);
    }
    snprintf(text, capacity, "%s \xC2\xB7 %u Hz%s%s", output->device, desk->host->rate_hz(desk->host->user),
             block, latency);
}

// Cannot be missed while no one hears anything, and is no mere colour.
static void silent_badge(Desk *desk, Rect *rect, const HostOutput *output) {
    if (!output->silent) {
        return;
    }
    Ui *ui = &desk->ui;
    Rect badge = rect_inset(rect_cut_right(rect, ui_px(ui, 64.0f)), 0, ui_px(ui, 2.0f));
    ui_widget(ui, ui_id(ui, "silent"), badge, UI_NO_FOCUS);
    ui_tip(ui, output->lost ? "The output went away: nothing is heard until it is back."
                            : "Nothing is heard: the page Set-up (F5) has the outputs.");
    draw_round(ui->draw, badge, ui_px(ui, 4.0f), ui->theme->bad);
    ui_label(ui, badge, FONT_STRONG, ALIGN_CENTER, ui->theme->on_bad, "! silent");
    rect_cut_right(rect, ui_px(ui, 8.0f));
}

static void trouble(Desk *desk, Rect rect) {
    Ui *ui = &desk->ui;
    UiState state = ui_widget(ui, ui_id(ui, "trouble"), rect, 0);
    char text[ERROR_TEXT_BYTES + 64];
    ui_tip(ui, desk->troubles[0]);
    ui_focus_ring(ui, state, rect);
    ui_label(ui, rect_cut_left(&rect, ui_px(ui, 16.0f)), FONT_STRONG, ALIGN_LEFT, ui->theme->bad, "!");
    Rect close = rect_cut_right(&rect, ui_px(ui, 64.0f));
    if (desk->trouble_count > 1) {
        snprintf(text, sizeof text, "1 of %d", desk->trouble_count);
        ui_label(ui, rect_cut_right(&rect, ui_px(ui, 48.0f)), FONT_SMALL, ALIGN_RIGHT, ui->theme->dim, text);
    }
    ui_label(ui, close, FONT_SMALL, ALIGN_CENTER, ui->theme->dim, "Esc: seen");
    draw_text_any(ui->draw, rect, FONT_SMALL, ALIGN_LEFT, ui->theme->text, desk->troubles[0]);
    if (state.clicked) {
        desk_hush(desk);
    }
}

void panel_status(Desk *desk, Rect rect) {
    Ui *ui = &desk->ui;
    const Theme *theme = ui->theme;
    ui_push(ui, "status", 0);
    Rect keys = rect_cut_right(&rect, ui_px(ui, 64.0f));
    if (ui_button(ui, rect_inset(keys, 0, ui_px(ui, 2.0f)), "F1 keys", BUTTON_QUIET)) {
        desk_command(desk, DESK_HELP);
    }
    rect_cut_right(&rect, ui_px(ui, 6.0f));
    Rect light = rect_cut_right(&rect, ui_px(ui, 56.0f));
    if (ui_button(ui, rect_inset(light, 0, ui_px(ui, 2.0f)), theme == &THEME_DARK ? "Light" : "Dark",
                  BUTTON_QUIET)) {
        desk_command(desk, DESK_THEME);
    }
    rect_cut_right(&rect, ui_px(ui, 6.0f));
    rect_cut_left(&rect, ui_px(ui, 12.0f));
    HostOutput output;
    desk->host->output(desk->host->user, &output);
    silent_badge(desk, &rect, &output);
    if (desk->now_seconds < desk->said_until) {
        draw_text_any(ui->draw, rect, FONT_SMALL, ALIGN_LEFT, theme->text, desk->said);
    } else if (desk->trouble_count > 0) {
        trouble(desk, rect);
    } else {
        char text[4 * HOST_TEXT_BYTES];
        plan_text(desk, &output, text, sizeof text);
        draw_text_any(ui->draw, rect, FONT_SMALL, ALIGN_LEFT, theme->dim, text);
    }
    ui_pop(ui);
    ui->group++;
}

// Dims what lies behind and returns a box of the size in its middle.
static Rect dialog(Desk *desk, float width_units, int height, const char *title) {
    Ui *ui = &desk->ui;
    draw_set_layer(ui->draw, LAYER_POPUP);
    ui_hold_modal(ui);
    Rect window = {0, 0, draw_width(ui->draw), draw_height(ui->draw)};
    draw_fill(ui->draw, window, (Color){0, 0, 0, 150});
    int margin = ui_px(ui, 16.0f);
    Rect box = rect_center(window, int_min(ui_px(ui, width_units), window.w - 2 * margin),
                           int_min(height, window.h - 2 * margin));
    draw_round(ui->draw, box, ui_px(ui, 10.0f), ui->theme->panel);
    draw_outline(ui->draw, box, ui_px(ui, 10.0f), 1, ui->theme->line);
    Rect inside = rect_inset(box, ui_px(ui, 20.0f), margin);
    ui_label(ui, rect_cut_top(&inside, ui_px(ui, 24.0f)), FONT_TITLE, ALIGN_LEFT, ui->theme->text, title);
    rect_cut_top(&inside, ui_px(ui, 8.0f));
    return inside;
}

typedef struct Hint {
    const char *key;
    const char *name;
} Hint;

static const Hint HINTS[] = {
    {"", "Play the lower octave, by position"}, // the layout names these keys
    {"", "Play the upper octave"},
    {"Space", "Sustain, while it is held"},
    {"Tab", "Next control; Shift back; Ctrl next panel"},
    {"Enter", "Press, or type a value"},
    {"\xE2\x86\x91 \xE2\x86\x93", "Turn or choose; Shift fine"},
    {"Del", "Default value"},
    {"Menu", "MIDI learn of a knob"},
    {"Esc", "Leave"},
    {"F11", "Full screen"},
};
enum { HINT_COUNT = sizeof HINTS / sizeof HINTS[0], LINE_COUNT = DESK_COMMAND_COUNT + HINT_COUNT };

// played: room for the name of keys that are found by their place.
static Hint hint(int index, char played[TYPED_KEYS_NAME_BYTES]) {
    if (index < HINT_COUNT) {
        if (index <= TYPED_KEYS_UPPER) {
            typed_keys_name((TypedKeys)index, played);
            return (Hint){played, HINTS[index].name};
        }
        return HINTS[index];
    }
    DeskCommand command = (DeskCommand)(index - HINT_COUNT);
    if (command == DESK_OCTAVE_UP || command == DESK_OCTAVE_DOWN) {
        typed_keys_name(command == DESK_OCTAVE_UP ? TYPED_KEYS_OCTAVE_UP : TYPED_KEYS_OCTAVE_DOWN, played);
        return (Hint){played, desk_command_name(command)};
    }
    return (Hint){desk_command_key(command), desk_command_name(command)};
}

void panel_help(Desk *desk) {
    if (!desk->help) {
        return;
    }
    Ui *ui = &desk->ui;
    ui_push(ui, "help", 0);
    int line_height = ui_px(ui, 20.0f);
    int lines = (LINE_COUNT + 1) / 2;
    Rect inside = dialog(desk, 720.0f, lines * line_height + ui_px(ui, 104.0f), "Keys");
    Rect foot = rect_cut_bottom(&inside, ui_px(ui, 28.0f));
    rect_cut_bottom(&inside, ui_px(ui, 8.0f));
    bool close = ui_button(ui, rect_cut_right(&foot, ui_px(ui, 88.0f)), "Close", BUTTON_ACCENT);
    Rect content = ui_scroll_begin(ui, inside, "lines", lines * line_height, &desk->help_offset);
    for (int i = 0; i < LINE_COUNT; i++) {
        Rect half = rect_column(content, i / lines, 2, ui_px(ui, 16.0f));
        Rect line = {half.x, content.y + i % lines * line_height, half.w, line_height};
        char played[TYPED_KEYS_NAME_BYTES];
        Hint shown = hint(i, played);
        ui_label(ui, rect_cut_left(&line, ui_px(ui, 88.0f)), FONT_STRONG, ALIGN_LEFT, ui->theme->text,
                 shown.key);
        ui_label(ui, line, FONT_SMALL, ALIGN_LEFT, ui->theme->dim, shown.name);
    }
    ui_scroll_end(ui, inside, "lines", lines * line_height, &desk->help_offset);
    if (close || ui_take_key(ui, UI_KEY_ESCAPE)) {
        desk->help = false;
    }
    draw_set_layer(ui->draw, LAYER_BASE);
    ui_pop(ui);
}

static bool name_taken(const Desk *desk, const char *name) {
    for (int i = 0; i < desk->browser.count; i++) {
        const HostPatchInfo *info = &desk->browser.patches[i];
        if (info->user && SDL_strcasecmp(info->name, name) == 0) {
            return true;
        }
    }
    return false;
}

static void save_named(Desk *desk, bool replace) {
    SaveDialog *save = &desk->save;
    Patch patch = desk->edit->at.now;
    SDL_strlcpy(patch.name, save->name, sizeof patch.name);
    SDL_strlcpy(patch.family, save->family, sizeof patch.family);
    Error error;
    if (!desk->host->patch_save(desk->host->user, &patch, replace, &error)) {
        SDL_strlcpy(save->problem, error.text, sizeof save->problem);
        return;
    }
    desk->edit->at.now = patch;
    edit_saved(desk->edit);
    desk->edit->changed_at = desk->now_seconds;
    desk->host->patch_name(desk->host->user, desk->part, patch.name, patch.family);
    desk->browser.stale = true;
    save->open = false;
    desk_say(desk, false, "Saved.");
}

static bool named_field(Ui *ui, Rect *inside, const char *name, char *text, int capacity) {
    Rect line = rect_cut_top(inside, ui_px(ui, 30.0f));
    ui_label(ui, rect_cut_left(&line, ui_px(ui, 72.0f)), FONT_BODY, ALIGN_LEFT, ui->theme->dim, name);
    bool submitted = ui_field(ui, line, name, text, capacity, name).submitted;
    rect_cut_top(inside, ui_px(ui, 8.0f));
    return submitted;
}

void panel_save(Desk *desk) {
    SaveDialog *save = &desk->save;
    if (!save->open) {
        return;
    }
    Ui *ui = &desk->ui;
    ui_push(ui, "save", 0);
    bool just_opened = ui->modal == LAYER_BASE;
    Rect inside = dialog(desk, 440.0f, ui_px(ui, 236.0f), "Save the patch");
    if (just_opened) {
        ui_field_enter(ui, ui_id(ui, "Name"), "");
    }
    bool enter = named_field(ui, &inside, "Name", save->name, sizeof save->name);
    enter |= named_field(ui, &inside, "Family", save->family, sizeof save->family);
    Rect foot = rect_cut_bottom(&inside, ui_px(ui, 28.0f));
    save->taken = name_taken(desk, save->name);
    const char *text = save->problem[0] ? save->problem
                       : save->taken    ? "A patch of yours has this name: it will be replaced."
                                        : "";
    draw_paragraph(ui->draw, inside, FONT_SMALL, save->problem[0] ? ui->theme->bad : ui->theme->dim, text,
                   true);
    bool press = ui_button(ui, rect_cut_right(&foot, ui_px(ui, 96.0f)), save->taken ? "Replace" : "Save",
                           BUTTON_ACCENT);
    rect_cut_right(&foot, ui_px(ui, 8.0f));
    bool cancel = ui_button(ui, rect_cut_right(&foot, ui_px(ui, 96.0f)), "Cancel", BUTTON_PLAIN);
    if (press || (enter && !save->taken)) {
        save_named(desk, save->taken);
    } else if (cancel || ui_take_key(ui, UI_KEY_ESCAPE)) {
        save->open = false;
    }
    draw_set_layer(ui->draw, LAYER_BASE);
    ui_pop(ui);
}
