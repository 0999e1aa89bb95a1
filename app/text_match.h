// Compares names as people type them: upper and lower case of A-Z alike.
#ifndef APP_TEXT_MATCH_H
#define APP_TEXT_MATCH_H

#include <stdbool.h>

/// [any-thread]
bool text_same(const char *one, const char *other);

/// Does text have part in it? An empty part is in nothing. [any-thread]
bool text_contains(const char *text, const char *part);

#endif
