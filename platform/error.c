// Fills an Error's text.
#include "platform/error.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

static bool is_utf8_continuation(char byte) {
    return ((unsigned char)byte & 0xC0) == 0x80;
}

void error_set(Error *error, const char *format, ...) {
    if (!error) {
        return;
    }
    va_list arguments;
    va_start(arguments, format);
    int needed = vsnprintf(error->text, sizeof error->text, format, arguments);
    va_end(arguments);
    if (needed < 0) {
        error->text[0] = '\0';
    } else if ((size_t)needed >= sizeof error->text) {
        // What lies before the cut may be the start of a character whose end is lost.
        size_t end = sizeof error->text - 1;
        while (end > 0 && is_utf8_continuation(error->text[end - 1])) {
            end--;
        }
        if (end > 0 && (unsigned char)error->text[end - 1] >= 0xC0) {
            end--;
        }
        error->text[end] = '\0';
    }
}
