// Finds the name that someone who mistyped probably meant.
#ifndef APP_NEAREST_H
#define APP_NEAREST_H

#include <stddef.h>

/// The name in names[0..count) with the fewest wrong, missing, extra or swapped letters against wanted, upper
/// and lower case alike; the first of several. NULL when none is near: more than a third of the letters
/// differ. Valid as long as names is. [any-thread]
const char *nearest_name(const char *wanted, const char *const *names, size_t count);

#endif
