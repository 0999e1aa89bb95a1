// A patch: the name of a sound and the value of each of its parameters.
#ifndef ENGINE_PATCH_PATCH_H
#define ENGINE_PATCH_PATCH_H

#include "engine/patch/params.h"

enum { PATCH_NAME_BYTES = 48 };

typedef struct Patch {
    char name[PATCH_NAME_BYTES];   // "Warm bass", UTF-8
    char family[PATCH_NAME_BYTES]; // "Bass"
    float values[PARAM_COUNT];     // in the units of PARAM_INFOS
} Patch;

/// Sets every parameter to its initial value and the name to "Init". [any-thread]
void patch_init(Patch *patch);

#endif
