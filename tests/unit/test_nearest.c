// Tests that a mistyped name finds the one that was meant.
#include "app/nearest.h"

#include <criterion/criterion.h>
#include <string.h>

static const char *const NAMES[] = {"bass",          "brass",  "filter_cutoff",
                                    "filter_attack", "--rate", "Grand Piano"};
enum { NAME_COUNT = sizeof NAMES / sizeof NAMES[0] };

static const char *nearest(const char *wanted) {
    const char *name = nearest_name(wanted, NAMES, NAME_COUNT);
    return name ? name : "none";
}

Test(nearest, finds_a_name_with_a_wrong_missing_extra_or_swapped_letter) {
    cr_assert_str_eq(nearest("filter_cutofg"), "filter_cutoff");
    cr_assert_str_eq(nearest("filter_cutof"), "filter_cutoff");
    cr_assert_str_eq(nearest("filter__cutoff"), "filter_cutoff");
    cr_assert_str_eq(nearest("--raet"), "--rate");
}

Test(nearest, counts_two_swapped_letters_as_one_mistake) {
    static const char *const TWO_WRONG_THEN_SWAPPED[] = {"xbyd", "abdc"};
    cr_assert_str_eq(nearest_name("abcd", TWO_WRONG_THEN_SWAPPED, 2), "abdc");
}

Test(nearest, takes_upper_and_lower_case_alike) {
    cr_assert_str_eq(nearest("GRAND PIANO"), "Grand Piano");
}

Test(nearest, prefers_the_exact_name) {
    cr_assert_str_eq(nearest("brass"), "brass");
    cr_assert_str_eq(nearest("bass"), "bass");
}

Test(nearest, gives_none_when_nothing_is_near) {
    cr_assert_null(nearest_name("theremin", NAMES, NAME_COUNT));
    cr_assert_null(nearest_name("bass", NAMES, 0));
}

Test(nearest, bears_an_empty_and_an_endless_name) {
    cr_assert_null(nearest_name("", NAMES, NAME_COUNT));
    char endless[5000];
    memset(endless, 'b', sizeof endless - 1);
    endless[sizeof endless - 1] = '\0';
    cr_assert_null(nearest_name(endless, NAMES, NAME_COUNT));
    const char *const endless_names[] = {endless};
    cr_assert_eq(nearest_name(endless, endless_names, 1), endless);
}
