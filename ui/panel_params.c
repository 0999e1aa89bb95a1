// Every parameter of the patch as a knob or a fader, family by family.
#include "ui/desk_commands.h"
#include "ui/knob.h"
#include "ui/list.h"
#include "ui/panels.h"
#include "ui/value_text.h"
#include "ui/widgets.h"

#include <stdio.h>
#include <string.h>

enum { GROUPS_MAX = 32, GROUP_PARAMS_MAX = 64 };
static const float GROUP_TITLE = 17.0f; // units
static const float GROUP_PADDING = 8.0f;
static const float SIZE_MAX_FACTOR = 2.25f; // of a knob in a large window
static const float SIZE_STEP = 0.25f;

typedef struct Group {
    const char *family;
    ParamId params[GROUP_PARAMS_MAX];
    int labels[GROUP_PARAMS_MAX]; // widths that they need
    int title;
    int widths[GROUP_PARAMS_MAX]; // of the cells
    int count;
    int width;
    Rect rect; // relative to the content
    bool placed;
} Group;

static int gather(Ui *ui, Group groups[GROUPS_MAX]) {
    int count = 0;
    for (int param = 0; param < PARAM_COUNT; param++) {
        const char *family = PARAM_INFOS[param].family;
        int index = 0;
        while (index < count && strcmp(groups[index].family, family) != 0) {
            index++;
        }
        if (index == count) {
            if (count == GROUPS_MAX) {
                continue;
            }
            int title = draw_text_width(ui->draw, FONT_STRONG, family) + 2 * ui_px(ui, GROUP_PADDING);
            groups[count++] = (Group){.family = family, .title = title};
        }
        Group *group = &groups[index];
        if (group->count < GROUP_PARAMS_MAX) {
            char label[64];
            value_label((ParamId)param, label, sizeof label);
            group->labels[group->count] = draw_text_width(ui->draw, FONT_SMALL, label) + ui_px(ui, 8.0f);
            group->params[group->count++] = (ParamId)param;
        }
    }
    return count;
}

static void size_groups(Ui *ui, Group *groups, int count, float size) {
    int least = ui_px(ui, KNOB_CELL_WIDTH * size);
    for (int i = 0; i < count; i++) {
        Group *group = &groups[i];
        group->placed = false;
        group->width = 2 * ui_px(ui, GROUP_PADDING);
        for (int cell = 0; cell < group->count; cell++) {
            group->widths[cell] = int_max(group->labels[cell], least);
            group->width += group->widths[cell];
        }
        group->width = int_max(group->width, group->title);
    }
}

// Cells of a group that is wider than the panel go on in further lines.
static int lines_of(Ui *ui, const Group *group, int width) {
    int lines = 1;
    int used = 0;
    int room = width - 2 * ui_px(ui, GROUP_PADDING);
    for (int i = 0; i < group->count; i++) {
        if (used > 0 && used + group->widths[i] > room) {
            lines++;
            used = 0;
        }
        used += group->widths[i];
    }
    return lines;
}

// Rows from the top; into each go, in order, the groups that still fit. Returns the content's height.
static int place_groups(Ui *ui, Group *groups, int count, int width, float size) {
    size_groups(ui, groups, count, size);
    int gap = ui_px(ui, 4.0f);
    int y = 0;
    for (int first = 0; first < count; first++) {
        if (groups[first].placed) {
            continue;
        }
        int lines = lines_of(ui, &groups[first], width);
        int height = ui_px(ui, GROUP_TITLE + 5.0f) + lines * ui_px(ui, KNOB_CELL_HEIGHT * size);
        int x = 0;
        int last = first;
        for (int i = first; i < count; i++) {
            int wide = int_min(groups[i].width, width);
            if (!groups[i].placed && x + wide <= width) {
                groups[i].rect = (Rect){x, y, wide, height};
                groups[i].placed = true;
                x += wide + gap;
                last = i;
            }
        }
        groups[last].rect.w = width - groups[last].rect.x; // the row ends at the panel's edge
        y += height + gap;
    }
    return y > 0 ? y - gap : 0;
}

