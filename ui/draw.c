// Takes down what a frame shows, and finds the cells of the window where it differs from the frame before.
#include "ui/draw.h"

#include "ui/draw_list.h"

#include <SDL.h>
#include <stdlib.h>
#include <string.h>

enum {
    CELL_PIXELS = 32, // small enough for one meter, large enough that a frame has about a thousand
    TEXT_BYTES = 1024,
};

Draw *draw_create(float scale, Error *error) {
    Draw *draw = calloc(1, sizeof *draw);
    if (!draw) {
        error_set(error, "out of memory for the window");
        return NULL;
    }
    draw->shapes = shapes_create();
    if (!draw->shapes) {
        error_set(error, "out of memory for the window");
    } else if (draw_set_scale(draw, scale, error)) {
        return draw;
    }
    draw_destroy(draw);
    return NULL;
}

void draw_destroy(Draw *draw) {
    if (draw) {
        font_destroy(draw->font);
        shapes_destroy(draw->shapes);
        free(draw->commands);
        free(draw->bytes);
        free(draw->cells);
        free(draw);
    }
}

bool draw_set_scale(Draw *draw, float scale, Error *error) {
    Font *font = font_create(scale, error);
    if (!font) {
        return false;
    }
    font_destroy(draw->font);
    font_set_renderer(font, draw->renderer);
    draw->font = font;
    draw->scale = scale;
    return true;
}

static size_t cell_count(const Draw *draw) {
    return (size_t)draw->columns * (size_t)draw->rows;
}

void draw_set_renderer(Draw *draw, struct SDL_Renderer *renderer, int width, int height) {
    draw->renderer = renderer;
    draw->width = width;
    draw->height = height;
    font_set_renderer(draw->font, renderer);
    shapes_set_renderer(draw->shapes, renderer);
    draw->columns = (width + CELL_PIXELS - 1) / CELL_PIXELS;
    draw->rows = (height + CELL_PIXELS - 1) / CELL_PIXELS;
    free(draw->cells);
    draw->cells = calloc(2 * cell_count(draw) + 1, sizeof *draw->cells);
    if (!draw->cells) {
        draw->columns = 0;
        draw->rows = 0;
    }
}

int draw_width(const Draw *draw) {
    return draw->width;
}

int draw_height(const Draw *draw) {
    return draw->height;
}

int draw_px(const Draw *draw, float units) {
    int pixels = (int)(units * draw->scale + 0.5f);
    return units > 0.0f && pixels < 1 ? 1 : pixels;
}

void draw_begin(Draw *draw) {
    draw->command_count = 0;
    draw->byte_count = 0;
    draw->overflow = false;
    draw->layer = LAYER_BASE;
    draw->clip_depth = 0;
    draw->clips[0] = (Rect){0, 0, draw->width, draw->height};
    for (size_t i = 0; i < cell_count(draw); i++) {
        draw->cells[i] = 0x9E3779B97F4A7C15u;
    }
}

static uint64_t mix(uint64_t hash, uint64_t value) {
    hash = (hash ^ value) * 0xBF58476D1CE4E5B9u;
    return hash ^ hash >> 29;
}

static uint64_t command_hash(const Draw *draw, const Command *command) {
    uint64_t hash = mix((uint64_t)command->kind, (uint64_t)command->layer);
    hash = mix(hash, (uint64_t)(uint32_t)command->rect.x << 32 | (uint32_t)command->rect.y);
    hash = mix(hash, (uint64_t)(uint32_t)command->rect.w << 32 | (uint32_t)command->rect.h);
    hash = mix(hash, (uint64_t)(uint32_t)command->clip.x << 32 | (uint32_t)command->clip.y);
    hash = mix(hash, (uint64_t)(uint32_t)command->clip.w << 32 | (uint32_t)command->clip.h);
    hash = mix(hash, (uint64_t)command->color.r << 24 | (uint64_t)command->color.g << 16 |
                         (uint64_t)command->color.b << 8 | command->color.a);
    hash = mix(hash, (uint64_t)command->shape.kind << 48 | (uint64_t)command->shape.a << 32 |
                         (uint64_t)command->shape.b << 16 | command->shape.c);
    hash = mix(hash, command->shape.d);
    const uint8_t *bytes = draw->bytes + command->offset;
    for (uint32_t i = 0; i < command->bytes; i += 4) {
        uint32_t word = 0;
        memcpy(&word, bytes + i, command->bytes - i < 4 ? command->bytes - i : 4);
        hash = mix(hash, word);
    }
    return hash;
}

