// Writes text as JSON strings.
#ifndef APP_JSON_TEXT_H
#define APP_JSON_TEXT_H

#include <stdio.h>

/// Prints text in quotation marks, with everything escaped that JSON wants escaped. Bytes that are no UTF-8
/// become '?'. [main-thread]
void json_print_text(FILE *file, const char *text);

#endif
