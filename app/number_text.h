// Reads and writes numbers with a decimal point, whatever the locale.
#ifndef APP_NUMBER_TEXT_H
#define APP_NUMBER_TEXT_H

#include <stdbool.h>
#include <stddef.h>

enum { NUMBER_TEXT_BYTES = 24 }; // "-1.23456789e-38" and room

/// Reads a decimal number such as "-12.5" or "1e3" at the start of text; no blanks, no hexadecimal, inf or
/// nan. Returns where it ends, or NULL when text does not begin with one. [any-thread]
const char *number_parse(const char *text, double *value);

/// Writes the shortest decimal number that number_parse reads back as the same float. value: finite.
/// [any-thread]
void number_format(float value, char text[NUMBER_TEXT_BYTES]);

#endif
