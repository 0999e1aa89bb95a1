// Its text is the caller's; the cursor is the context's, since one field at most is typed in.
#include "ui/field.h"

#include "ui/draw_text.h"

#include <SDL_clipboard.h>
#include <SDL_stdinc.h>
#include <string.h>

void ui_field_enter(Ui *ui, UiId id, const char *text) {
    ui_set_focus(ui, id, true);
    ui->edit = id;
    ui->edit_all = true;
    if (text != ui->edit_text) {
        SDL_strlcpy(ui->edit_text, text, sizeof ui->edit_text);
    }
    ui->edit_cursor = (int)strlen(ui->edit_text);
}

static int step_back(const char *text, int place) {
    do {
        place--;
    } while (place > 0 && ((uint8_t)text[place] & 0xC0) == 0x80);
    return int_max(place, 0);
}

static int step_on(const char *text, int place) {
    if (text[place]) {
        do {
            place++;
        } while (((uint8_t)text[place] & 0xC0) == 0x80);
    }
    return place;
}

static void erase(char *text, int begin, int end) {
    memmove(text + begin, text + end, strlen(text + end) + 1);
}

static bool insert(Ui *ui, char *text, int capacity, const char *typed) {
    if (ui->edit_all) {
        text[0] = '\0';
        ui->edit_cursor = 0;
        ui->edit_all = false;
    }
    int length = (int)strlen(text);
    int more = (int)strlen(typed);
    if (more == 0 || length + more >= capacity) {
        return false;
    }
    memmove(text + ui->edit_cursor + more, text + ui->edit_cursor, (size_t)(length - ui->edit_cursor) + 1);
    memcpy(text + ui->edit_cursor, typed, (size_t)more);
    ui->edit_cursor += more;
    return true;
}

// The clipboard's first line, as much of it as there is room for.
static bool paste(Ui *ui, char *text, int capacity) {
    char *clipboard = SDL_GetClipboardText();
    if (!clipboard) {
        return false;
    }
    clipboard[strcspn(clipboard, "\r\n")] = '\0';
    for (char *place = clipboard; *place; place++) {
        *place = (unsigned char)*place < ' ' ? ' ' : *place;
    }
    int room = capacity - 1 - (ui->edit_all ? 0 : (int)strlen(text));
    if ((int)strlen(clipboard) > room) {
        clipboard[step_back(clipboard, room + 1)] = '\0'; // not in the middle of a letter
    }
    bool changed = clipboard[0] && insert(ui, text, capacity, clipboard);
    SDL_free(clipboard);
    return changed;
}

static bool delete_at(Ui *ui, char *text, bool before) {
    int cursor = ui->edit_cursor;
    int begin = ui->edit_all ? 0 : before && cursor > 0 ? step_back(text, cursor) : cursor;
    int end = ui->edit_all ? (int)strlen(text) : before ? cursor : step_on(text, cursor);
    erase(text, begin, end);
    ui->edit_cursor = begin;
    ui->edit_all = false;
    return end > begin;
}

static bool edit(Ui *ui, char *text, int capacity) {
    int length = (int)strlen(text);
    ui->edit_cursor = int_clamp(ui->edit_cursor, 0, length);
    int cursor = ui->edit_cursor;
    bool moved = true;
    if (ui_take_key(ui, UI_KEY_LEFT)) {
        cursor = step_back(text, cursor);
    } else if (ui_take_key(ui, UI_KEY_RIGHT)) {
        cursor = step_on(text, cursor);
    } else if (ui_take_key(ui, UI_KEY_HOME)) {
        cursor = 0;
    } else if (ui_take_key(ui, UI_KEY_END)) {
        cursor = length;
    } else {
        moved = false;
    }
    if (moved) {
        ui->edit_cursor = cursor;
        ui->edit_all = false;
    }
    if (ui_take_key(ui, UI_KEY_BACKSPACE)) {
        return delete_at(ui, text, true);
    }
    if (ui_take_key(ui, UI_KEY_DELETE)) {
        return delete_at(ui, text, false);
    }
    if (ui_take_key(ui, UI_KEY_PASTE)) {
        return paste(ui, text, capacity);
    }
    return ui->in.text[0] && insert(ui, text, capacity, ui->in.text);
}

static void draw_cursor(Ui *ui, Rect inside, const char *text) {
    char before[UI_TEXT_BYTES];
    SDL_strlcpy(before, text, sizeof before);
    before[int_clamp(ui->edit_cursor, 0, (int)strlen(before))] = '\0';
    int width = draw_text_width(ui->draw, FONT_BODY, before);
    int height = ui_px(ui, 15.0f);
    Rect line = {inside.x, inside.y + (inside.h - height) / 2, int_max(width, 1), height};
    if (ui->edit_all) {
        draw_round(ui->draw, line, 1, color_alpha(ui->theme->accent, 0.4f));
    } else {
        draw_fill(ui->draw, (Rect){inside.x + int_min(width, inside.w - 1), line.y, ui_px(ui, 1.5f), height},
                  ui->theme->accent);
    }
}

UiFieldResult ui_field(Ui *ui, Rect rect, const char *name, char *text, int capacity,
                       const char *placeholder) {
    const Theme *theme = ui->theme;
    UiFieldResult result = {0};
    UiId id = ui_id(ui, name);
    bool editing = ui->edit == id && ui_enabled(ui);
    if (editing && ui_take_key(ui, UI_KEY_ENTER)) {
        result.submitted = true;
        ui->edit = 0;
    } else if (editing && ui_take_key(ui, UI_KEY_ESCAPE)) {
        result.left = true;
        ui->edit = 0;
    }
    UiState state = ui_widget(ui, id, rect, 0);
    bool done = result.submitted || result.left;
    if (!done && !editing && (state.pressed || state.clicked || (state.focused && ui->in.text[0]))) {
        ui->edit = id;
        ui->edit_all = true;
        ui->edit_cursor = (int)strlen(text);
    } else if (editing && state.pressed) {
        ui->edit_all = false;
    }
    if (ui->edit == id && ui_enabled(ui)) {
        result.changed = edit(ui, text, capacity);
    }
    draw_round(ui->draw, rect, ui_px(ui, 5.0f), theme->raised);
    draw_outline(ui->draw, rect, ui_px(ui, 5.0f), 1, ui->edit == id ? theme->accent : theme->line);
    Rect inside = rect_inset(rect, ui_px(ui, 6.0f), 0);
    if (ui->edit == id) {
        draw_cursor(ui, inside, text);
    }
    if (text[0]) {
        draw_text_any(ui->draw, inside, FONT_BODY, ALIGN_LEFT, theme->text, text);
    } else {
        draw_text(ui->draw, inside, FONT_BODY, ALIGN_LEFT, theme->dim, placeholder);
    }
    ui_focus_ring(ui, state, rect);
    return result;
}
