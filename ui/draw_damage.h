// Where a frame differs from the one before.
#ifndef UI_DRAW_DAMAGE_H
#define UI_DRAW_DAMAGE_H

#include "ui/draw_list.h"
#include "ui/layout.h"

#include <stdint.h>

enum { DRAW_DAMAGE_MAX = 256 };

/// A hash for each cell of the window of what it shows.
typedef struct DrawDamage {
    int width, height; // of the window in pixels
    int columns, rows; // of cells
    uint64_t *cells;   // the first half is this frame's, the second the last one's; NULL without memory
} DrawDamage;

/// Cells for a window of that many pixels, all of them to be painted. All zero is no window. [main-thread]
void draw_damage_resize(DrawDamage *damage, int width, int height);
/// Gives its memory back. [main-thread]
void draw_damage_deinit(DrawDamage *damage);
/// Gathers the cells that the list changes; returns how many rectangles, all in one when there are more.
/// [main-thread]
int draw_damage_find(DrawDamage *damage, const DrawList *list, Rect rects[DRAW_DAMAGE_MAX]);
/// What is shown now is what the next frame is compared with. [main-thread]
void draw_damage_keep(DrawDamage *damage);

#endif