static void mark_cells(Draw *draw, const Command *command) {
    Rect seen = rect_intersect(command->rect, command->clip);
    if (rect_empty(seen) || !draw->cells) {
        return;
    }
    uint64_t hash = command_hash(draw, command);
    int right = int_min((seen.x + seen.w - 1) / CELL_PIXELS, draw->columns - 1);
    int bottom = int_min((seen.y + seen.h - 1) / CELL_PIXELS, draw->rows - 1);
    for (int row = int_max(seen.y, 0) / CELL_PIXELS; row <= bottom; row++) {
        uint64_t *cells = draw->cells + (size_t)row * (size_t)draw->columns;
        for (int column = int_max(seen.x, 0) / CELL_PIXELS; column <= right; column++) {
            cells[column] = mix(cells[column], hash);
        }
    }
}

static uint8_t *reserve_bytes(Draw *draw, size_t bytes) {
    // Floats are kept here too, so every piece begins at a multiple of their size.
    size_t begin = (draw->byte_count + 3) & ~(size_t)3;
    if (begin + bytes > draw->byte_capacity) {
        size_t capacity = (begin + bytes) * 2;
        uint8_t *grown = realloc(draw->bytes, capacity);
        if (!grown) {
            draw->overflow = true;
            return NULL;
        }
        draw->bytes = grown;
        draw->byte_capacity = capacity;
    }
    draw->byte_count = begin + bytes;
    return draw->bytes + begin;
}

static void add(Draw *draw, Command command) {
    if (draw->command_count == draw->command_capacity) {
        int capacity = draw->command_capacity ? draw->command_capacity * 2 : 1024;
        Command *grown = realloc(draw->commands, (size_t)capacity * sizeof *grown);
        if (!grown) {
            draw->overflow = true;
            return;
        }
        draw->commands = grown;
        draw->command_capacity = capacity;
    }
    command.layer = draw->layer;
    command.clip = draw_clip(draw);
    draw->commands[draw->command_count++] = command;
    mark_cells(draw, &command);
}

void draw_set_layer(Draw *draw, DrawLayer layer) {
    draw->layer = layer;
}

DrawLayer draw_layer(const Draw *draw) {
    return draw->layer;
}

static void push_clip(Draw *draw, Rect rect) {
    if (draw->clip_depth + 1 < CLIP_DEPTH) {
        draw->clips[draw->clip_depth + 1] = rect;
    }
    draw->clip_depth++;
}

void draw_push_clip(Draw *draw, Rect rect) {
    push_clip(draw, rect_intersect(draw_clip(draw), rect));
}

void draw_push_window_clip(Draw *draw) {
    push_clip(draw, draw->clips[0]);
}

void draw_pop_clip(Draw *draw) {
    draw->clip_depth--;
}

Rect draw_clip(const Draw *draw) {
    return draw->clips[int_min(draw->clip_depth, CLIP_DEPTH - 1)];
}

void draw_fill(Draw *draw, Rect rect, Color color) {
    if (!rect_empty(rect)) {
        add(draw, (Command){.kind = COMMAND_FILL, .rect = rect, .color = color});
    }
}

static uint16_t fitting_radius(Rect rect, int radius) {
    return (uint16_t)int_clamp(radius, 0, int_min(rect.w, rect.h) / 2);
}

void draw_round(Draw *draw, Rect rect, int radius, Color color) {
    if (!rect_empty(rect)) {
        add(draw, (Command){.kind = COMMAND_ROUND,
                            .rect = rect,
                            .color = color,
                            .shape.a = fitting_radius(rect, radius)});
    }
}

void draw_outline(Draw *draw, Rect rect, int radius, int thickness, Color color) {
    if (!rect_empty(rect)) {
        add(draw, (Command){.kind = COMMAND_OUTLINE,
                            .rect = rect,
                            .color = color,
                            .shape = {.a = fitting_radius(rect, radius), .b = (uint16_t)thickness}});
    }
}

