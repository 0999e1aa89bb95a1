// Who has the pointer, the keyboard focus and the popup.
#include "ui/context.h"

#include "ui/draw_text.h"

#include <SDL_stdinc.h>
#include <string.h>

static const double TIP_SECONDS = 0.6; // long enough not to follow a pointer that only passes

void ui_begin(Ui *ui, const UiInput *input) {
    ui->in = *input;
    ui->widget_count = 0;
    ui->seed_depth = 0;
    ui->seeds[0] = 2166136261u;
    ui->group = 0;
    ui->tip[0] = '\0';
    ui->tip_pointed = false;
    if (input->key != UI_KEY_NONE || input->text[0]) {
        ui->key_at = input->now_seconds;
    }
    ui->modal_next = LAYER_BASE;
    ui->focus_at_begin = ui->focus;
    draw_begin(ui->draw);
}

static UiWidget *find_widget(Ui *ui, UiId id) {
    for (int i = 0; i < ui->widget_count; i++) {
        if (ui->widgets[i].id == id) {
            return &ui->widgets[i];
        }
    }
    return NULL;
}

static bool may_focus(const Ui *ui, const UiWidget *widget) {
    return widget->focusable && widget->layer == ui->modal;
}

// Tab goes through the widgets in the order they were placed; with Control it goes from panel to panel.
static void move_focus(Ui *ui, int step, bool by_group) {
    int count = ui->widget_count;
    if (count == 0) {
        return;
    }
    UiWidget *now = find_widget(ui, ui->focus);
    int place = now ? (int)(now - ui->widgets) : step > 0 ? -1 : count;
    for (int tried = 0; tried < count; tried++) {
        place = (place + step + count) % count;
        UiWidget *widget = &ui->widgets[place];
        if (may_focus(ui, widget) && !(by_group && now && widget->group == now->group)) {
            if (by_group && step < 0) { // enter a panel at its first widget from either side
                while (place > 0 && ui->widgets[place - 1].group == widget->group) {
                    place--;
                }
                while (!may_focus(ui, &ui->widgets[place])) {
                    place++;
                }
            }
            ui_set_focus(ui, ui->widgets[place].id, true);
            return;
        }
    }
}

static void show_tip(Ui *ui) {
    if (!ui->tip[0] || ui->in.down) {
        return;
    }
    draw_set_layer(ui->draw, LAYER_TOP);
    int width_max = ui_px(ui, 280.0f);
    int width = draw_text_width(ui->draw, FONT_SMALL, ui->tip);
    Rect text = {0, 0, int_min(width, width_max), 0};
    text.h = draw_paragraph(ui->draw, text, FONT_SMALL, ui->theme->text, ui->tip, false);
    Rect box = {ui->tip_rect.x, ui->tip_rect.y + ui->tip_rect.h + ui_px(ui, 6.0f), text.w + ui_px(ui, 20.0f),
                text.h + ui_px(ui, 12.0f)};
    if (box.y + box.h > draw_height(ui->draw)) {
        box.y = ui->tip_rect.y - box.h - ui_px(ui, 6.0f);
    }
    box.y = int_max(box.y, 0);
    box.x = int_clamp(box.x, ui_px(ui, 4.0f), int_max(draw_width(ui->draw) - box.w - ui_px(ui, 4.0f), 0));
    draw_round(ui->draw, box, ui_px(ui, 6.0f), ui->theme->hover);
    draw_outline(ui->draw, box, ui_px(ui, 6.0f), 1, ui->theme->line);
    text.x = box.x + ui_px(ui, 10.0f);
    text.y = box.y + ui_px(ui, 6.0f);
    draw_paragraph(ui->draw, text, FONT_SMALL, ui->theme->text, ui->tip, true);
}

void ui_end(Ui *ui) {
    if (ui_take_key(ui, UI_KEY_TAB)) {
        move_focus(ui, ui->in.shift ? -1 : 1, ui->in.control);
    }
    // A modal layer that has just opened or closed takes or gives back the focus.
    if (ui->modal_next > ui->modal) {
        ui->focus_before_popup = ui->focus_at_begin;
    } else if (ui->modal_next < ui->modal) {
        ui->focus = ui->focus_before_popup;
    }
    ui->modal = ui->modal_next;
    if (!ui->in.down) {
        ui->active = 0;
    }
    if (ui->in.pressed && !ui->active) {
        ui_set_focus(ui, 0, false);
    }
    show_tip(ui);
    draw_set_layer(ui->draw, LAYER_BASE);
}

int ui_px(const Ui *ui, float units) {
    return draw_px(ui->draw, units);
}

