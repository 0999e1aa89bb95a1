// Hashes the commands into cells: one whose hash is as it was shows what it showed.
#include "ui/draw_damage.h"

#include <stdlib.h>
#include <string.h>

enum { CELL_PIXELS = 32 }; // small enough for one meter, large enough that a frame has about a thousand

static const uint64_t NOTHING_SHOWN = UINT64_C(0x9E3779B97F4A7C15);

static size_t cell_count(const DrawDamage *damage) {
    return (size_t)damage->columns * (size_t)damage->rows;
}

void draw_damage_resize(DrawDamage *damage, int width, int height) {
    free(damage->cells);
    *damage = (DrawDamage){.width = width,
                           .height = height,
                           .columns = (width + CELL_PIXELS - 1) / CELL_PIXELS,
                           .rows = (height + CELL_PIXELS - 1) / CELL_PIXELS};
    damage->cells = calloc(2 * cell_count(damage) + 1, sizeof *damage->cells);
    if (!damage->cells) {
        damage->columns = 0;
        damage->rows = 0;
    }
}

void draw_damage_deinit(DrawDamage *damage) {
    free(damage->cells);
}

static uint64_t mix(uint64_t hash, uint64_t value) {
    hash = (hash ^ value) * 0xBF58476D1CE4E5B9u;
    return hash ^ hash >> 29;
}

static uint64_t command_hash(const DrawList *list, const Command *command) {
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
    const uint8_t *bytes = list->bytes + command->offset;
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

static Cells cells_of(const DrawDamage *damage, Rect seen) {
    return (Cells){int_max(seen.x, 0) / CELL_PIXELS, int_max(seen.y, 0) / CELL_PIXELS,
                   int_min((seen.x + seen.w - 1) / CELL_PIXELS, damage->columns - 1),
                   int_min((seen.y + seen.h - 1) / CELL_PIXELS, damage->rows - 1)};
}

static void mark_cell(DrawDamage *damage, int column, int row, uint64_t hash) {
    uint64_t *cell = &damage->cells[(size_t)row * (size_t)damage->columns + (size_t)column];
    *cell = mix(*cell, hash);
}

// By what each cell shows of a plot, so that only those are painted through which its line has moved.
static void mark_columns(DrawDamage *damage, const DrawList *list, const Command *command, Rect seen,
                         uint64_t hash) {
    Cells cells = cells_of(damage, seen);
    for (int column = cells.left; column <= cells.right; column++) {
        int x = int_max(column * CELL_PIXELS, seen.x);
        int end = int_min((column + 1) * CELL_PIXELS, seen.x + seen.w);
        const Column *columns = command_columns(list, command) + x - command->rect.x;
        ColumnsExtent extent = columns_extent(columns, end - x);
        for (int row = cells.top; row <= cells.bottom; row++) {
            int first_row = int_max(row * CELL_PIXELS, seen.y) - command->rect.y;
            int end_row = int_min((row + 1) * CELL_PIXELS, seen.y + seen.h) - command->rect.y;
            mark_cell(damage, column, row, hash + columns_hash(columns, end - x, extent, first_row, end_row));
        }
    }
}

static void mark(DrawDamage *damage, const DrawList *list, const Command *command) {
    Rect seen = rect_intersect(command->rect, command->clip);
    if (rect_empty(seen)) {
        return;
    }
    uint64_t hash = command_hash(list, command);
    if (command->kind == COMMAND_COLUMNS) {
        mark_columns(damage, list, command, seen, hash);
        return;
    }
    Cells cells = cells_of(damage, seen);
    for (int row = cells.top; row <= cells.bottom; row++) {
        for (int column = cells.left; column <= cells.right; column++) {
            mark_cell(damage, column, row, hash);
        }
    }
}

static bool cell_changed(const DrawDamage *damage, int column, int row) {
    size_t place = (size_t)row * (size_t)damage->columns + (size_t)column;
    return damage->cells[place] != damage->cells[cell_count(damage) + place];
}

// Runs along a row, each joined with the same run of the row above.
static int gather(const DrawDamage *damage, Rect rects[DRAW_DAMAGE_MAX]) {
    int count = 0;
    for (int row = 0; row < damage->rows; row++) {
        for (int column = 0; column < damage->columns; column++) {
            int begin = column;
            while (column < damage->columns && cell_changed(damage, column, row)) {
                column++;
            }
            if (column == begin) {
                continue;
            }
            Rect run = {begin * CELL_PIXELS, row * CELL_PIXELS, (column - begin) * CELL_PIXELS, CELL_PIXELS};
            int above = 0;
            while (above < count && !(rects[above].x == run.x && rects[above].w == run.w &&
                                      rects[above].y + rects[above].h == run.y)) {
                above++;
            }
            if (above < count) {
                rects[above].h += CELL_PIXELS;
            } else if (count < DRAW_DAMAGE_MAX) {
                rects[count++] = run;
            } else {
                rects[0] = (Rect){0, 0, damage->width, damage->height};
                return 1;
            }
        }
    }
    return count;
}

int draw_damage_find(DrawDamage *damage, const DrawList *list, Rect rects[DRAW_DAMAGE_MAX]) {
    for (size_t i = 0; i < cell_count(damage); i++) {
        damage->cells[i] = NOTHING_SHOWN;
    }
    for (int i = 0; i < list->command_count; i++) {
        mark(damage, list, &list->commands[i]);
    }
    int count = gather(damage, rects);
    for (int i = 0; i < count; i++) {
        rects[i] = rect_intersect(rects[i], (Rect){0, 0, damage->width, damage->height});
    }
    return count;
}

void draw_damage_keep(DrawDamage *damage) {
    memcpy(damage->cells + cell_count(damage), damage->cells, cell_count(damage) * sizeof *damage->cells);
}
