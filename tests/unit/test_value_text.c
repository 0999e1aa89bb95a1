// Values in words, and typed values.
#include "ui/value_text.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static const char *text(ParamId param, float value) {
    static char written[64];
    value_text(param, value, written, sizeof written);
    return written;
}

Test(value_text, writes_three_digits_and_the_unit) {
    cr_assert_str_eq(text(PARAM_FILTER_CUTOFF, 1204.0f), "1.20 kHz");
    cr_assert_str_eq(text(PARAM_FILTER_CUTOFF, 440.0f), "440 Hz");
    cr_assert_str_eq(text(PARAM_LFO_RATE, 5.4f), "5.40 Hz");
    cr_assert_str_eq(text(PARAM_AMP_ATTACK, 0.35f), "350 ms");
    cr_assert_str_eq(text(PARAM_AMP_ATTACK, 1.5f), "1.50 s");
    cr_assert_str_eq(text(PARAM_OSC1_COARSE, 7.0f), "+7 st");
    cr_assert_str_eq(text(PARAM_OSC1_COARSE, -12.0f), "\xE2\x88\x92"
                                                      "12 st");
    cr_assert_str_eq(text(PARAM_LEVEL, -3.0f), "\xE2\x88\x92"
                                               "3.0 dB");
    cr_assert_str_eq(text(PARAM_OSC1_SAW, 55.0f), "55 %");
}

Test(value_text, reads_what_it_typed_back) {
    for (int param = 0; param < PARAM_COUNT; param++) {
        char typed[64];
        float read = -1.0f;
        float value = PARAM_INFOS[param].maximum;
        value_typed(value, typed, sizeof typed);
        cr_assert(value_parse((ParamId)param, typed, &read), "%s", typed);
        cr_assert_float_eq(read, value, 1e-3f * (value < 0.0f ? -value : value) + 1e-6f, "%s: %s",
                           PARAM_INFOS[param].name, typed);
    }
}

Test(value_text, reads_units_commas_and_true_minus) {
    float value;
    cr_assert(value_parse(PARAM_FILTER_CUTOFF, "1.2k", &value) && value == 1200.0f);
    cr_assert(value_parse(PARAM_FILTER_CUTOFF, "1,2 kHz", &value) && value == 1200.0f);
    cr_assert(value_parse(PARAM_AMP_ATTACK, "350 ms", &value) && value > 0.349f && value < 0.351f);
    cr_assert(value_parse(PARAM_LEVEL,
                          "\xE2\x88\x92"
                          "3 dB",
                          &value) &&
              value == -3.0f);
}

Test(value_text, refuses_words_and_brings_numbers_into_range) {
    float value = 1.0f;
    cr_assert(!value_parse(PARAM_LEVEL, "loud", &value));
    cr_assert(!value_parse(PARAM_LEVEL, "", &value));
    cr_assert(!value_parse(PARAM_LEVEL, "nan", &value));
    cr_assert(value_parse(PARAM_LEVEL, "1e30", &value) && value == PARAM_INFOS[PARAM_LEVEL].maximum);
    cr_assert(value_parse(PARAM_LEVEL, "-inf", &value) && value == PARAM_INFOS[PARAM_LEVEL].minimum);
}

Test(value_text, labels_leave_out_what_the_family_says) {
    char label[64];
    value_label(PARAM_FILTER_CUTOFF, label, sizeof label);
    cr_assert_str_eq(label, "Cutoff");
    value_label(PARAM_PAN_KEY_SPREAD, label, sizeof label);
    cr_assert_str_eq(label, "Pan key spread");
}