// One undo step a gesture, and none where nothing changes.
static void shape(Desk *desk, ParamId param, float value) {
    if (param_clamp(param, value) == desk->edit->at.now.values[param]) {
        return;
    }
    if (!desk->gesture || !desk->gesture_marked) {
        edit_turn(desk->edit, param, desk->now_seconds);
        desk->gesture_marked = true;
    }
    desk_set_param(desk, param, value);
}

static void take_result(Desk *desk, ParamId param, Rect cell, const UiKnobResult *result) {
    if (result->began) {
        desk->gesture = true;
        desk->gesture_marked = false;
    }
    if (result->changed) {
        shape(desk, param, param_from_travel(param, result->travel));
    }
    if (result->ended) {
        desk->gesture = false;
    }
    float value;
    if (result->typed && value_parse(param, result->text, &value)) {
        shape(desk, param, value);
    } else if (result->typed) {
        char text[UI_TEXT_BYTES + 64];
        snprintf(text, sizeof text, "%s: \"%s\" is no number.", PARAM_INFOS[param].name, result->text);
        desk_say(desk, true, text);
    }
    if (result->menu) {
        desk->menu_param = param;
        desk->menu_rect = cell;
        desk->ui.menu_choice = 0;
        desk->ui.menu_first = 0;
    }
}

static void knob(Desk *desk, ParamId param, Rect cell) {
    Ui *ui = &desk->ui;
    const ParamInfo *info = &PARAM_INFOS[param];
    float value = desk->edit->at.now.values[param];
    char label[64];
    char text[48];
    char badge[24];
    value_label(param, label, sizeof label);
    value_text(param, value, text, sizeof text);
    int32_t controller = desk->host->learned(desk->host->user, param);
    bool learning = desk->host->learning(desk->host->user) == param;
    if (learning || controller >= 0) {
        snprintf(badge, sizeof badge, learning ? "move one" : "%d", controller);
    }
    float travel = param_to_travel(param, value);
    UiKnob spec = {
        .label = label,
        .value = text,
        .number = value,
        .travel = travel,
        .initial_travel = param_to_travel(param, info->initial),
        .step = info->curve == PARAM_STEPPED ? 1.0f / (info->maximum - info->minimum) : 0.01f,
        .bipolar = info->minimum < 0.0f && info->minimum == -info->maximum,
        .fader = strstr(info->family, "envelope") != NULL,
        .marked = value != desk->edit->at.saved.values[param],
        .badge = learning || controller >= 0 ? badge : NULL,
        .waiting = learning,
    };
    UiKnobResult result = ui_knob(ui, cell, info->name, &spec);
    if (ui_tip_due(ui)) {
        char tip[UI_TEXT_BYTES];
        snprintf(tip, sizeof tip, "%s %s", info->documentation,
                 controller >= 0 ? "The MIDI controller of the number beside it moves it."
                                 : "Double-click: default. Enter: type. Right-click: MIDI learn.");
        ui_tip(ui, tip);
    }
    take_result(desk, param, cell, &result);
}

static void draw_group(Desk *desk, const Group *group, Rect content, float size) {
    int cell_height = ui_px(&desk->ui, KNOB_CELL_HEIGHT * size);
    Ui *ui = &desk->ui;
    Rect rect = {content.x + group->rect.x, content.y + group->rect.y, group->rect.w, group->rect.h};
    draw_round(ui->draw, rect, ui_px(ui, 6.0f), color_blend(ui->theme->panel, ui->theme->raised, 0.4f));
    Rect inside = rect_inset(rect, ui_px(ui, GROUP_PADDING), ui_px(ui, 3.0f));
    ui_label(ui, rect_cut_top(&inside, ui_px(ui, GROUP_TITLE)), FONT_STRONG, ALIGN_LEFT, ui->theme->text,
             group->family);
    int x = inside.x;
    int y = inside.y;
    for (int i = 0; i < group->count; i++) {
        if (x > inside.x && x + group->widths[i] > inside.x + inside.w) {
            x = inside.x;
            y += cell_height;
        }
        Rect cell = {x, y, group->widths[i], cell_height};
        knob(desk, group->params[i], rect_inset(cell, ui_px(ui, 2.0f), ui_px(ui, 1.0f)));
        x += group->widths[i];
    }
}

