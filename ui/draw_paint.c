// Paints by a renderer of SDL, and leaves out what is painted over.
#include "ui/draw_paint.h"

#include <SDL.h>

static SDL_Rect to_sdl(Rect rect) {
    return (SDL_Rect){rect.x, rect.y, rect.w, rect.h};
}

static void set_color(SDL_Renderer *renderer, Color color) {
    SDL_SetRenderDrawBlendMode(renderer, color.a == 255 ? SDL_BLENDMODE_NONE : SDL_BLENDMODE_BLEND);
    SDL_SetRenderDrawColor(renderer, color.r, color.g, color.b, color.a);
}

static void paint_mask(const Painter *painter, int x, int y, Shape shape, Color color) {
    SDL_Texture *texture = shapes_texture(painter->shapes, shape);
    if (texture) {
        int side = shape_side(shape);
        SDL_SetTextureColorMod(texture, color.r, color.g, color.b);
        SDL_SetTextureAlphaMod(texture, color.a);
        SDL_RenderCopy(painter->renderer, texture, NULL, &(SDL_Rect){x, y, side, side});
    }
}

static void paint_corners(const Painter *painter, Rect rect, Rect seen, Shape shape, Color color) {
    int size = shape.a;
    for (uint16_t corner = 0; corner < 4; corner++) {
        bool right = corner == 1 || corner == 2;
        bool low = corner >= 2;
        Rect square = {right ? rect.x + rect.w - size : rect.x, low ? rect.y + rect.h - size : rect.y, size,
                       size};
        if (!rect_empty(rect_intersect(square, seen))) {
            shape.b = corner;
            paint_mask(painter, square.x, square.y, shape, color);
        }
    }
}

static void paint_round(const Painter *painter, const Command *command, Rect seen) {
    Rect rect = command->rect;
    int radius = command->shape.a;
    set_color(painter->renderer, command->color);
    SDL_Rect parts[3] = {{rect.x, rect.y + radius, rect.w, rect.h - 2 * radius},
                         {rect.x + radius, rect.y, rect.w - 2 * radius, radius},
                         {rect.x + radius, rect.y + rect.h - radius, rect.w - 2 * radius, radius}};
    SDL_RenderFillRects(painter->renderer, parts, 3);
    if (radius > 0) {
        paint_corners(painter, rect, seen, (Shape){.kind = SHAPE_CORNER, .a = (uint16_t)radius},
                      command->color);
    }
}

static void paint_outline(const Painter *painter, const Command *command, Rect seen) {
    Rect rect = command->rect;
    int radius = command->shape.a;
    int thick = command->shape.b;
    set_color(painter->renderer, command->color);
    SDL_Rect parts[4] = {{rect.x + radius, rect.y, rect.w - 2 * radius, thick},
                         {rect.x + radius, rect.y + rect.h - thick, rect.w - 2 * radius, thick},
                         {rect.x, rect.y + radius, thick, rect.h - 2 * radius},
                         {rect.x + rect.w - thick, rect.y + radius, thick, rect.h - 2 * radius}};
    SDL_RenderFillRects(painter->renderer, parts, 4);
    if (radius > 0) {
        paint_corners(painter, rect, seen,
                      (Shape){.kind = SHAPE_RING, .a = (uint16_t)radius, .c = (uint16_t)thick},
                      command->color);
    }
}

static void paint_hatch(const Painter *painter, const Command *command, Rect seen) {
    int side = shape_side(command->shape);
    for (int y = command->rect.y; y < seen.y + seen.h; y += side) {
        for (int x = command->rect.x; x < seen.x + seen.w; x += side) {
            Rect tile = rect_intersect((Rect){x, y, side, side}, command->rect);
            SDL_Texture *texture = shapes_texture(painter->shapes, command->shape);
            if (texture && !rect_empty(rect_intersect(tile, seen))) {
                SDL_SetTextureColorMod(texture, command->color.r, command->color.g, command->color.b);
                SDL_SetTextureAlphaMod(texture, command->color.a);
                SDL_Rect from = {0, 0, tile.w, tile.h};
                SDL_Rect to = to_sdl(tile);
                SDL_RenderCopy(painter->renderer, texture, &from, &to);
            }
        }
    }
}

