// Cuts text by the width of its glyphs: a letter at a time for an ellipsis, a word at a time for lines.
#include "ui/draw_text.h"

#include "ui/draw_list.h"

#include <SDL_stdinc.h>
#include <string.h>

enum { TEXT_BYTES = 1024 };

int draw_text_width(Draw *draw, FontStyle style, const char *text) {
    return font_width(draw_font(draw), style, text);
}

int draw_text_height(const Draw *draw, FontStyle style) {
    return font_height(draw_font(draw), style);
}

// Copies text into fitted, ending it in an ellipsis where it is wider than room. True when it was cut.
static bool fit(Draw *draw, FontStyle style, const char *text, int room, char fitted[TEXT_BYTES],
                int *width) {
    SDL_strlcpy(fitted, text, TEXT_BYTES);
    *width = font_width(draw_font(draw), style, fitted);
    if (*width <= room) {
        return false;
    }
    static const char ELLIPSIS[] = "\xE2\x80\xA6";
    size_t length = int_min((int)strlen(fitted), TEXT_BYTES - (int)sizeof ELLIPSIS) > 0 ? strlen(fitted) : 0;
    length = length > TEXT_BYTES - sizeof ELLIPSIS ? TEXT_BYTES - sizeof ELLIPSIS : length;
    do {
        while (length > 0 && ((uint8_t)fitted[--length] & 0xC0) == 0x80) {
        }
        memcpy(fitted + length, ELLIPSIS, sizeof ELLIPSIS);
        *width = font_width(draw_font(draw), style, fitted);
    } while (length > 0 && *width > room);
    return true;
}

static void add_text(Draw *draw, Rect box, FontStyle style, DrawAlign align, Color color, const char *text,
                     bool any) {
    if (!text[0] || rect_empty(box)) {
        return;
    }
    char fitted[TEXT_BYTES];
    int width = 0;
    bool cut = fit(draw, style, text, box.w, fitted, &width);
    int x = align == ALIGN_LEFT    ? box.x
            : align == ALIGN_RIGHT ? box.x + box.w - width
                                   : box.x + (box.w - width) / 2;
    // Digits and capitals, not the line with its room for accents, stand in the middle.
    int y = box.y + (box.h - font_digit_height(draw_font(draw), style)) / 2 -
            font_digit_top(draw_font(draw), style);
    size_t bytes = strlen(fitted) + 1;
    DrawList *list = draw_list(draw);
    uint8_t *copy = draw_list_reserve(list, bytes);
    if (copy) {
        memcpy(copy, fitted, bytes);
        draw_list_add(list, (Command){.kind = COMMAND_TEXT,
                                      .rect = {x, y, width, font_height(draw_font(draw), style)},
                                      .color = color,
                                      .shape.a = (uint16_t)style,
                                      .offset = (uint32_t)(copy - list->bytes),
                                      .bytes = (uint32_t)bytes,
                                      .cut = cut && !any});
    }
}

void draw_text(Draw *draw, Rect box, FontStyle style, DrawAlign align, Color color, const char *text) {
    add_text(draw, box, style, align, color, text, false);
}

void draw_text_any(Draw *draw, Rect box, FontStyle style, DrawAlign align, Color color, const char *text) {
    add_text(draw, box, style, align, color, text, true);
}

int draw_paragraph(Draw *draw, Rect box, FontStyle style, Color color, const char *text, bool paint) {
    int line_height = font_height(draw_font(draw), style);
    int y = box.y;
    char line[TEXT_BYTES];
    while (*text) {
        size_t taken = 0; // bytes known to fit
        for (size_t end = 0; text[end] && text[end] != '\n' && end < TEXT_BYTES - 1;) {
            end++;
            if (text[end] == ' ' || text[end] == '\n' || text[end] == '\0') {
                memcpy(line, text, end);
                line[end] = '\0';
                if (taken && font_width(draw_font(draw), style, line) > box.w) {
                    break;
                }
                taken = end;
            }
        }
        memcpy(line, text, taken);
        line[taken] = '\0';
        if (paint) {
            add_text(draw, (Rect){box.x, y, box.w, line_height}, style, ALIGN_LEFT, color, line, true);
        }
        y += line_height;
        text += taken;
        text += *text == ' ' || *text == '\n';
    }
    return y - box.y;
}

static const Command *text_command(const DrawList *list, int index) {
    int place = 0;
    while (list->commands[place].kind != COMMAND_TEXT || index-- > 0) {
        place++;
    }
    return &list->commands[place];
}

int draw_text_count(Draw *draw) {
    const DrawList *list = draw_list(draw);
    int count = 0;
    for (int i = 0; i < list->command_count; i++) {
        count += list->commands[i].kind == COMMAND_TEXT;
    }
    return count;
}

DrawnText draw_text_at(Draw *draw, int index) {
    const DrawList *list = draw_list(draw);
    const Command *command = text_command(list, index);
    return (DrawnText){command_text(list, command), command->rect, command->clip, command->layer,
                       command->cut};
}
