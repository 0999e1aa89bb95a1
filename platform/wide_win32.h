// Turns UTF-8 into the wide text that Win32 takes, and back.
#ifndef PLATFORM_WIDE_WIN32_H
#define PLATFORM_WIDE_WIN32_H

#include "platform/error.h"

#include <stdbool.h>
#include <wchar.h>

/// Caller owns (free). NULL when memory is out. Bytes that are no UTF-8 become U+FFFD. [any thread but audio
/// and workers]
wchar_t *wide_from_utf8(const char *text);

/// The same the other way.
char *wide_to_utf8(const wchar_t *text);

enum { WIDE_PATH_CHARACTERS = 4096 };
typedef wchar_t WidePath[WIDE_PATH_CHARACTERS];

/// Turns a path. False, with errno and GetLastError() set, when it is too long.
bool wide_path(WidePath wide, const char *path);

/// Fills error with what the system says about a GetLastError() code: "OBJECT: CAUSE; NEXT STEP".
void wide_error(Error *error, const char *object, unsigned long code, const char *next_step);

#endif
