// Bars one pixel wide with soft ends, painted straight into memory: what a plot is made of.
#ifndef UI_COLUMNS_H
#define UI_COLUMNS_H

#include "ui/color.h"
#include "ui/layout.h"

#include <stdint.h>

enum { COLUMN_STEPS = 16 }; // to a pixel: as fine as coverage is seen

/// From the plot's upper edge down, in steps; empty where top = bottom.
typedef struct Column {
    uint16_t top, bottom;
} Column;

/// low and high: 0 (the plot's lower edge) .. 1, of a plot so many pixels high. [any-thread]
Column column_of(float low, float high, int height);
/// In steps: above highest and below lowest there is nothing, between full_top and full_bottom no gap.
typedef struct ColumnsExtent {
    int highest, lowest, full_top, full_bottom;
} ColumnsExtent;
ColumnsExtent columns_extent(const Column *columns, int count);
/// A hash of what is seen of columns[0..count), whose extent is known, between two of the plot's rows.
/// [any-thread]
uint64_t columns_hash(const Column *columns, int count, ColumnsExtent extent, int first_row, int end_row);

struct SDL_Surface;
/// True for surfaces of 32 bits a pixel and 8 a colour, the only ones that columns are painted into.
bool columns_fit(const struct SDL_Surface *surface);
/// Paints what lies in seen, which lies in the surface, of the plot that has the columns. [main-thread]
void columns_paint(struct SDL_Surface *surface, Rect plot, Rect seen, const Column *columns, Color color);

#endif
