// A line of text that can be typed in.
#ifndef UI_FIELD_H
#define UI_FIELD_H

#include "ui/context.h"

#include <stdbool.h>

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

#endif
