// Only the rows in view are drawn; a menu is a list over everything, which holds the input while it is open.
#include "ui/list.h"

#include "ui/widgets.h"

#include <stdio.h>

// Where the arrow keys lead from the chosen row, -1 for none; without a key it stays.
static int move_by_key(Ui *ui, int chosen, int count, int page) {
    int moved = chosen;
    if (ui_take_key(ui, UI_KEY_UP)) {
        moved = chosen - 1;
    } else if (ui_take_key(ui, UI_KEY_DOWN)) {
        moved = chosen + 1;
    } else if (ui_take_key(ui, UI_KEY_PAGE_UP)) {
        moved = chosen - page;
    } else if (ui_take_key(ui, UI_KEY_PAGE_DOWN)) {
        moved = chosen + page;
    } else if (ui_take_key(ui, UI_KEY_HOME)) {
        moved = 0;
    } else if (ui_take_key(ui, UI_KEY_END)) {
        moved = count - 1;
    } else {
        return chosen;
    }
    return int_clamp(moved, 0, count - 1);
}

static void bring_into_view(int row, int row_height, int view_height, float *offset) {
    float top = (float)(row * row_height);
    float bottom = top + (float)row_height;
    if (top < *offset) {
        *offset = top;
    } else if (bottom > *offset + (float)view_height) {
        *offset = bottom - (float)view_height;
    }
}

int ui_list(Ui *ui, Rect rect, const char *name, int count, int row_height, int *chosen, float *offset,
            void (*draw_row)(Ui *ui, void *user, int row, Rect rect, bool chosen), void *user) {
    UiState state = ui_widget(ui, ui_id(ui, name), rect, 0);
    int entered = -1;
    if (state.focused && count > 0) {
        int moved = move_by_key(ui, *chosen, count, int_max(rect.h / row_height - 1, 1));
        if (moved != *chosen) {
            *chosen = moved;
            bring_into_view(moved, row_height, rect.h, offset);
        }
        if (state.clicked && !ui->in.released) {
            entered = *chosen;
        }
    }
    int hovered = -1;
    Rect content = ui_scroll_begin(ui, rect, name, count * row_height, offset);
    if (state.hover && ui->in.x < content.x + content.w) {
        hovered = (ui->in.y - content.y) / row_height;
    }
    int first = int_max((rect.y - content.y) / row_height, 0);
    for (int row = first; row < count && content.y + row * row_height < rect.y + rect.h; row++) {
        Rect line = {content.x, content.y + row * row_height, content.w, row_height};
        if (row == *chosen || row == hovered) {
            draw_round(ui->draw, line, ui_px(ui, 4.0f),
                       row == *chosen ? ui->theme->hover : ui->theme->raised);
        }
        draw_row(ui, user, row, rect_inset(line, ui_px(ui, 8.0f), 0), row == *chosen);
    }
    ui_scroll_end(ui, rect, name, count * row_height, offset);
    ui_focus_ring(ui, state, rect);
    if (state.pressed && hovered >= 0 && hovered < count) {
        *chosen = hovered;
        entered = hovered;
    }
    return entered;
}

typedef struct MenuItems {
    const char *const *items;
    int current;
} MenuItems;

static void draw_menu_row(Ui *ui, void *user, int row, Rect rect, bool chosen) {
    (void)chosen;
    const MenuItems *menu = user;
    Rect mark = rect_cut_left(&rect, ui_px(ui, 14.0f));
    if (row == menu->current) {
        draw_disc(ui->draw, mark.x + ui_px(ui, 4.0f), mark.y + mark.h / 2, ui_px(ui, 6.0f),
                  ui->theme->accent);
    }
    draw_text_any(ui->draw, rect, FONT_BODY, ALIGN_LEFT, ui->theme->text, menu->items[row]);
}

