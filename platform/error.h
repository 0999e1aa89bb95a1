// Carries what went wrong in words: the object, the cause and the next step.
#ifndef PLATFORM_ERROR_H
#define PLATFORM_ERROR_H

enum { ERROR_TEXT_BYTES = 512 };

/// Filled by a control call that fails; `text` is one line of UTF-8 without a final newline.
typedef struct Error {
    char text[ERROR_TEXT_BYTES];
} Error;

#if defined(__MINGW32__) && !defined(__clang__)
#define ERROR_FORMAT __attribute__((format(gnu_printf, 2, 3))) // C99's formats, not msvcrt's
#elif defined(__GNUC__)
#define ERROR_FORMAT __attribute__((format(printf, 2, 3)))
#else
#define ERROR_FORMAT
#endif

/// Writes the text, cut at ERROR_TEXT_BYTES - 1 bytes on a whole UTF-8 character. error may be NULL.
/// [any-thread]
void error_set(Error *error, const char *format, ...) ERROR_FORMAT;

#endif