static void add_shape(Draw *draw, int x, int y, Shape shape, Color color) {
    if (shape.a > 0) {
        int side = shape_side(shape);
        add(draw,
            (Command){.kind = COMMAND_SHAPE, .rect = {x, y, side, side}, .color = color, .shape = shape});
    }
}

void draw_disc(Draw *draw, int center_x, int center_y, int diameter, Color color) {
    add_shape(draw, center_x - diameter / 2, center_y - diameter / 2,
              (Shape){.kind = SHAPE_DISC, .a = (uint16_t)diameter}, color);
}

static uint16_t turn_steps(float turns) {
    return (uint16_t)(float_clamp(turns, 0.0f, 1.0f) * 256.0f + 0.5f);
}

void draw_arc(Draw *draw, Rect square, int thickness, float begin, float end, Color color) {
    Shape shape = {SHAPE_ARC, (uint16_t)square.w, (uint16_t)thickness, turn_steps(begin), turn_steps(end)};
    if (shape.d > shape.c) {
        add_shape(draw, square.x, square.y, shape, color);
    }
}

void draw_needle(Draw *draw, Rect square, int thickness, float direction, Color color) {
    add_shape(draw, square.x, square.y,
              (Shape){SHAPE_NEEDLE, (uint16_t)square.w, (uint16_t)thickness, turn_steps(direction), 0},
              color);
}

void draw_triangle(Draw *draw, Rect square, DrawPoint point, Color color) {
    add_shape(draw, square.x, square.y, (Shape){SHAPE_TRIANGLE, (uint16_t)square.w, (uint16_t)point, 0, 0},
              color);
}

void draw_hatch(Draw *draw, Rect rect, Color color) {
    if (!rect_empty(rect)) {
        add(draw, (Command){.kind = COMMAND_HATCH,
                            .rect = rect,
                            .color = color,
                            .shape = {.kind = SHAPE_HATCH, .a = (uint16_t)draw_px(draw, 5.0f)}});
    }
}

void draw_columns(Draw *draw, Rect rect, const float *low, const float *high, int count, Color color) {
    count = int_min(count, rect.w);
    if (count <= 0 || rect.h <= 0) {
        return;
    }
    size_t half = (size_t)count * sizeof *low;
    uint8_t *bytes = reserve_bytes(draw, 2 * half);
    if (bytes) {
        memcpy(bytes, low, half);
        memcpy(bytes + half, high, half);
        add(draw, (Command){.kind = COMMAND_COLUMNS,
                            .rect = rect,
                            .color = color,
                            .offset = (uint32_t)(bytes - draw->bytes),
                            .bytes = (uint32_t)(2 * half)});
    }
}

int draw_text_width(Draw *draw, FontStyle style, const char *text) {
    return font_width(draw->font, style, text);
}

int draw_text_height(const Draw *draw, FontStyle style) {
    return font_height(draw->font, style);
}

// Copies text into fitted, ending it in an ellipsis where it is wider than width. True when it was cut.
static bool fit(Draw *draw, FontStyle style, const char *text, int width, char fitted[TEXT_BYTES]) {
    SDL_strlcpy(fitted, text, TEXT_BYTES);
    if (font_width(draw->font, style, fitted) <= width) {
        return false;
    }
    static const char ELLIPSIS[] = "\xE2\x80\xA6";
    size_t length = int_min((int)strlen(fitted), TEXT_BYTES - (int)sizeof ELLIPSIS) > 0 ? strlen(fitted) : 0;
    length = length > TEXT_BYTES - sizeof ELLIPSIS ? TEXT_BYTES - sizeof ELLIPSIS : length;
    do {
        while (length > 0 && ((uint8_t)fitted[--length] & 0xC0) == 0x80) {
        }
        memcpy(fitted + length, ELLIPSIS, sizeof ELLIPSIS);
    } while (length > 0 && font_width(draw->font, style, fitted) > width);
    return true;
}

