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
    if (command->kind == COMMAND_COLUMNS) { // marked by what each cell shows of them
        return hash;
    }
    const uint8_t *bytes = draw->bytes + command->offset;
    for (uint32_t i = 0; i < command->bytes; i += 4) {
        uint32_t word = 0;
        memcpy(&word, bytes + i, command->bytes - i < 4 ? command->bytes - i : 4);
        hash = mix(hash, word);
    }
    return hash;
}

typedef struct Cells {
    int left, top, right, bottom; // the last ones included
} Cells;

static Cells cells_of(const Draw *draw, Rect seen) {
    return (Cells){int_max(seen.x, 0) / CELL_PIXELS, int_max(seen.y, 0) / CELL_PIXELS,
                   int_min((seen.x + seen.w - 1) / CELL_PIXELS, draw->columns - 1),
                   int_min((seen.y + seen.h - 1) / CELL_PIXELS, draw->rows - 1)};
}

static void mark_cell(Draw *draw, int column, int row, uint64_t hash) {
    uint64_t *cell = &draw->cells[(size_t)row * (size_t)draw->columns + (size_t)column];
    *cell = mix(*cell, hash);
}

// By what each cell shows of a plot, so that only those are painted through which its line has moved.
static void mark_columns(Draw *draw, const Command *command, Rect seen, uint64_t hash) {
    Cells cells = cells_of(draw, seen);
    for (int column = cells.left; column <= cells.right; column++) {
        int x = int_max(column * CELL_PIXELS, seen.x);
        int end = int_min((column + 1) * CELL_PIXELS, seen.x + seen.w);
        const Column *columns = command_columns(draw, command) + x - command->rect.x;
        ColumnsExtent extent = columns_extent(columns, end - x);
        for (int row = cells.top; row <= cells.bottom; row++) {
            int first_row = int_max(row * CELL_PIXELS, seen.y) - command->rect.y;
            int end_row = int_min((row + 1) * CELL_PIXELS, seen.y + seen.h) - command->rect.y;
            mark_cell(draw, column, row, hash + columns_hash(columns, end - x, extent, first_row, end_row));
        }
    }
}

void draw_damage_mark(Draw *draw, const Command *command) {
    Rect seen = rect_intersect(command->rect, command->clip);
    if (rect_empty(seen) || !draw->cells) {
        return;
    }
    uint64_t hash = command_hash(draw, command);
    if (command->kind == COMMAND_COLUMNS) {
        mark_columns(draw, command, seen, hash);
        return;
    }
    Cells cells = cells_of(draw, seen);
    for (int row = cells.top; row <= cells.bottom; row++) {
        for (int column = cells.left; column <= cells.right; column++) {
            mark_cell(draw, column, row, hash);
        }
    }
}

static bool cell_changed(const Draw *draw, int column, int row) {
    size_t place = (size_t)row * (size_t)draw->columns + (size_t)column;
    return draw->cells[place] != draw->cells[cell_count(draw) + place];
}

// Gathers changed cells into rectangles: runs along a row, joined with the same run of the row above.
int draw_damage_find(const Draw *draw, Rect damage[DRAW_DAMAGE_MAX]) {
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
            } else if (count < DRAW_DAMAGE_MAX) {
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
