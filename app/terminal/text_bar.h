// Draws a horizontal bar with characters.
#ifndef APP_TERMINAL_TEXT_BAR_H
#define APP_TERMINAL_TEXT_BAR_H

#include <stdbool.h>
#include <stddef.h>

enum { TEXT_BAR_CELL_BYTES = 3 }; // of a block character in UTF-8

/// Writes a bar of `cells` characters filled by fraction (0..1, clamped) and a terminating 0; utf8 false
/// draws it in ASCII. text has room for cells * TEXT_BAR_CELL_BYTES + 1 bytes. Returns the bytes before the
/// 0. [any-thread]
size_t text_bar(char *text, double fraction, int cells, bool utf8);

#endif