static void add_text(Draw *draw, Rect box, FontStyle style, DrawAlign align, Color color, const char *text,
                     bool any) {
    if (!text[0] || rect_empty(box)) {
        return;
    }
    char fitted[TEXT_BYTES];
    bool cut = fit(draw, style, text, box.w, fitted);
    int width = font_width(draw->font, style, fitted);
    int x = align == ALIGN_LEFT    ? box.x
            : align == ALIGN_RIGHT ? box.x + box.w - width
                                   : box.x + (box.w - width) / 2;
    // Digits and capitals, not the line with its room for accents, stand in the middle.
    int y = box.y + (box.h - font_digit_height(draw->font, style)) / 2 - font_digit_top(draw->font, style);
    size_t bytes = strlen(fitted) + 1;
    uint8_t *copy = reserve_bytes(draw, bytes);
    if (copy) {
        memcpy(copy, fitted, bytes);
        add(draw, (Command){.kind = COMMAND_TEXT,
                            .rect = {x, y, width, font_height(draw->font, style)},
                            .color = color,
                            .shape.a = (uint16_t)style,
                            .offset = (uint32_t)(copy - draw->bytes),
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
    int line_height = font_height(draw->font, style);
    int y = box.y;
    char line[TEXT_BYTES];
    while (*text) {
        size_t taken = 0; // bytes known to fit
        for (size_t end = 0; text[end] && text[end] != '\n' && end < TEXT_BYTES - 1;) {
            end++;
            if (text[end] == ' ' || text[end] == '\n' || text[end] == '\0') {
                memcpy(line, text, end);
                line[end] = '\0';
                if (taken && font_width(draw->font, style, line) > box.w) {
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

static bool cell_changed(const Draw *draw, int column, int row) {
    size_t place = (size_t)row * (size_t)draw->columns + (size_t)column;
    return draw->cells[place] != draw->cells[cell_count(draw) + place];
}

// Gathers changed cells into rectangles: runs along a row, joined with the same run of the row above.
static int find_damage(const Draw *draw, Rect *damage, int capacity) {
    int count = 0;
    for (int row = 0; row < draw->rows; row++) {
        for (int column = 0; column < draw->columns; column++) {
            int begin = column;
            while (column < draw->columns && cell_changed(draw, column, row)) {
                column++;
            }
            if (column == begin) {
                continue;
            }
            Rect run = {begin * CELL_PIXELS, row * CELL_PIXELS, (column - begin) * CELL_PIXELS, CELL_PIXELS};
            int above = 0;
            while (above < count && !(damage[above].x == run.x && damage[above].w == run.w &&
                                      damage[above].y + damage[above].h == run.y)) {
                above++;
            }
            if (above < count) {
                damage[above].h += CELL_PIXELS;
            } else if (count < capacity) {
                damage[count++] = run;
            } else {
                damage[0] = (Rect){0, 0, draw->width, draw->height};
                return 1;
            }
        }
    }
    return count;
}

int draw_end(Draw *draw, Rect *damage, int capacity) {
    if (!draw->cells || !draw->renderer) {
        return 0;
    }
    int count = find_damage(draw, damage, capacity);
    Rect window = {0, 0, draw->width, draw->height};
    for (int i = 0; i < count; i++) {
        damage[i] = rect_intersect(damage[i], window);
        draw_paint(draw, damage[i]);
    }
    SDL_RenderFlush(draw->renderer);
    memcpy(draw->cells + cell_count(draw), draw->cells, cell_count(draw) * sizeof *draw->cells);
    return count;
}

static const Command *text_command(const Draw *draw, int index) {
    for (int i = 0; i < draw->command_count; i++) {
        if (draw->commands[i].kind == COMMAND_TEXT && index-- == 0) {
            return &draw->commands[i];
        }
    }
    return NULL;
}

int draw_text_count(const Draw *draw) {
    int count = 0;
    for (int i = 0; i < draw->command_count; i++) {
        count += draw->commands[i].kind == COMMAND_TEXT;
    }
    return count;
}

DrawnText draw_text_at(const Draw *draw, int index) {
    const Command *command = text_command(draw, index);
    return (DrawnText){(const char *)draw->bytes + command->offset, command->rect, command->clip,
                       command->layer, command->cut};
}
