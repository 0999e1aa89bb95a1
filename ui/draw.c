// Takes down what a frame shows, and paints where it differs from the frame before.
#include "ui/draw.h"

#include "ui/draw_list.h"

#include <SDL.h>
#include <stdlib.h>
#include <string.h>

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

void draw_set_renderer(Draw *draw, struct SDL_Renderer *renderer, struct SDL_Surface *surface) {
    draw->renderer = renderer;
    draw->surface = surface;
    draw->width = surface ? surface->w : 0;
    draw->height = surface ? surface->h : 0;
    font_set_renderer(draw->font, renderer);
    shapes_set_renderer(draw->shapes, renderer);
    draw_damage_resize(draw);
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
    draw->layer_highest = LAYER_BASE;
    draw->clip_depth = 0;
    draw->clips[0] = (Rect){0, 0, draw->width, draw->height};
    draw_damage_begin(draw);
}

uint8_t *draw_reserve_bytes(Draw *draw, size_t bytes) {
    // Columns are kept here too, so every piece begins at a multiple of their size.
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

void draw_add(Draw *draw, Command command) {
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
    draw->layer_highest = draw->layer > draw->layer_highest ? draw->layer : draw->layer_highest;
    command.clip = draw_clip(draw);
    draw->commands[draw->command_count++] = command;
    draw_damage_mark(draw, &command);
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
        draw_add(draw, (Command){.kind = COMMAND_FILL, .rect = rect, .color = color});
    }
}

static uint16_t fitting_radius(Rect rect, int radius) {
    return (uint16_t)int_clamp(radius, 0, int_min(rect.w, rect.h) / 2);
}

void draw_round(Draw *draw, Rect rect, int radius, Color color) {
    if (!rect_empty(rect)) {
        draw_add(draw, (Command){.kind = COMMAND_ROUND,
                                 .rect = rect,
                                 .color = color,
                                 .shape.a = fitting_radius(rect, radius)});
    }
}

void draw_outline(Draw *draw, Rect rect, int radius, int thickness, Color color) {
    if (!rect_empty(rect)) {
        draw_add(draw, (Command){.kind = COMMAND_OUTLINE,
                                 .rect = rect,
                                 .color = color,
                                 .shape = {.a = fitting_radius(rect, radius), .b = (uint16_t)thickness}});
    }
}

static void add_shape(Draw *draw, int x, int y, Shape shape, Color color) {
    if (shape.a > 0) {
        int side = shape_side(shape);
        draw_add(
            draw,
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
        draw_add(draw, (Command){.kind = COMMAND_HATCH,
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
    size_t size = (size_t)count * sizeof(Column);
    uint8_t *bytes = draw_reserve_bytes(draw, size);
    if (bytes) {
        Column *columns = (Column *)(void *)bytes;
        for (int i = 0; i < count; i++) {
            columns[i] = column_of(low[i], high[i], rect.h);
        }
        rect.w = count;
        draw_add(draw, (Command){.kind = COMMAND_COLUMNS,
                                 .rect = rect,
                                 .color = color,
                                 .offset = (uint32_t)(bytes - draw->bytes),
                                 .bytes = (uint32_t)size});
    }
}

int draw_end(Draw *draw, Rect damage[DRAW_DAMAGE_MAX]) {
    if (!draw->cells || !draw->renderer) {
        return 0;
    }
    int count = draw_damage_find(draw, damage);
    Rect window = {0, 0, draw->width, draw->height};
    for (int i = 0; i < count; i++) {
        damage[i] = rect_intersect(damage[i], window);
    }
    draw_paint(draw, damage, count);
    SDL_RenderFlush(draw->renderer);
    draw_damage_keep(draw);
    return count;
}
