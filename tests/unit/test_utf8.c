// Tests that UTF-8 is told from what is not.
#include "app/utf8.h"

#include <criterion/criterion.h>
#include <string.h>

static bool valid(const char *text) {
    return utf8_valid(text, strlen(text));
}

Test(utf8, takes_characters_of_one_to_four_bytes_at_their_bounds) {
    cr_assert(valid(""));
    cr_assert(valid("plain\x7F"));
    cr_assert(valid("\xC2\x80 \xDF\xBF"));
    cr_assert(valid("\xE0\xA0\x80 \xED\x9F\xBF \xEE\x80\x80 \xEF\xBF\xBF"));
    cr_assert(valid("\xF0\x90\x80\x80 \xF4\x8F\xBF\xBF"));
}

Test(utf8, refuses_overlong_forms_surrogates_and_what_lies_beyond_unicode) {
    static const char *const BAD[] = {
        "\xC0\x80",         "\xC1\xBF",         "\xE0\x9F\xBF",     "\xED\xA0\x80", "\xED\xBF\xBF",
        "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF",         "\xFE"};
    for (size_t i = 0; i < sizeof BAD / sizeof BAD[0]; i++) {
        cr_assert_not(valid(BAD[i]), "case %zu", i);
    }
}

Test(utf8, refuses_a_character_that_is_cut_or_begins_in_its_middle) {
    static const char *const BAD[] = {"\x80",
                                      "a\xBF",
                                      "\xC3",
                                      "\xC3"
                                      "a",
                                      "\xE2\x82",
                                      "\xE2\x28\xA1",
                                      "\xF0\x9F\x8E",
                                      "\xF0\x9F\x8E"
                                      "a"};
    for (size_t i = 0; i < sizeof BAD / sizeof BAD[0]; i++) {
        cr_assert_not(valid(BAD[i]), "case %zu", i);
    }
}
