// Tests that numbers are read and written alike everywhere.
#include "app/number_text.h"

#include <criterion/criterion.h>
#include <locale.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static double parsed(const char *text, const char *rest) {
    double value = -12345.0;
    const char *end = number_parse(text, &value);
    cr_assert_not_null(end, "%s", text);
    cr_assert_str_eq(end, rest);
    return value;
}

Test(number_text, reads_decimal_numbers_and_says_where_they_end) {
    cr_assert_eq(parsed("12.5 Hz", " Hz"), 12.5);
    cr_assert_eq(parsed("-.5", ""), -0.5);
    cr_assert_eq(parsed("+7.", ""), 7.0);
    cr_assert_eq(parsed("1e3", ""), 1000.0);
    cr_assert_eq(parsed("25E-2x", "x"), 0.25);
    cr_assert_eq(parsed("3em", "em"), 3.0);
    cr_assert_eq(parsed("1.2.3", ".3"), 1.2);
    cr_assert_eq(parsed("0.1", ""), 0.1);
    cr_assert_eq(parsed("000000000000000000000000000001.25", ""), 1.25);
    cr_assert_eq(parsed("100000000000000000000000000", ""), 1e26);
    cr_assert_eq(parsed("0x10", "x10"), 0.0);
}

Test(number_text, bears_exponents_beyond_every_range) {
    cr_assert_gt(parsed("1e999999999999", ""), 1e300);
    cr_assert_eq(parsed("1e-999999999999", ""), 0.0);
    cr_assert_eq(parsed("0e999999999999", ""), 0.0);
}

Test(number_text, refuses_what_is_no_decimal_number) {
    static const char *const BAD[] = {"", "-", ".", "+.", "nan", "inf", "-inf", ",5", " 5", "e5", "Hz"};
    for (size_t i = 0; i < sizeof BAD / sizeof BAD[0]; i++) {
        double value;
        cr_assert_null(number_parse(BAD[i], &value), "'%s'", BAD[i]);
    }
}

Test(number_text, writes_the_shortest_text) {
    char text[NUMBER_TEXT_BYTES];
    number_format(0.1f, text);
    cr_assert_str_eq(text, "0.1");
    number_format(-4800.0f, text);
    cr_assert_str_eq(text, "-4800");
    number_format(20000.0f, text);
    cr_assert_str_eq(text, "20000");
}

static uint32_t bits_of(float value) {
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

Test(number_text, reads_back_every_float_it_writes_to_the_bit) {
    uint32_t state = 1;
    uint32_t compared = 0;
    for (int i = 0; i < 200000; i++) {
        state = state * 1664525u + 1013904223u;
        float value;
        memcpy(&value, &state, sizeof value);
        if (!(value - value == 0.0f)) {
            continue; // infinite or not a number
        }
        char text[NUMBER_TEXT_BYTES];
        number_format(value, text);
        double back;
        const char *end = number_parse(text, &back);
        cr_assert(end && *end == '\0', "%s", text);
        cr_assert_eq(bits_of((float)back), state, "%s", text);
        compared++;
    }
    cr_assert_gt(compared, 190000);
}

Test(number_text, is_deaf_to_a_locale_with_a_decimal_comma) {
    static const char *const COMMA_LOCALES[] = {"de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8",
                                                "German_Germany.1252"};
    const char *locale = NULL;
    for (size_t i = 0; i < sizeof COMMA_LOCALES / sizeof COMMA_LOCALES[0] && !locale; i++) {
        locale = setlocale(LC_ALL, COMMA_LOCALES[i]);
    }
    if (!locale) {
        cr_skip_test("no locale with a decimal comma is installed");
    }
    char text[NUMBER_TEXT_BYTES];
    snprintf(text, sizeof text, "%.1f", 0.5);
    cr_assert_str_eq(text, "0,5", "the locale took effect");
    number_format(0.5f, text);
    cr_assert_str_eq(text, "0.5");
    cr_assert_eq(parsed("0.5", ""), 0.5);
}
