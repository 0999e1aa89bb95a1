// Choosing by number, name or part of a name.
#include "app/choose.h"

#include <criterion/criterion.h>
#include <string.h>

static const Choosable THINGS[] = {{"HDA Intel: ALC269 Analog (hw:0,0)", 0},
                                   {"HDA Intel: HDMI 0 (hw:0,3)", 3},
                                   {"Scarlett 2i2 USB", 5},
                                   {"default", 7}};

static int32_t choose(const char *wanted, Error *error) {
    return choose_thing(THINGS, 4, wanted, "audio device", error);
}

Test(choose, takes_a_number_a_name_or_an_unmistakable_part) {
    Error error;
    cr_expect_eq(choose("5", &error), 2);
    cr_expect_eq(choose("DEFAULT", &error), 3);
    cr_expect_eq(choose("scarlett", &error), 2);
    cr_expect_eq(choose("hdmi", &error), 1);
}

Test(choose, asks_back_when_several_fit) {
    Error error;
    cr_expect_eq(choose("HDA", &error), CHOOSE_NONE);
    cr_expect(strstr(error.text, "audio device 0 ("), "%s", error.text);
    cr_expect(strstr(error.text, "give the number"), "%s", error.text);
}

Test(choose, names_the_nearest) {
    Error error;
    cr_expect_eq(choose("defualt", &error), CHOOSE_NONE);
    cr_expect(strstr(error.text, "did you mean 'default'?"), "%s", error.text);
    cr_expect_eq(choose("4", &error), CHOOSE_NONE);
    cr_expect(strstr(error.text, "polycore devices"), "%s", error.text);
    cr_expect_eq(choose("", &error), CHOOSE_NONE);
    cr_expect_eq(choose_thing(NULL, 0, "x", "MIDI input", &error), CHOOSE_NONE);
    cr_expect(strstr(error.text, "there is no MIDI input 'x', nor any other"), "%s", error.text);
}
