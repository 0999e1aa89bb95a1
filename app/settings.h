// Remembers short texts by name between starts, in a file of the user's that people can read and edit.
#ifndef APP_SETTINGS_H
#define APP_SETTINGS_H

#include "platform/error.h"

#include <stdbool.h>
#include <stddef.h>

enum { SETTINGS_NAME_BYTES = 160, SETTINGS_TEXT_BYTES = 256 };

typedef struct Settings Settings;

/// Reads path, lines of `name = text`; # begins a comment. A file that does not exist is an empty one. One
/// that is damaged is kept beside it as path.bad, told of in *trouble (else empty), and what could be read of
/// it is used. Names that the program does not know are kept. NULL with error filled when memory is refused.
/// Caller owns. [main-thread]
Settings *settings_create(const char *path, Error *trouble, Error *error);

/// NULL is harmless; saves nothing.
void settings_destroy(Settings *settings);

/// NULL when there is none of that name. Valid until the name is set again. [main-thread]
const char *settings_get(const Settings *settings, const char *name);

/// Empty text forgets the name. False when memory is refused, or either is too long or has a control
/// character in it. [main-thread]
bool settings_set(Settings *settings, const char *name, const char *text);

/// Calls visit for each name that begins with prefix. [main-thread]
void settings_each(const Settings *settings, const char *prefix,
                   void (*visit)(void *user, const char *name, const char *text), void *user);

/// Writes the file if anything has been set since, beside what another program has set there meanwhile. False
/// with error filled when it cannot be written. [main-thread]
bool settings_save(Settings *settings, Error *error);

#endif
