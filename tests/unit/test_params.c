// The parameter table is sound, and a knob's travel and its value agree.
#include "engine/patch/params.h"

#include <criterion/criterion.h>
#include <string.h>

Test(params, every_row_is_in_order_and_in_range) {
    for (int id = 0; id < PARAM_COUNT; id++) {
        const ParamInfo *info = &PARAM_INFOS[id];
        cr_assert(info->minimum < info->maximum, "%s", info->name);
        cr_assert(info->initial >= info->minimum && info->initial <= info->maximum, "%s", info->name);
        cr_assert(info->curve != PARAM_EXPONENTIAL || info->minimum > 0.0f, "%s", info->name);
        cr_assert(strlen(info->documentation) > 0, "%s", info->name);
        cr_assert((int)param_find(info->name) == id, "%s", info->name);
    }
    cr_assert(param_find("no_such") == PARAM_COUNT);
}

Test(params, travel_and_value_agree_for_every_parameter) {
    for (int id = 0; id < PARAM_COUNT; id++) {
        const ParamInfo *info = &PARAM_INFOS[id];
        float range = info->maximum - info->minimum;
        for (int step = 0; step <= 10; step++) {
            float value = param_from_travel((ParamId)id, (float)step * 0.1f);
            float back = param_from_travel((ParamId)id, param_to_travel((ParamId)id, value));
            cr_assert(back >= value - 1e-4f * range && back <= value + 1e-4f * range,
                      "%s at %d0 %%: %g, back %g", info->name, step, (double)value, (double)back);
        }
        cr_assert(param_from_travel((ParamId)id, -1.0f) <= info->minimum + 1e-5f * range, "%s", info->name);
        cr_assert(param_from_travel((ParamId)id, 2.0f) >= info->maximum - 1e-5f * range, "%s", info->name);
    }
}

Test(params, stepped_values_are_whole) {
    for (int step = 0; step <= 100; step++) {
        float value = param_from_travel(PARAM_OSC1_COARSE, (float)step * 0.01f);
        cr_assert(value - (float)(int)value == 0.0f);
    }
}

Test(params, clamping_keeps_values_in_range_and_mends_not_a_number) {
    cr_assert(param_clamp(PARAM_FILTER_CUTOFF, 1e9f) >= 20000.0f);
    cr_assert(param_clamp(PARAM_FILTER_CUTOFF, -1.0f) <= 20.0f);
    cr_assert(param_clamp(PARAM_OSC1_COARSE, __builtin_nanf("")) < 0.5f);
}
