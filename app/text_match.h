// Compares names as people type them: upper and lower case of A-Z alike.
#ifndef APP_TEXT_MATCH_H
#define APP_TEXT_MATCH_H

#include <stdbool.h>

/// The letter in lower case if it is one of A-Z, else as it is. [any-thread]
char text_lower(char letter);

/// [any-thread]
bool text_same(const char *one, const char *other);

/// Does text have part in it? An empty part is in nothing. [any-thread]
bool text_contains(const char *text, const char *part);

#endif
