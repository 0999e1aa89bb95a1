// Labels, panels, buttons, bars and views that scroll.
#ifndef UI_WIDGETS_H
#define UI_WIDGETS_H

#include "ui/context.h"
#include "ui/draw_text.h"

/// How a button looks; what it does is the same.
typedef enum UiButtonLook { BUTTON_PLAIN, BUTTON_QUIET, BUTTON_IDLE, BUTTON_ACCENT } UiButtonLook;

void ui_label(Ui *ui, Rect rect, FontStyle style, DrawAlign align, Color color, const char *text);
/// A panel's ground and, unless NULL, its title; returns what is left inside.
Rect ui_panel(Ui *ui, Rect rect, const char *title);

/// True when it is clicked.
bool ui_button(Ui *ui, Rect rect, const char *name, UiButtonLook look);
/// A button that shows where it points instead of a word; name is for its id.
bool ui_arrow(Ui *ui, Rect rect, const char *name, DrawPoint point);
/// A button that stays in; draws a mark, so that its state is not told by colour alone. True when it is
/// clicked.
bool ui_toggle(Ui *ui, Rect rect, const char *name, bool on);
/// One of several of which one is chosen, as in a row of pages.
bool ui_tab(Ui *ui, Rect rect, const char *name, bool chosen);

/// A bar from the left: a share 0..1 of solid, then as much of hatch, then a mark (< 0: none).
void ui_bar(Ui *ui, Rect rect, float solid, float hatch, float mark, Color color);

/// A view that scrolls up and down; content_height in pixels. Returns the content's rectangle, higher than
/// the view. Ends with ui_scroll_end.
Rect ui_scroll_begin(Ui *ui, Rect view, const char *name, int content_height, float *offset);
void ui_scroll_end(Ui *ui, Rect view, const char *name, int content_height, float *offset);

#endif
