// Turned by dragging, wheel, arrow keys, a double click or a typed number; each is one gesture.
#include "ui/knob.h"

#include "ui/field.h"
#include "ui/value_text.h"
#include "ui/widgets.h"

#include <SDL_stdinc.h>
#include <string.h>

static const float TRAVEL_GAP = 0.125f; // turns left open at the bottom, on each side
static const float DRAG_UNITS = 180.0f; // of pointer travel from one end to the other
static const float FINE = 0.1f;         // with Shift held
static const float PAGE_STEPS = 10.0f;  // of Page Up and Page Down

static float turns(float travel) {
    return TRAVEL_GAP + float_clamp(travel, 0.0f, 1.0f) * (1.0f - 2.0f * TRAVEL_GAP);
}

static void draw_ring(Ui *ui, Rect cell, const UiKnob *knob, UiState state) {
    const Theme *theme = ui->theme;
    int side = int_min(cell.w, cell.h);
    Rect square = rect_center(cell, side, side);
    int thickness = ui_px(ui, 3.5f);
    float origin = knob->bipolar ? 0.5f : 0.0f;
    float low = knob->travel < origin ? knob->travel : origin;
    float high = knob->travel < origin ? origin : knob->travel;
    bool lit = state.hover || state.held;
    draw_arc(ui->draw, square, thickness, turns(0.0f), turns(1.0f), lit ? theme->hover : theme->line);
    draw_arc(ui->draw, square, thickness, turns(low), turns(high), theme->accent);
    int inset = thickness + ui_px(ui, 2.0f);
    Rect cap = rect_inset(square, inset, inset);
    draw_disc(ui->draw, cap.x + cap.w / 2, cap.y + cap.h / 2, cap.w, lit ? theme->hover : theme->raised);
    draw_needle(ui->draw, cap, ui_px(ui, 2.0f), turns(knob->travel), theme->text);
}

static void draw_fader(Ui *ui, Rect cell, const UiKnob *knob, UiState state) {
    const Theme *theme = ui->theme;
    int width = ui_px(ui, 4.0f);
    Rect track = rect_center(cell, width, cell.h);
    int cap_height = ui_px(ui, 7.0f);
    int y = track.y + (int)((float)(track.h - cap_height) * (1.0f - knob->travel) + 0.5f);
    int origin = track.y + (knob->bipolar ? track.h / 2 : track.h);
    draw_round(ui->draw, track, width / 2, state.hover || state.held ? theme->hover : theme->line);
    int from = int_min(origin, y + cap_height / 2);
    int to = int_max(origin, y + cap_height / 2);
    draw_round(ui->draw, (Rect){track.x, from, width, to - from}, width / 2, theme->accent);
    Rect cap = {track.x + width / 2 - ui_px(ui, 10.0f), y, 2 * ui_px(ui, 10.0f), cap_height};
    draw_round(ui->draw, cap, ui_px(ui, 2.0f), theme->text);
    draw_fill(ui->draw, (Rect){cap.x + ui_px(ui, 3.0f), cap.y + cap.h / 2, cap.w - ui_px(ui, 6.0f), 1},
              theme->panel);
}

static void drag(Ui *ui, UiState state, const UiKnob *knob, UiKnobResult *result) {
    if (state.pressed) {
        ui->drag_travel = knob->travel;
        ui->drag_x = ui->in.x;
        ui->drag_y = ui->in.y;
        ui->drag_moved = false;
    }
    int moved = (ui->drag_y - ui->in.y) + (ui->in.x - ui->drag_x);
    if (state.held && moved != 0 && !state.pressed) {
        float share = (float)moved / (float)ui_px(ui, DRAG_UNITS) * (ui->in.shift ? FINE : 1.0f);
        ui->drag_travel = float_clamp(ui->drag_travel + share, 0.0f, 1.0f);
        ui->drag_x = ui->in.x;
        ui->drag_y = ui->in.y;
        result->travel = ui->drag_travel;
        result->changed = true;
        result->began = !ui->drag_moved; // a mere click changes nothing
        ui->drag_moved = true;
    }
    result->ended = state.held && ui->in.released;
}

static void nudge(const UiKnob *knob, float travel, UiKnobResult *result) {
    result->travel = float_clamp(travel, 0.0f, 1.0f);
    result->changed = result->travel != knob->travel;
    result->began = result->changed;
    result->ended = result->changed;
}

