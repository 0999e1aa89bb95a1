// Buttons, menus, fields, lists, knobs and meters.
#ifndef UI_WIDGETS_H
#define UI_WIDGETS_H

#include "ui/context.h"

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

/// A drop-down. Returns the item chosen now, or -1. current -1: none.
int ui_menu(Ui *ui, Rect rect, const char *name, const char *const *items, int count, int current);
/// A menu of its own at rect's lower edge, open until something is chosen or it is left: -1 while open, -2
/// when left.
int ui_popup_menu(Ui *ui, Rect rect, const char *const *items, int count);

typedef struct UiFieldResult {
    bool changed;
    bool submitted; // Enter
    bool left;      // Escape
} UiFieldResult;
/// A line of text that can be typed in; text holds capacity bytes.
UiFieldResult ui_field(Ui *ui, Rect rect, const char *name, char *text, int capacity,
                       const char *placeholder);
/// Puts the cursor into a field, all of its text chosen.
void ui_field_enter(Ui *ui, UiId id, const char *text);

/// A knob or a fader as it is shown.
typedef struct UiKnob {
    const char *label;
    const char *value; // in words, with its unit
    float number;      // what the typing of a value starts from
    float travel;      // 0..1
    float initial_travel;
    float step;   // travel of one notch or arrow key
    bool bipolar; // the arc grows from the middle
    bool fader;
    bool marked;       // differs from the patch as saved
    const char *badge; // the number of the controller that moves it, or what it waits for; NULL for neither
    bool waiting;      // the badge stands in the place of the label
} UiKnob;

typedef struct UiKnobResult {
    bool changed;      // travel is new
    bool began, ended; // of one gesture, for undo
    bool typed;        // text is new
    bool menu;         // right click
    float travel;
    char text[UI_TEXT_BYTES];
} UiKnobResult;

/// Height and least width of a knob's cell in units.
enum { KNOB_CELL_HEIGHT = 62, KNOB_CELL_WIDTH = 62 };
UiKnobResult ui_knob(Ui *ui, Rect rect, const char *name, const UiKnob *knob);

/// A bar from the left: a share 0..1 of solid, then as much of hatch, then a mark (< 0: none).
void ui_bar(Ui *ui, Rect rect, float solid, float hatch, float mark, Color color);

/// A view that scrolls up and down; content_height in pixels. Returns the content's rectangle, higher than
/// the view. Ends with ui_scroll_end.
Rect ui_scroll_begin(Ui *ui, Rect view, const char *name, int content_height, float *offset);
void ui_scroll_end(Ui *ui, Rect view, const char *name, int content_height, float *offset);

/// Rows of a list, one chosen by arrow keys or a click. Calls draw_row for the visible ones. Returns the row
/// clicked or entered, or -1.
int ui_list(Ui *ui, Rect rect, const char *name, int count, int row_height, int *chosen, float *offset,
            void (*draw_row)(Ui *ui, void *user, int row, Rect rect, bool chosen), void *user);

#endif
