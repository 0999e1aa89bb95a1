// Rectangles, and how a panel cuts its own into rows and columns.
#ifndef UI_LAYOUT_H
#define UI_LAYOUT_H

#include <stdbool.h>

/// In pixels of the window's surface.
typedef struct Rect {
    int x, y, w, h;
} Rect;

static inline int int_min(int a, int b) {
    return a < b ? a : b;
}
static inline int int_max(int a, int b) {
    return a > b ? a : b;
}
static inline int int_clamp(int value, int low, int high) {
    return value < low ? low : value > high ? high : value;
}
static inline float float_clamp(float value, float low, float high) {
    return value > low ? (value < high ? value : high) : low;
}

static inline bool rect_empty(Rect rect) {
    return rect.w <= 0 || rect.h <= 0;
}
static inline bool rect_has(Rect rect, int x, int y) {
    return x >= rect.x && y >= rect.y && x < rect.x + rect.w && y < rect.y + rect.h;
}
static inline bool rect_equal(Rect a, Rect b) {
    return a.x == b.x && a.y == b.y && a.w == b.w && a.h == b.h;
}

/// The part that both cover; empty when they do not meet.
Rect rect_intersect(Rect a, Rect b);

/// Takes a strip off one side of rect and returns it; never more than there is.
Rect rect_cut_top(Rect *rect, int height);
Rect rect_cut_bottom(Rect *rect, int height);
Rect rect_cut_left(Rect *rect, int width);
Rect rect_cut_right(Rect *rect, int width);

/// rect less a margin on every side.
Rect rect_inset(Rect rect, int horizontal, int vertical);

/// Cell `index` of `count` equal columns (rows) with a gap between them; every pixel is used.
Rect rect_column(Rect rect, int index, int count, int gap);
Rect rect_row(Rect rect, int index, int count, int gap);

/// A w x h rectangle in the middle of rect.
Rect rect_center(Rect rect, int width, int height);

#endif
