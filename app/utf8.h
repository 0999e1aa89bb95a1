// Tells whether bytes are UTF-8.
#ifndef APP_UTF8_H
#define APP_UTF8_H

#include <stdbool.h>
#include <stddef.h>

/// True when text[0..bytes) is whole, shortest-form UTF-8 (RFC 3629). [any-thread]
bool utf8_valid(const char *text, size_t bytes);

#endif
