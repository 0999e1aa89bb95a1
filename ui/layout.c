// Cuts rectangles.
#include "ui/layout.h"

Rect rect_intersect(Rect a, Rect b) {
    int left = int_max(a.x, b.x);
    int top = int_max(a.y, b.y);
    int right = int_min(a.x + a.w, b.x + b.w);
    int bottom = int_min(a.y + a.h, b.y + b.h);
    return (Rect){left, top, int_max(right - left, 0), int_max(bottom - top, 0)};
}

Rect rect_cut_top(Rect *rect, int height) {
    height = int_clamp(height, 0, rect->h);
    Rect cut = {rect->x, rect->y, rect->w, height};
    rect->y += height;
    rect->h -= height;
    return cut;
}

Rect rect_cut_bottom(Rect *rect, int height) {
    height = int_clamp(height, 0, rect->h);
    rect->h -= height;
    return (Rect){rect->x, rect->y + rect->h, rect->w, height};
}

Rect rect_cut_left(Rect *rect, int width) {
    width = int_clamp(width, 0, rect->w);
    Rect cut = {rect->x, rect->y, width, rect->h};
    rect->x += width;
    rect->w -= width;
    return cut;
}

Rect rect_cut_right(Rect *rect, int width) {
    width = int_clamp(width, 0, rect->w);
    rect->w -= width;
    return (Rect){rect->x + rect->w, rect->y, width, rect->h};
}

Rect rect_inset(Rect rect, int horizontal, int vertical) {
    return (Rect){rect.x + horizontal, rect.y + vertical, int_max(rect.w - 2 * horizontal, 0),
                  int_max(rect.h - 2 * vertical, 0)};
}

Rect rect_column(Rect rect, int index, int count, int gap) {
    int room = rect.w - gap * (count - 1);
    int begin = room * index / count;
    int end = room * (index + 1) / count;
    return (Rect){rect.x + begin + gap * index, rect.y, end - begin, rect.h};
}

Rect rect_row(Rect rect, int index, int count, int gap) {
    int room = rect.h - gap * (count - 1);
    int begin = room * index / count;
    int end = room * (index + 1) / count;
    return (Rect){rect.x, rect.y + begin + gap * index, rect.w, end - begin};
}

Rect rect_center(Rect rect, int width, int height) {
    return (Rect){rect.x + (rect.w - width) / 2, rect.y + (rect.h - height) / 2, width, height};
}
