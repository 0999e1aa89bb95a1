// Text in a frame: fitted to its box, or broken into lines.
#ifndef UI_DRAW_TEXT_H
#define UI_DRAW_TEXT_H

#include "ui/color.h"
#include "ui/draw.h"
#include "ui/font.h"
#include "ui/layout.h"

#include <stdbool.h>

typedef enum DrawAlign { ALIGN_LEFT, ALIGN_CENTER, ALIGN_RIGHT } DrawAlign;

/// One line in the middle of the box's height. Text that is wider than the box ends in an ellipsis, and
/// counts as cut. [main-thread]
void draw_text(Draw *draw, Rect box, FontStyle style, DrawAlign align, Color color, const char *text);
/// The same for text of the user's, a device's or a file's: an ellipsis is no fault of the layout.
void draw_text_any(Draw *draw, Rect box, FontStyle style, DrawAlign align, Color color, const char *text);
/// Several lines, broken at spaces; returns the height used in pixels. paint false only measures.
int draw_paragraph(Draw *draw, Rect box, FontStyle style, Color color, const char *text, bool paint);
/// In pixels. [main-thread]
int draw_text_width(Draw *draw, FontStyle style, const char *text);
int draw_text_height(const Draw *draw, FontStyle style);

/// What was written in the frame, for the layout test.
typedef struct DrawnText {
    const char *text;
    Rect rect; // of the glyphs' line
    Rect clip; // what of it is seen at most
    DrawLayer layer;
    bool cut; // by an ellipsis, and it was the layout's fault
} DrawnText;
int draw_text_count(Draw *draw);
/// index: 0..draw_text_count - 1. Valid until the frame goes on.
DrawnText draw_text_at(Draw *draw, int index);

#endif
