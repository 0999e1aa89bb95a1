// The names that people give the qualities.
#include "engine/quality.h"

#include <stddef.h>

const char *const QUALITY_NAMES[QUALITY_COUNT + 1] = {"draft", "live", "offline", NULL};
