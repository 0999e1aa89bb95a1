// Win32 measures a text before it converts it; only a path, which has a limit, goes straight into its buffer.
#include "platform/wide_win32.h"

#include <errno.h>
#include <stdlib.h>
#include <windows.h>

enum { MESSAGE_CHARACTERS = 256 };

wchar_t *wide_from_utf8(const char *text) {
    int characters = MultiByteToWideChar(CP_UTF8, 0, text, -1, NULL, 0);
    wchar_t *wide = malloc((size_t)characters * sizeof *wide);
    if (wide) {
        MultiByteToWideChar(CP_UTF8, 0, text, -1, wide, characters);
    }
    return wide;
}

bool wide_path(WidePath wide, const char *path) {
    if (MultiByteToWideChar(CP_UTF8, 0, path, -1, wide, WIDE_PATH_CHARACTERS) > 0) {
        return true;
    }
    errno = ENAMETOOLONG;
    SetLastError(ERROR_FILENAME_EXCED_RANGE);
    return false;
}

char *wide_to_utf8(const wchar_t *text) {
    int bytes = WideCharToMultiByte(CP_UTF8, 0, text, -1, NULL, 0, NULL, NULL);
    char *narrow = malloc((size_t)bytes);
    if (narrow) {
        WideCharToMultiByte(CP_UTF8, 0, text, -1, narrow, bytes, NULL, NULL);
    }
    return narrow;
}

void wide_error(Error *error, const char *object, unsigned long code, const char *next_step) {
    wchar_t message[MESSAGE_CHARACTERS];
    DWORD length = FormatMessageW(FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS, NULL, code, 0,
                                  message, MESSAGE_CHARACTERS, NULL);
    // The system ends its sentences with a full stop and a new line.
    while (length > 0 && (message[length - 1] <= L' ' || message[length - 1] == L'.')) {
        length--;
    }
    message[length] = L'\0';
    char *narrow = length > 0 ? wide_to_utf8(message) : NULL;
    error_set(error, "%s: %s (Windows error %lu); %s", object, narrow ? narrow : "refused", code, next_step);
    free(narrow);
}
