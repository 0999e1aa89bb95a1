// Finds the one of several things that a person means by a number, a name or a part of one.
#ifndef APP_CHOOSE_H
#define APP_CHOOSE_H

#include "platform/error.h"

#include <stddef.h>
#include <stdint.h>

enum { CHOOSE_NONE = -1 };

typedef struct Choosable {
    const char *name;
    int32_t number; // as shown in lists; no two are alike
} Choosable;

/// wanted is a number, a name, or what only one name has in it, upper and lower case alike. noun says what is
/// chosen: "audio device". Returns an index into things[0..count), or CHOOSE_NONE with error filled: there is
/// none (the nearest is named), or several fit. [any-thread]
int32_t choose_thing(const Choosable *things, size_t count, const char *wanted, const char *noun,
                     Error *error);

#endif