static UiId hash(UiId seed, const char *name) {
    for (; *name; name++) {
        seed = (seed ^ (uint8_t)*name) * 16777619u;
    }
    return seed ? seed : 1;
}

UiId ui_id(const Ui *ui, const char *name) {
    return hash(ui->seeds[ui->seed_depth], name);
}

void ui_push(Ui *ui, const char *name, int index) {
    UiId seed = hash(ui->seeds[ui->seed_depth], name);
    seed = (seed ^ (uint32_t)index) * 16777619u;
    if (ui->seed_depth + 1 < UI_SEED_DEPTH) {
        ui->seeds[++ui->seed_depth] = seed;
    }
}

void ui_pop(Ui *ui) {
    if (ui->seed_depth > 0) {
        ui->seed_depth--;
    }
}

bool ui_enabled(const Ui *ui) {
    return draw_layer(ui->draw) == ui->modal;
}

static void follow_hover(Ui *ui, UiId id) {
    if (ui->hover_id != id) {
        ui->hover_id = id;
        ui->hover_since = ui->in.now_seconds;
    }
}

UiState ui_widget(Ui *ui, UiId id, Rect rect, int flags) {
    Rect clip = draw_clip(ui->draw);
    if (ui->widget_count < UI_WIDGETS_MAX) {
        ui->widgets[ui->widget_count++] =
            (UiWidget){id, rect, clip, draw_layer(ui->draw), ui->group, !(flags & UI_NO_FOCUS)};
    }
    UiState state = {0};
    if (!ui_enabled(ui)) {
        return state;
    }
    state.hover =
        rect_has(rect_intersect(rect, clip), ui->in.x, ui->in.y) && (!ui->active || ui->active == id);
    if (state.hover) {
        follow_hover(ui, id);
        state.double_click = ui->in.double_click;
        state.right = ui->in.right_pressed;
        if (ui->in.pressed || ui->in.right_pressed) {
            state.pressed = ui->in.pressed;
            ui->active = ui->in.pressed ? id : ui->active;
            if (!(flags & UI_NO_FOCUS)) {
                ui_set_focus(ui, id, false);
            }
        }
    }
    state.held = ui->active == id;
    state.clicked = state.held && state.hover && ui->in.released;
    state.focused = ui->focus == id && !(flags & UI_NO_FOCUS);
    if (state.focused && ui->edit != id) {
        state.clicked = ui_take_key(ui, UI_KEY_ENTER) || state.clicked;
        state.right = ui_take_key(ui, UI_KEY_MENU) || state.right;
    }
    return state;
}

bool ui_take_key(Ui *ui, UiKey key) {
    if (ui->in.key != key || key == UI_KEY_NONE) {
        return false;
    }
    ui->in.key = UI_KEY_NONE;
    return true;
}

void ui_set_focus(Ui *ui, UiId id, bool by_key) {
    if (ui->edit != id) {
        ui->edit = 0;
    }
    ui->focus = id;
    ui->focus_by_key = by_key;
}

void ui_focus_ring(Ui *ui, UiState state, Rect rect) {
    if (state.focused) {
        int out = ui_px(ui, 2.0f);
        draw_outline(ui->draw, rect_inset(rect, -out, -out), ui_px(ui, 7.0f),
                     ui_px(ui, ui->focus_by_key ? 2.0f : 1.0f), ui->theme->accent);
    }
}

static bool is_pointed(const Ui *ui, const UiWidget *widget) {
    return ui->hover_id == widget->id && ui->in.now_seconds - ui->hover_since > TIP_SECONDS &&
           rect_has(rect_intersect(widget->rect, widget->clip), ui->in.x, ui->in.y);
}

bool ui_tip_due(const Ui *ui) {
    if (ui->widget_count == 0) {
        return false;
    }
    const UiWidget *widget = &ui->widgets[ui->widget_count - 1];
    bool rests = ui->focus == widget->id && ui->focus_by_key && !ui->edit &&
                 ui->in.now_seconds - ui->key_at > TIP_SECONDS;
    return widget->layer == ui->modal && (is_pointed(ui, widget) || (rests && !ui->tip_pointed));
}

void ui_tip(Ui *ui, const char *text) {
    if (text && text[0] && ui_tip_due(ui)) {
        const UiWidget *widget = &ui->widgets[ui->widget_count - 1];
        ui->tip_pointed = is_pointed(ui, widget);
        SDL_strlcpy(ui->tip, text, sizeof ui->tip);
        ui->tip_rect = widget->rect;
    }
}

void ui_hold_modal(Ui *ui) {
    DrawLayer layer = draw_layer(ui->draw);
    if (layer > ui->modal_next) {
        ui->modal_next = layer;
    }
}

bool ui_wants_text(const Ui *ui) {
    return ui->edit != 0;
}
