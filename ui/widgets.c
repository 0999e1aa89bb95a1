// Labels, panels, buttons, bars and scrolling.
#include "ui/widgets.h"

#include <string.h>

static int radius(const Ui *ui) {
    return ui_px(ui, 5.0f);
}

void ui_label(Ui *ui, Rect rect, FontStyle style, DrawAlign align, Color color, const char *text) {
    draw_text(ui->draw, rect, style, align, color, text);
}

Rect ui_panel(Ui *ui, Rect rect, const char *title) {
    draw_round(ui->draw, rect, ui_px(ui, 8.0f), ui->theme->panel);
    Rect inside = rect_inset(rect, ui_px(ui, 12.0f), ui_px(ui, 8.0f));
    if (title) {
        Rect line = rect_cut_top(&inside, ui_px(ui, 18.0f));
        ui_label(ui, line, FONT_STRONG, ALIGN_LEFT, ui->theme->text, title);
        rect_cut_top(&inside, ui_px(ui, 6.0f));
    }
    return inside;
}

static void button_ground(Ui *ui, Rect rect, UiState state, Color color) {
    if (state.held && state.hover) {
        color = color_blend(color, ui->theme->text, 0.2f);
    } else if (state.hover) {
        color = color_blend(color, ui->theme->text, 0.1f);
    }
    draw_round(ui->draw, rect, radius(ui), color);
    ui_focus_ring(ui, state, rect);
}

bool ui_button(Ui *ui, Rect rect, const char *name, UiButtonLook look) {
    const Theme *theme = ui->theme;
    UiState state = ui_widget(ui, ui_id(ui, name), rect, 0);
    Color ground = look == BUTTON_ACCENT  ? theme->accent
                   : look == BUTTON_PLAIN ? theme->raised
                                          : theme->panel;
    Color text = look == BUTTON_ACCENT ? theme->on_accent
                 : look == BUTTON_IDLE ? color_blend(theme->dim, theme->panel, 0.45f)
                                       : theme->text;
    button_ground(ui, rect, state, ground);
    ui_label(ui, rect, FONT_BODY, ALIGN_CENTER, text, name);
    return state.clicked;
}

bool ui_arrow(Ui *ui, Rect rect, const char *name, DrawPoint point) {
    UiState state = ui_widget(ui, ui_id(ui, name), rect, 0);
    button_ground(ui, rect, state, ui->theme->raised);
    int size = ui_px(ui, 12.0f);
    draw_triangle(ui->draw, rect_center(rect, size, size), point, ui->theme->text);
    return state.clicked;
}

bool ui_toggle(Ui *ui, Rect rect, const char *name, bool on) {
    const Theme *theme = ui->theme;
    UiState state = ui_widget(ui, ui_id(ui, name), rect, 0);
    Rect inside = rect;
    Rect box = rect_cut_left(&inside, ui_px(ui, 34.0f));
    box = rect_center(box, ui_px(ui, 26.0f), ui_px(ui, 14.0f));
    // A switch: the knob's place tells the state as well as its colour.
    draw_round(ui->draw, box, box.h / 2, on ? theme->accent : state.hover ? theme->hover : theme->raised);
    draw_outline(ui->draw, box, box.h / 2, 1, on ? theme->accent : theme->line);
    int size = box.h - ui_px(ui, 4.0f);
    int x = on ? box.x + box.w - box.h / 2 : box.x + box.h / 2;
    draw_disc(ui->draw, x, box.y + box.h / 2, size, on ? theme->on_accent : theme->dim);
    draw_text_any(ui->draw, inside, FONT_BODY, ALIGN_LEFT, theme->text, name);
    ui_focus_ring(ui, state, rect);
    return state.clicked;
}

bool ui_tab(Ui *ui, Rect rect, const char *name, bool chosen) {
    const Theme *theme = ui->theme;
    UiState state = ui_widget(ui, ui_id(ui, name), rect, 0);
    if (chosen || state.hover) {
        draw_round(ui->draw, rect, radius(ui), chosen ? theme->raised : theme->panel);
    }
    ui_label(ui, rect, chosen ? FONT_STRONG : FONT_BODY, ALIGN_CENTER, chosen ? theme->text : theme->dim,
             name);
    if (chosen) {
        int high = ui_px(ui, 2.0f);
        int side = ui_px(ui, 10.0f);
        draw_fill(ui->draw, (Rect){rect.x + side, rect.y + rect.h - high, rect.w - 2 * side, high},
                  theme->accent);
    }
    ui_focus_ring(ui, state, rect);
    return state.clicked;
}

