// Bars one pixel wide with soft ends, painted straight into memory: a renderer would take a command for each
// piece of each.
#include "ui/columns.h"

#include <SDL_surface.h>
#include <stddef.h>

enum {
    BAND_ROWS = 32, // painted together: so many lines of memory stay in the cache from bar to bar
    STEPS_MOST = 65535,
    EMPTY_HASH = 0, // of what no column reaches, and of what all fill
    FULL_HASH = 1,
};

static const uint64_t HASH_FACTOR = UINT64_C(0x9E3779B97F4A7C15); // odd, its bits well mixed

typedef struct Paint {
    uint8_t *pixels;
    int pitch_bytes;
    uint32_t color, opaque; // opaque: the bits of alpha, where the surface has it
    int alpha;              // 0..256
} Paint;

static int steps_of(float place, int height) {
    return int_min((int)((1.0f - float_clamp(place, 0.0f, 1.0f)) * (float)(height * COLUMN_STEPS) + 0.5f),
                   STEPS_MOST);
}

Column column_of(float low, float high, int height) {
    int bottom = steps_of(low, height);
    return (Column){(uint16_t)int_min(steps_of(high, height), bottom), (uint16_t)bottom};
}

ColumnsExtent columns_extent(const Column *columns, int count) {
    ColumnsExtent extent = {STEPS_MOST, 0, 0, STEPS_MOST};
    for (int i = 0; i < count; i++) {
        extent.highest = int_min(extent.highest, columns[i].top);
        extent.lowest = int_max(extent.lowest, columns[i].bottom);
        extent.full_top = int_max(extent.full_top, columns[i].top);
        extent.full_bottom = int_min(extent.full_bottom, columns[i].bottom);
    }
    return extent;
}

uint64_t columns_hash(const Column *columns, int count, ColumnsExtent extent, int first_row, int end_row) {
    int first = first_row * COLUMN_STEPS;
    int end = end_row * COLUMN_STEPS;
    if (end <= extent.highest || first >= extent.lowest) {
        return EMPTY_HASH;
    }
    if (first >= extent.full_top && end <= extent.full_bottom) {
        return FULL_HASH;
    }
    uint64_t hash = FULL_HASH + 1;
    for (int i = 0; i < count; i++) {
        uint64_t top = (uint64_t)int_clamp(columns[i].top, first, end);
        uint64_t bottom = (uint64_t)int_clamp(columns[i].bottom, first, end);
        uint64_t part = top < bottom ? top << 16 | bottom : 0;
        hash = (hash ^ part) * HASH_FACTOR;
        hash ^= hash >> 29;
    }
    return hash;
}

bool columns_fit(const SDL_Surface *surface) {
    const SDL_PixelFormat *format = surface->format;
    return format->BytesPerPixel == 4 && format->Rloss == 0 && format->Gloss == 0 && format->Bloss == 0;
}

// Two colours at a time; where a format puts which does not matter.
static uint32_t blend(uint32_t under, uint32_t over, uint32_t alpha) {
    const uint32_t HALF = 0x00FF00FFu;
    uint32_t even = ((under & HALF) * (256 - alpha) + (over & HALF) * alpha) >> 8 & HALF;
    uint32_t odd = ((under >> 8 & HALF) * (256 - alpha) + (over >> 8 & HALF) * alpha) & ~HALF;
    return even | odd;
}

static void paint_column(const Paint *paint, int x, int first_row, int end_row, int top, int bottom) {
    int row = int_max(top / COLUMN_STEPS, first_row);
    end_row = int_min((bottom + COLUMN_STEPS - 1) / COLUMN_STEPS, end_row);
    uint8_t *at = paint->pixels + (ptrdiff_t)row * paint->pitch_bytes + (ptrdiff_t)x * 4;
    for (; row < end_row; row++, at += paint->pitch_bytes) {
        uint32_t *pixel = (uint32_t *)(void *)at;
        int covered = int_min(bottom, (row + 1) * COLUMN_STEPS) - int_max(top, row * COLUMN_STEPS);
        int alpha = paint->alpha * covered / COLUMN_STEPS;
        *pixel = (alpha == 256 ? paint->color : blend(*pixel, paint->color, (uint32_t)alpha)) | paint->opaque;
    }
}

void columns_paint(SDL_Surface *surface, Rect plot, Rect seen, const Column *columns, Color color) {
    const SDL_PixelFormat *format = surface->format;
    Paint paint = {
        .pixels = (uint8_t *)surface->pixels + (ptrdiff_t)plot.y * surface->pitch + (ptrdiff_t)plot.x * 4,
        .pitch_bytes = surface->pitch,
        .color = SDL_MapRGB(format, color.r, color.g, color.b),
        .opaque = format->Amask,
        .alpha = color.a + (color.a >> 7),
    };
    int end = seen.y + seen.h - plot.y;
    for (int row = seen.y - plot.y; row < end; row += BAND_ROWS) {
        int end_row = int_min(row + BAND_ROWS, end);
        for (int x = seen.x - plot.x; x < seen.x + seen.w - plot.x; x++) {
            paint_column(&paint, x, row, end_row, columns[x].top, columns[x].bottom);
        }
    }
}