static void paint_command(const Painter *painter, const DrawList *list, const Command *command, Rect seen) {
    SDL_Rect rect = to_sdl(command->rect);
    switch (command->kind) {
    case COMMAND_FILL:
        set_color(painter->renderer, command->color);
        SDL_RenderFillRect(painter->renderer, &rect);
        break;
    case COMMAND_ROUND:
        paint_round(painter, command, seen);
        break;
    case COMMAND_OUTLINE:
        paint_outline(painter, command, seen);
        break;
    case COMMAND_SHAPE:
        paint_mask(painter, rect.x, rect.y, command->shape, command->color);
        break;
    case COMMAND_HATCH:
        paint_hatch(painter, command, seen);
        break;
    case COMMAND_COLUMNS:
        SDL_RenderFlush(painter->renderer); // what lies under them
        columns_paint(painter->surface, command->rect, seen, command_columns(list, command), command->color);
        break;
    case COMMAND_TEXT:
        font_draw(painter->font, (FontStyle)command->shape.a, rect.x, rect.y, command_text(list, command),
                  command->color.r, command->color.g, command->color.b);
        break;
    }
}

static bool meet(Rect a, Rect b) {
    return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

static bool covers(Rect rect, Rect other) {
    return rect.x <= other.x && rect.y <= other.y && rect.x + rect.w >= other.x + other.w &&
           rect.y + rect.h >= other.y + other.h;
}

// True when nothing that was drawn before is seen in rect.
static bool is_ground(const Command *command, Rect rect) {
    int round = command->shape.a;
    return command->kind == COMMAND_FILL || covers(rect_inset(command->rect, round, 0), rect) ||
           covers(rect_inset(command->rect, 0, round), rect);
}

// For each rectangle the last command under which nothing of its layer is seen.
static void find_grounds(const DrawList *list, DrawLayer layer, const Rect *rects, int count, int *grounds) {
    int open = count;
    for (int i = 0; i < count; i++) {
        grounds[i] = 0;
    }
    for (int place = list->command_count - 1; place > 0 && open > 0; place--) {
        const Command *command = &list->commands[place];
        if (command->layer != layer || command->color.a != 255 ||
            (command->kind != COMMAND_FILL && command->kind != COMMAND_ROUND)) {
            continue;
        }
        Rect seen = rect_intersect(command->rect, command->clip);
        for (int i = 0; i < count; i++) {
            if (grounds[i] == 0 && covers(seen, rects[i]) && is_ground(command, rects[i])) {
                grounds[i] = place;
                open--;
            }
        }
    }
}

static void paint_layer(const Painter *painter, const DrawList *list, DrawLayer layer, const Rect *rects,
                        int count) {
    int grounds[DRAW_DAMAGE_MAX];
    find_grounds(list, layer, rects, count, grounds);
    for (int place = 0; place < list->command_count; place++) {
        const Command *command = &list->commands[place];
        if (command->layer != layer) {
            continue;
        }
        Rect shown = rect_intersect(command->rect, command->clip);
        for (int i = 0; i < count; i++) {
            if (place >= grounds[i] && meet(shown, rects[i])) {
                SDL_Rect clip = to_sdl(rect_intersect(command->clip, rects[i]));
                SDL_RenderSetClipRect(painter->renderer, &clip);
                paint_command(painter, list, command, rect_intersect(shown, rects[i]));
            }
        }
    }
}

void draw_paint(const Painter *painter, const DrawList *list, const Rect *rects, int count) {
    for (int layer = 0; count > 0 && layer <= (int)list->layer_highest; layer++) {
        paint_layer(painter, list, (DrawLayer)layer, rects, count);
    }
    SDL_RenderSetClipRect(painter->renderer, NULL);
}