void ui_bar(Ui *ui, Rect rect, float solid, float hatch, float mark, Color color) {
    const Theme *theme = ui->theme;
    int round = int_min(rect.h / 2, ui_px(ui, 3.0f));
    solid = float_clamp(solid, 0.0f, 1.0f);
    hatch = float_clamp(hatch, 0.0f, 1.0f - solid);
    draw_round(ui->draw, rect, round, theme->raised);
    int end = (int)((float)rect.w * solid + 0.5f);
    int hatch_end = (int)((float)rect.w * (solid + hatch) + 0.5f);
    draw_hatch(ui->draw, (Rect){rect.x + end, rect.y, hatch_end - end, rect.h},
               color_alpha(theme->dim, 0.55f));
    draw_round(ui->draw, (Rect){rect.x, rect.y, end, rect.h}, round, color);
    if (mark >= 0.0f) {
        int wide = ui_px(ui, 2.0f);
        int x = rect.x + (int)((float)(rect.w - wide) * float_clamp(mark, 0.0f, 1.0f) + 0.5f);
        draw_fill(ui->draw, (Rect){x, rect.y - ui_px(ui, 2.0f), wide, rect.h + 2 * ui_px(ui, 2.0f)},
                  theme->text);
    }
}

static int scroll_bar_width(const Ui *ui) {
    return ui_px(ui, 8.0f);
}

static Rect scroll_thumb(const Ui *ui, Rect view, int content_height, float offset) {
    int height = int_max((int)((int64_t)view.h * view.h / content_height), ui_px(ui, 24.0f));
    int room = view.h - height;
    int y = (int)((float)room * offset / (float)(content_height - view.h) + 0.5f);
    return (Rect){view.x + view.w - scroll_bar_width(ui), view.y + y, scroll_bar_width(ui), height};
}

Rect ui_scroll_begin(Ui *ui, Rect view, const char *name, int content_height, float *offset) {
    ui_push(ui, name, 0);
    float most = (float)int_max(content_height - view.h, 0);
    *offset = float_clamp(*offset, 0.0f, most);
    draw_push_clip(ui->draw, view);
    int width = most > 0.0f ? view.w - scroll_bar_width(ui) - ui_px(ui, 4.0f) : view.w;
    return (Rect){view.x, view.y - (int)*offset, width, int_max(content_height, view.h)};
}

// A widget that the keyboard has just reached is brought into view.
static void show_focus(Ui *ui, Rect view, float *offset) {
    for (int i = 0; i < ui->widget_count; i++) {
        UiWidget *widget = &ui->widgets[i];
        if (widget->id == ui->focus && rect_equal(widget->clip, rect_intersect(view, widget->clip)) &&
            rect_has(view, view.x, int_clamp(widget->rect.y, view.y, view.y + view.h - 1))) {
            int above = view.y + ui_px(ui, 8.0f) - widget->rect.y;
            int below = widget->rect.y + widget->rect.h + ui_px(ui, 8.0f) - view.y - view.h;
            *offset += above > 0 ? -(float)above : below > 0 ? (float)below : 0.0f;
        }
    }
}

void ui_scroll_end(Ui *ui, Rect view, const char *name, int content_height, float *offset) {
    (void)name;
    if (ui->focus_by_key) {
        show_focus(ui, view, offset);
    }
    draw_pop_clip(ui->draw);
    float most = (float)(content_height - view.h);
    if (most > 0.0f) {
        if (ui_enabled(ui) && ui->in.wheel != 0.0f && rect_has(view, ui->in.x, ui->in.y)) {
            *offset -= ui->in.wheel * (float)ui_px(ui, 48.0f);
            ui->in.wheel = 0.0f;
        }
        *offset = float_clamp(*offset, 0.0f, most);
        Rect thumb = scroll_thumb(ui, view, content_height, *offset);
        UiState state = ui_widget(ui, ui_id(ui, "bar"), thumb, UI_NO_FOCUS);
        if (state.pressed) {
            ui->drag_travel = *offset;
            ui->drag_y = ui->in.y;
        }
        if (state.held) {
            *offset =
                ui->drag_travel + (float)(ui->in.y - ui->drag_y) * most / (float)int_max(view.h - thumb.h, 1);
            *offset = float_clamp(*offset, 0.0f, most);
        }
        Rect shown = rect_inset(scroll_thumb(ui, view, content_height, *offset), ui_px(ui, 2.0f), 0);
        draw_round(ui->draw, shown, shown.w / 2,
                   state.hover || state.held ? ui->theme->dim : ui->theme->line);
    }
    ui_pop(ui);
}
