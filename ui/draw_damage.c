// Finds the cells of the window where a frame differs from the one before.
#include "ui/draw_list.h"

#include <stdlib.h>
#include <string.h>

enum { CELL_PIXELS = 32 }; // small enough for one meter, large enough that a frame has about a thousand

static size_t cell_count(const Draw *draw) {
    return (size_t)draw->columns * (size_t)draw->rows;
}

void draw_damage_resize(Draw *draw) {
    draw->columns = (draw->width + CELL_PIXELS - 1) / CELL_PIXELS;
    draw->rows = (draw->height + CELL_PIXELS - 1) / CELL_PIXELS;
    free(draw->cells);
    draw->cells = calloc(2 * cell_count(draw) + 1, sizeof *draw->cells);
    if (!draw->cells) {
        draw->columns = 0;
        draw->rows = 0;
    }
}

void draw_damage_begin(Draw *draw) {
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

void draw_damage_mark(Draw *draw, const Command *command) {
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

static bool cell_changed(const Draw *draw, int column, int row) {
    size_t place = (size_t)row * (size_t)draw->columns + (size_t)column;
    return draw->cells[place] != draw->cells[cell_count(draw) + place];
}

// Gathers changed cells into rectangles: runs along a row, joined with the same run of the row above.
int draw_damage_find(const Draw *draw, Rect *damage, int capacity) {
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

void draw_damage_keep(Draw *draw) {
    memcpy(draw->cells + cell_count(draw), draw->cells, cell_count(draw) * sizeof *draw->cells);
}
