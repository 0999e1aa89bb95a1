// The text form of a patch: one `name = value unit` a line, # begins a comment.
#ifndef APP_FILES_PATCH_TEXT_H
#define APP_FILES_PATCH_TEXT_H

#include "engine/patch/patch.h"
#include "platform/error.h"

#include <stdbool.h>
#include <stddef.h>

/// Reads the text form: UTF-8, any line ends, `name` given, each parameter at most once. Parameters not named
/// keep their initial value. The unit may be left out; ms and kHz are read as well. In name and family, \HH
/// is the byte of that hexadecimal number. origin names the text in errors: "bass.patch:12: filter_cutoff is
/// 0 Hz; use 20 to 20000 Hz". patch is changed only on success. [main-thread]
bool patch_parse(Patch *patch, const char *text, size_t bytes, const char *origin, Error *error);

/// Writes the text form of every parameter, whole with its ending zero or not at all. Returns the bytes it
/// needs without the zero; nothing is written when that is >= capacity. Read back it gives the same patch to
/// the bit. patch: a name and a family that are not empty, values in range. [main-thread]
size_t patch_format(const Patch *patch, char *text, size_t capacity);

#endif
