// Lists to scroll and choose from, and the menus made of them.
#ifndef UI_LIST_H
#define UI_LIST_H

#include "ui/context.h"

#include <stdbool.h>

/// Rows of a list, one chosen by arrow keys or a click. Calls draw_row for the visible ones. Returns the row
/// clicked or entered, or -1.
int ui_list(Ui *ui, Rect rect, const char *name, int count, int row_height, int *chosen, float *offset,
            void (*draw_row)(Ui *ui, void *user, int row, Rect rect, bool chosen), void *user);

/// A drop-down. Returns the item chosen now, or -1. current -1: none.
int ui_menu(Ui *ui, Rect rect, const char *name, const char *const *items, int count, int current);
/// A menu of its own at rect's lower edge, open until something is chosen or it is left: -1 while open, -2
/// when left.
int ui_popup_menu(Ui *ui, Rect rect, const char *const *items, int count);

#endif
