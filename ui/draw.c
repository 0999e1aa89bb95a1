// Turns what is asked for into commands: in pixels, fitted, empty ones left out.
#include "ui/draw.h"

#include "ui/draw_paint.h"

#include <SDL.h>
#include <stdlib.h>

struct Draw {
    DrawList list;
    DrawDamage damage;
    Painter painter;
    float scale;
};

Draw *draw_create(float scale, Error *error) {
    Draw *draw = calloc(1, sizeof *draw);
    if (!draw) {
        error_set(error, "out of memory for the window");
        return NULL;
    }
    draw->painter.shapes = shapes_create();
    if (!draw->painter.shapes) {
        error_set(error, "out of memory for the window");
    } else if (draw_set_scale(draw, scale, error)) {
        return draw;
    }
    draw_destroy(draw);
    return NULL;
}

void draw_destroy(Draw *draw) {
    if (draw) {
        font_destroy(draw->painter.font);
        shapes_destroy(draw->painter.shapes);
        draw_list_deinit(&draw->list);
        draw_damage_deinit(&draw->damage);
        free(draw);
    }
}

bool draw_set_scale(Draw *draw, float scale, Error *error) {
    Font *font = font_create(scale, error);
    if (!font) {
        return false;
    }
    font_destroy(draw->painter.font);
    font_set_renderer(font, draw->painter.renderer);
    draw->painter.font = font;
    draw->scale = scale;
    return true;
}

void draw_set_renderer(Draw *draw, struct SDL_Renderer *renderer, struct SDL_Surface *surface) {
    draw->painter.renderer = renderer;
    draw->painter.surface = surface;
    font_set_renderer(draw->painter.font, renderer);
    shapes_set_renderer(draw->painter.shapes, renderer);
    draw_damage_resize(&draw->damage, surface ? surface->w : 0, surface ? surface->h : 0);
}

int draw_width(const Draw *draw) {
    return draw->damage.width;
}

int draw_height(const Draw *draw) {
    return draw->damage.height;
}

int draw_px(const Draw *draw, float units) {
    int pixels = (int)(units * draw->scale + 0.5f);
    return units > 0.0f && pixels < 1 ? 1 : pixels;
}

DrawList *draw_list(Draw *draw) {
    return &draw->list;
}

Font *draw_font(const Draw *draw) {
    return draw->painter.font;
}

void draw_begin(Draw *draw) {
    draw_list_begin(&draw->list, (Rect){0, 0, draw_width(draw), draw_height(draw)});
}

int draw_end(Draw *draw, Rect damage[DRAW_DAMAGE_MAX]) {
    if (!draw->damage.cells || !draw->painter.renderer) {
        return 0;
    }
    int count = draw_damage_find(&draw->damage, &draw->list, damage);
    draw_paint(&draw->painter, &draw->list, damage, count);
    SDL_RenderFlush(draw->painter.renderer);
    draw_damage_keep(&draw->damage);
    return count;
}

void draw_set_layer(Draw *draw, DrawLayer layer) {
    draw->list.layer = layer;
}

DrawLayer draw_layer(const Draw *draw) {
    return draw->list.layer;
}

void draw_push_clip(Draw *draw, Rect rect) {
    draw_list_push_clip(&draw->list, rect_intersect(draw_clip(draw), rect));
}

void draw_push_window_clip(Draw *draw) {
    draw_list_push_clip(&draw->list, draw->list.clips[0]);
}

void draw_pop_clip(Draw *draw) {
    draw_list_pop_clip(&draw->list);
}

Rect draw_clip(const Draw *draw) {
    return draw_list_clip(&draw->list);
}

void draw_fill(Draw *draw, Rect rect, Color color) {
    if (!rect_empty(rect)) {
        draw_list_add(&draw->list, (Command){.kind = COMMAND_FILL, .rect = rect, .color = color});
    }
}

static uint16_t fitting_radius(Rect rect, int radius) {
    return (uint16_t)int_clamp(radius, 0, int_min(rect.w, rect.h) / 2);
}

void draw_round(Draw *draw, Rect rect, int radius, Color color) {
    if (!rect_empty(rect)) {
        draw_list_add(&draw->list, (Command){.kind = COMMAND_ROUND,
                                             .rect = rect,
                                             .color = color,
                                             .shape.a = fitting_radius(rect, radius)});
    }
}

void draw_outline(Draw *draw, Rect rect, int radius, int thickness, Color color) {
    if (!rect_empty(rect)) {
        draw_list_add(&draw->list,
                      (Command){.kind = COMMAND_OUTLINE,
                                .rect = rect,
                                .color = color,
                                .shape = {.a = fitting_radius(rect, radius), .b = (uint16_t)thickness}});
    }
}

static void add_shape(Draw *draw, int x, int y, Shape shape, Color color) {
    if (shape.a > 0) {
        int side = shape_side(shape);
        draw_list_add(
            &draw->list,
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
        draw_list_add(&draw->list,
                      (Command){.kind = COMMAND_HATCH,
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
    uint8_t *bytes = draw_list_reserve(&draw->list, size);
    if (bytes) {
        Column *columns = (Column *)(void *)bytes;
        for (int i = 0; i < count; i++) {
            columns[i] = column_of(low[i], high[i], rect.h);
        }
        rect.w = count;
        draw_list_add(&draw->list, (Command){.kind = COMMAND_COLUMNS,
                                             .rect = rect,
                                             .color = color,
                                             .offset = (uint32_t)(bytes - draw->list.bytes),
                                             .bytes = (uint32_t)size});
    }
}
