// A patch as it is before anyone has shaped it.
#include "engine/patch/patch.h"

#include <string.h>

void patch_init(Patch *patch) {
    memset(patch, 0, sizeof *patch);
    memcpy(patch->name, "Init", sizeof "Init");
    memcpy(patch->family, "Other", sizeof "Other");
    for (int id = 0; id < PARAM_COUNT; id++) {
        patch->values[id] = PARAM_INFOS[id].initial;
    }
}
