// Names are compared as people type them.
#include "app/text_match.h"

#include <criterion/criterion.h>

Test(text_match, only_the_letters_from_A_to_Z_become_lower) {
    for (int byte = 0; byte < 256; byte++) {
        int wanted = byte >= 'A' && byte <= 'Z' ? byte - 'A' + 'a' : byte;
        cr_expect_eq((unsigned char)text_lower((char)byte), wanted, "byte %d", byte);
    }
}

Test(text_match, the_same_is_the_whole_name_in_any_case) {
    cr_expect(text_same("Warm Bass", "wARM bASS"));
    cr_expect(text_same("", ""));
    cr_expect_not(text_same("Warm", "Warm bass"));
    cr_expect_not(text_same("Warm bass", "Warm"));
    cr_expect_not(text_same("[", "{"));
    cr_expect_not(text_same("\xC3\x84", "\xC3\xA4"), "beyond A-Z case counts");
}

Test(text_match, a_part_is_found_anywhere_and_an_empty_one_nowhere) {
    cr_expect(text_contains("USB Interface 4x4", "interFACE"));
    cr_expect(text_contains("aab", "AB"));
    cr_expect(text_contains("abc", "abc"));
    cr_expect_not(text_contains("abc", "abcd"));
    cr_expect_not(text_contains("abc", "ac"));
    cr_expect_not(text_contains("abc", ""));
    cr_expect_not(text_contains("", "a"));
}