static void turn_by_key(Ui *ui, const UiKnob *knob, UiKnobResult *result) {
    float step = knob->step * (ui->in.shift ? FINE : 1.0f);
    if (ui_take_key(ui, UI_KEY_UP)) {
        nudge(knob, knob->travel + step, result);
    } else if (ui_take_key(ui, UI_KEY_DOWN)) {
        nudge(knob, knob->travel - step, result);
    } else if (ui_take_key(ui, UI_KEY_PAGE_UP)) {
        nudge(knob, knob->travel + PAGE_STEPS * step, result);
    } else if (ui_take_key(ui, UI_KEY_PAGE_DOWN)) {
        nudge(knob, knob->travel - PAGE_STEPS * step, result);
    } else if (ui_take_key(ui, UI_KEY_HOME)) {
        nudge(knob, 0.0f, result);
    } else if (ui_take_key(ui, UI_KEY_END)) {
        nudge(knob, 1.0f, result);
    } else if (ui_take_key(ui, UI_KEY_DELETE) || ui_take_key(ui, UI_KEY_BACKSPACE)) {
        nudge(knob, knob->initial_travel, result);
    }
}

static void type_value(Ui *ui, Rect box, UiKnobResult *result) {
    UiFieldResult field = ui_field(ui, rect_inset(box, -ui_px(ui, 2.0f), -ui_px(ui, 3.0f)), "typed",
                                   ui->edit_text, sizeof ui->edit_text, "");
    if (field.submitted) {
        result->typed = true;
        SDL_strlcpy(result->text, ui->edit_text, sizeof result->text);
    }
}

UiKnobResult ui_knob(Ui *ui, Rect rect, const char *name, const UiKnob *knob) {
    const Theme *theme = ui->theme;
    UiKnobResult result = {.travel = knob->travel};
    ui_push(ui, name, 0);
    UiId id = ui_id(ui, "knob");
    UiId typing = ui_id(ui, "typed");
    UiState state = ui_widget(ui, id, rect, 0);
    bool by_enter = state.clicked && !(state.held && ui->in.released);
    if (state.double_click) {
        nudge(knob, knob->initial_travel, &result);
        ui->active = 0;
    } else {
        drag(ui, state, knob, &result);
    }
    if (state.hover && ui->in.wheel != 0.0f) {
        nudge(knob, knob->travel + ui->in.wheel * knob->step * (ui->in.shift ? FINE : 1.0f), &result);
        ui->in.wheel = 0.0f;
    }
    if (state.focused) {
        turn_by_key(ui, knob, &result);
    }
    result.menu = state.right;

    Rect inside = rect;
    Rect label = rect_cut_top(&inside, ui_px(ui, 14.0f));
    Rect value = rect_cut_bottom(&inside, ui_px(ui, 14.0f));
    ui_label(ui, label, FONT_SMALL, ALIGN_CENTER, knob->waiting ? theme->accent : theme->dim,
             knob->waiting ? knob->badge : knob->label);
    if (knob->badge && !knob->waiting) {
        ui_label(ui, (Rect){inside.x, inside.y, inside.w, ui_px(ui, 12.0f)}, FONT_SMALL, ALIGN_RIGHT,
                 theme->accent, knob->badge);
    }
    inside = rect_inset(inside, 0, ui_px(ui, 1.0f));
    if (knob->fader) {
        draw_fader(ui, inside, knob, state);
    } else {
        draw_ring(ui, inside, knob, state);
    }
    if (ui->edit == typing) {
        type_value(ui, value, &result);
        if (ui->edit != typing) {
            ui_set_focus(ui, id, true);
        }
    } else {
        ui_label(ui, value, FONT_SMALL, ALIGN_CENTER, theme->text, knob->value);
        if (knob->marked) { // a dot before the value: changed since it was saved
            int width = draw_text_width(ui->draw, FONT_SMALL, knob->value);
            draw_disc(ui->draw, value.x + (value.w - width) / 2 - ui_px(ui, 5.0f), value.y + value.h / 2,
                      ui_px(ui, 4.0f), theme->accent);
        }
        ui_focus_ring(ui, state, rect);
        if (by_enter) {
            char number[32];
            value_typed(knob->number, number, sizeof number);
            ui_field_enter(ui, typing, number);
        }
    }
    ui_pop(ui);
    return result;
}
