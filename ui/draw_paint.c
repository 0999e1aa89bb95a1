// Paints a frame's commands with SDL_Renderer.
#include "ui/draw_list.h"

#include <SDL.h>
#include <string.h>

static SDL_Rect to_sdl(Rect rect) {
    return (SDL_Rect){rect.x, rect.y, rect.w, rect.h};
}

static void set_color(SDL_Renderer *renderer, Color color) {
    SDL_SetRenderDrawBlendMode(renderer, color.a == 255 ? SDL_BLENDMODE_NONE : SDL_BLENDMODE_BLEND);
    SDL_SetRenderDrawColor(renderer, color.r, color.g, color.b, color.a);
}

static void paint_mask(Draw *draw, int x, int y, Shape shape, Color color) {
    SDL_Texture *texture = shapes_texture(draw->shapes, shape);
    if (texture) {
        int side = shape_side(shape);
        SDL_SetTextureColorMod(texture, color.r, color.g, color.b);
        SDL_SetTextureAlphaMod(texture, color.a);
        SDL_RenderCopy(draw->renderer, texture, NULL, &(SDL_Rect){x, y, side, side});
    }
}

static void paint_corners(Draw *draw, Rect rect, Shape shape, Color color) {
    int size = shape.a;
    for (uint16_t corner = 0; corner < 4; corner++) {
        bool right = corner == 1 || corner == 2;
        bool low = corner >= 2;
        shape.b = corner;
        paint_mask(draw, right ? rect.x + rect.w - size : rect.x, low ? rect.y + rect.h - size : rect.y,
                   shape, color);
    }
}

static void paint_round(Draw *draw, const Command *command) {
    Rect rect = command->rect;
    int radius = command->shape.a;
    set_color(draw->renderer, command->color);
    SDL_Rect parts[3] = {{rect.x, rect.y + radius, rect.w, rect.h - 2 * radius},
                         {rect.x + radius, rect.y, rect.w - 2 * radius, radius},
                         {rect.x + radius, rect.y + rect.h - radius, rect.w - 2 * radius, radius}};
    SDL_RenderFillRects(draw->renderer, parts, 3);
    if (radius > 0) {
        paint_corners(draw, rect, (Shape){.kind = SHAPE_CORNER, .a = (uint16_t)radius}, command->color);
    }
}

static void paint_outline(Draw *draw, const Command *command) {
    Rect rect = command->rect;
    int radius = command->shape.a;
    int thick = command->shape.b;
    set_color(draw->renderer, command->color);
    SDL_Rect parts[4] = {{rect.x + radius, rect.y, rect.w - 2 * radius, thick},
                         {rect.x + radius, rect.y + rect.h - thick, rect.w - 2 * radius, thick},
                         {rect.x, rect.y + radius, thick, rect.h - 2 * radius},
                         {rect.x + rect.w - thick, rect.y + radius, thick, rect.h - 2 * radius}};
    SDL_RenderFillRects(draw->renderer, parts, 4);
    if (radius > 0) {
        paint_corners(draw, rect, (Shape){.kind = SHAPE_RING, .a = (uint16_t)radius, .c = (uint16_t)thick},
                      command->color);
    }
}

static void paint_hatch(Draw *draw, const Command *command, Rect seen) {
    int side = shape_side(command->shape);
    for (int y = command->rect.y; y < seen.y + seen.h; y += side) {
        for (int x = command->rect.x; x < seen.x + seen.w; x += side) {
            Rect tile = rect_intersect((Rect){x, y, side, side}, command->rect);
            SDL_Texture *texture = shapes_texture(draw->shapes, command->shape);
            if (texture && !rect_empty(rect_intersect(tile, seen))) {
                SDL_SetTextureColorMod(texture, command->color.r, command->color.g, command->color.b);
                SDL_SetTextureAlphaMod(texture, command->color.a);
                SDL_Rect from = {0, 0, tile.w, tile.h};
                SDL_Rect to = to_sdl(tile);
                SDL_RenderCopy(draw->renderer, texture, &from, &to);
            }
        }
    }
}

static void paint_pixel(SDL_Renderer *renderer, int x, int y, float coverage, Color color) {
    color.a = (uint8_t)((float)color.a * coverage + 0.5f);
    if (color.a > 0) {
        set_color(renderer, color);
        SDL_RenderDrawPoint(renderer, x, y);
    }
}

// A bar from top to bottom, in pixels with fractions, one pixel wide.
static void paint_column(SDL_Renderer *renderer, int x, float top, float bottom, Color color) {
    int first = (int)top;
    int last = (int)bottom;
    if (first == last) {
        paint_pixel(renderer, x, first, bottom - top, color);
        return;
    }
    paint_pixel(renderer, x, first, (float)(first + 1) - top, color);
    paint_pixel(renderer, x, last, bottom - (float)last, color);
    if (last > first + 1) {
        set_color(renderer, color);
        SDL_RenderFillRect(renderer, &(SDL_Rect){x, first + 1, 1, last - first - 1});
    }
}

static void paint_columns(Draw *draw, const Command *command, Rect seen) {
    Rect rect = command->rect;
    int count = (int)(command->bytes / (2 * sizeof(float)));
    for (int i = int_max(seen.x - rect.x, 0); i < int_min(count, seen.x + seen.w - rect.x); i++) {
        float ends[2];
        memcpy(&ends[0], draw->bytes + command->offset + (size_t)i * sizeof(float), sizeof(float));
        memcpy(&ends[1], draw->bytes + command->offset + (size_t)(count + i) * sizeof(float), sizeof(float));
        float top = (float)rect.y + (1.0f - float_clamp(ends[1], 0.0f, 1.0f)) * (float)rect.h;
        float bottom = (float)rect.y + (1.0f - float_clamp(ends[0], 0.0f, 1.0f)) * (float)rect.h;
        paint_column(draw->renderer, rect.x + i, top, bottom, command->color);
    }
}

static void paint_command(Draw *draw, const Command *command, Rect seen) {
    SDL_Rect rect = to_sdl(command->rect);
    switch (command->kind) {
    case COMMAND_FILL:
        set_color(draw->renderer, command->color);
        SDL_RenderFillRect(draw->renderer, &rect);
        break;
    case COMMAND_ROUND:
        paint_round(draw, command);
        break;
    case COMMAND_OUTLINE:
        paint_outline(draw, command);
        break;
    case COMMAND_SHAPE:
        paint_mask(draw, rect.x, rect.y, command->shape, command->color);
        break;
    case COMMAND_HATCH:
        paint_hatch(draw, command, seen);
        break;
    case COMMAND_COLUMNS:
        paint_columns(draw, command, seen);
        break;
    case COMMAND_TEXT:
        font_draw(draw->font, (FontStyle)command->shape.a, rect.x, rect.y,
                  (const char *)draw->bytes + command->offset, command->color.r, command->color.g,
                  command->color.b);
        break;
    }
}

void draw_paint(Draw *draw, Rect rect) {
    for (int layer = 0; layer < LAYER_COUNT; layer++) {
        for (int i = 0; i < draw->command_count; i++) {
            const Command *command = &draw->commands[i];
            Rect seen = rect_intersect(rect_intersect(command->rect, command->clip), rect);
            if ((int)command->layer == layer && !rect_empty(seen)) {
                SDL_Rect clip = to_sdl(rect_intersect(command->clip, rect));
                SDL_RenderSetClipRect(draw->renderer, &clip);
                paint_command(draw, command, seen);
            }
        }
    }
    SDL_RenderSetClipRect(draw->renderer, NULL);
}
