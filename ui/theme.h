// Colours of the window, light and dark: one accent, and two warnings that also differ in shape or word.
#ifndef UI_THEME_H
#define UI_THEME_H

#include "ui/color.h"

typedef struct Theme {
    const char *name;
    Color ground; // behind everything
    Color panel;  // a panel
    Color raised; // a button, a field, a meter's track
    Color hover;  // the same under the pointer
    Color line;   // hairlines, grids, tracks of knobs
    Color text;
    Color dim;       // labels, units
    Color accent;    // values, what is chosen, work
    Color on_accent; // text on the accent
    Color warn;      // near the limit
    Color bad;       // late, clipped, failed
    Color on_bad;
    Color key_white, key_black, key_line;
} Theme;

extern const Theme THEME_DARK;
extern const Theme THEME_LIGHT;

#endif
