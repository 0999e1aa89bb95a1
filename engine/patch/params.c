// The parameter table as data, and how a knob's travel maps to a value.
#include "engine/patch/params.h"

#include "engine/math.h"

#include <string.h>

const ParamInfo PARAM_INFOS[PARAM_COUNT] = {
#define PARAM_ROW(NAME, name, family, unit, minimum, maximum, initial, curve, documentation)                 \
    {#name, family, unit, (float)(minimum), (float)(maximum), (float)(initial), curve, documentation},
    PARAM_TABLE(PARAM_ROW)
#undef PARAM_ROW
};

ParamId param_find(const char *name) {
    for (int id = 0; id < PARAM_COUNT; id++) {
        if (strcmp(PARAM_INFOS[id].name, name) == 0) {
            return (ParamId)id;
        }
    }
    return PARAM_COUNT;
}

RT float param_from_travel(ParamId id, float travel) {
    const ParamInfo *info = &PARAM_INFOS[id];
    float range = info->maximum - info->minimum;
    travel = travel > 0.0f ? (travel < 1.0f ? travel : 1.0f) : 0.0f;
    switch (info->curve) {
    case PARAM_EXPONENTIAL:
        return param_clamp(id, info->minimum * math_exp2(math_log2(info->maximum / info->minimum) * travel));
    case PARAM_CUBIC:
        return info->minimum + range * travel * travel * travel;
    case PARAM_STEPPED:
        return (float)(int32_t)(info->minimum + range * travel + (info->minimum < 0.0f ? 1000.5f : 0.5f)) -
               (info->minimum < 0.0f ? 1000.0f : 0.0f);
    case PARAM_LINEAR:
        break;
    }
    return info->minimum + range * travel;
}

float param_to_travel(ParamId id, float value) {
    // Every curve rises, so halving finds the place: 24 steps give every bit of a float in 0..1.
    float low = 0.0f;
    float high = 1.0f;
    for (int step = 0; step < 24; step++) {
        float middle = 0.5f * (low + high);
        if (param_from_travel(id, middle) < value) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return high;
}

RT float param_clamp(ParamId id, float value) {
    const ParamInfo *info = &PARAM_INFOS[id];
    if (value != value) {
        return info->initial;
    }
    return value < info->minimum ? info->minimum : value > info->maximum ? info->maximum : value;
}