static void tool(Desk *desk, Rect *line, float width, const char *name, DeskCommand command, bool live) {
    Ui *ui = &desk->ui;
    Rect rect = rect_cut_left(line, ui_px(ui, width));
    if (ui_button(ui, rect, name, live ? BUTTON_PLAIN : BUTTON_IDLE)) {
        desk_command(desk, command);
    }
    char tip[UI_TEXT_BYTES];
    snprintf(tip, sizeof tip, "%s (%s)", desk_command_name(command), desk_command_key(command));
    ui_tip(ui, tip);
    rect_cut_left(line, ui_px(ui, 6.0f));
}

static void tools(Desk *desk, Rect line) {
    const Edit *edit = desk->edit;
    bool changed = edit_changed(edit) || edit->comparing;
    tool(desk, &line, 60.0f, "Undo", DESK_UNDO, edit_can_undo(edit));
    tool(desk, &line, 60.0f, "Redo", DESK_REDO, edit_can_redo(edit));
    tool(desk, &line, 96.0f, edit->comparing ? "As shaped" : "Compare", DESK_COMPARE, changed);
    tool(desk, &line, 60.0f, "Save", DESK_SAVE, changed);
    tool(desk, &line, 84.0f, "Save as\xE2\x80\xA6", DESK_SAVE_AS, true);
    if (desk->host->learning(desk->host->user) != PARAM_COUNT) {
        ui_label(&desk->ui, line, FONT_SMALL, ALIGN_RIGHT, desk->ui.theme->accent,
                 "Move a controller, or Esc");
        if (ui_take_key(&desk->ui, UI_KEY_ESCAPE)) {
            desk->host->learn_cancel(desk->host->user);
        }
    }
}

static void learn_menu(Desk *desk) {
    if (desk->menu_param == PARAM_COUNT) {
        return;
    }
    static const char *const ITEMS[] = {"Learn a MIDI controller", "Forget the controller", "Default value"};
    ParamId param = desk->menu_param;
    int chosen = ui_popup_menu(&desk->ui, desk->menu_rect, ITEMS, 3);
    if (chosen == -1) {
        return;
    }
    desk->menu_param = PARAM_COUNT;
    if (chosen == 0) {
        desk->host->learn(desk->host->user, param);
    } else if (chosen == 1) {
        desk->host->learn_forget(desk->host->user, param);
    } else if (chosen == 2) {
        shape(desk, param, PARAM_INFOS[param].initial);
    }
}

void panel_params(Desk *desk, Rect rect) {
    Ui *ui = &desk->ui;
    ui_push(ui, "params", 0);
    Rect inside = ui_panel(ui, rect, NULL);
    tools(desk, rect_cut_top(&inside, ui_px(ui, 26.0f)));
    rect_cut_top(&inside, ui_px(ui, 6.0f));
    Group groups[GROUPS_MAX];
    int count = gather(ui, groups);
    int height = 0;
    float size = SIZE_MAX_FACTOR;
    for (;; size -= SIZE_STEP) { // as large as there is room for
        height = place_groups(ui, groups, count, inside.w, size);
        if (height <= inside.h || size <= 1.0f) {
            break;
        }
    }
    if (height > inside.h) { // narrower, beside a scroll bar
        height = place_groups(ui, groups, count, inside.w - ui_px(ui, 12.0f), size);
    }
    Rect content = ui_scroll_begin(ui, inside, "knobs", height, &desk->params_offset);
    for (int i = 0; i < count; i++) {
        draw_group(desk, &groups[i], content, size);
    }
    ui_scroll_end(ui, inside, "knobs", height, &desk->params_offset);
    learn_menu(desk);
    ui_pop(ui);
    ui->group++;
}