// Where a menu opens: under its button, over it when there is more room, never outside the window.
static Rect menu_place(Ui *ui, Rect from, const char *const *items, int count, int row_height) {
    int width = from.w;
    for (int i = 0; i < count; i++) {
        width = int_max(width, draw_text_width(ui->draw, FONT_BODY, items[i]) + ui_px(ui, 56.0f));
    }
    int margin = ui_px(ui, 4.0f);
    int window_height = draw_height(ui->draw);
    int below = window_height - from.y - from.h - 2 * margin;
    int above = from.y - 2 * margin;
    int wanted = count * row_height + 2 * margin;
    bool up = wanted > below && above > below;
    int height = int_min(wanted, up ? above : below);
    width = int_min(width, draw_width(ui->draw) - 2 * margin);
    int x = int_clamp(from.x, margin, draw_width(ui->draw) - width - margin);
    return (Rect){x, up ? from.y - margin - height : from.y + from.h + margin, width, height};
}

static int show_menu(Ui *ui, Rect from, const char *const *items, int count, int current) {
    DrawLayer before = draw_layer(ui->draw);
    int row_height = ui_px(ui, 26.0f);
    Rect place = menu_place(ui, from, items, count, row_height);
    draw_set_layer(ui->draw, LAYER_POPUP);
    draw_push_window_clip(ui->draw);
    ui_hold_modal(ui);
    draw_round(ui->draw, place, ui_px(ui, 6.0f), ui->theme->panel);
    draw_outline(ui->draw, place, ui_px(ui, 6.0f), 1, ui->theme->line);
    int result = -1;
    bool ready = ui->modal == LAYER_POPUP; // not in the frame that opens it
    if (ready) {
        bool outside = (ui->in.pressed || ui->in.right_pressed) && !rect_has(place, ui->in.x, ui->in.y);
        ui_set_focus(ui, ui_id(ui, "menu list"), true);
        if (outside || ui_take_key(ui, UI_KEY_ESCAPE) || ui_take_key(ui, UI_KEY_TAB)) {
            result = -2;
        }
    }
    MenuItems menu = {items, current};
    float offset = (float)ui->menu_first;
    int margin = ui_px(ui, 4.0f);
    int entered = ui_list(ui, rect_inset(place, margin, margin), "menu list", count, row_height,
                          &ui->menu_choice, &offset, draw_menu_row, &menu);
    ui->menu_first = (int)offset;
    draw_pop_clip(ui->draw);
    draw_set_layer(ui->draw, before);
    return result == -1 ? entered : result;
}

int ui_popup_menu(Ui *ui, Rect rect, const char *const *items, int count) {
    return show_menu(ui, rect, items, count, -1);
}

int ui_menu(Ui *ui, Rect rect, const char *name, const char *const *items, int count, int current) {
    const Theme *theme = ui->theme;
    UiId id = ui_id(ui, name);
    UiState state = ui_widget(ui, id, rect, 0);
    bool step = state.focused && (ui->in.key == UI_KEY_DOWN || ui->in.key == UI_KEY_UP);
    if ((state.clicked || step) && count > 0 && ui->menu != id) {
        ui->in.key = step ? UI_KEY_NONE : ui->in.key;
        ui->menu = id;
        ui->menu_choice = int_max(current, 0);
        ui->menu_first = int_max(current - 4, 0) * ui_px(ui, 26.0f);
    }
    draw_round(ui->draw, rect, ui_px(ui, 5.0f), state.hover ? theme->hover : theme->raised);
    Rect inside = rect_inset(rect, ui_px(ui, 8.0f), 0);
    int size = ui_px(ui, 12.0f);
    Rect arrow = rect_cut_right(&inside, size);
    draw_triangle(ui->draw, rect_center(arrow, size, size), POINT_DOWN, theme->dim);
    draw_text_any(ui->draw, inside, FONT_BODY, ALIGN_LEFT, count > 0 ? theme->text : theme->dim,
                  current >= 0 && current < count ? items[current]
                  : count > 0                     ? "choose"
                                                  : "none");
    ui_focus_ring(ui, state, rect);
    if (ui->menu != id) {
        return -1;
    }
    int chosen = show_menu(ui, rect, items, count, current);
    if (chosen != -1) {
        ui->menu = 0;
    }
    return chosen >= 0 ? chosen : -1;
}
