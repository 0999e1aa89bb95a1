// A knob or fader with its name, its value, and every way to turn it.
#ifndef UI_KNOB_H
#define UI_KNOB_H

#include "ui/context.h"

#include <stdbool.h>

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

#endif
