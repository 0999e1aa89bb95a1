// Tests that patches survive being written and read, and that every mistake in one is named with its line.
#include "app/files/patch_text.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_BYTES = 8192 };

static bool parse(Patch *patch, const char *text, Error *error) {
    return patch_parse(patch, text, strlen(text), "bass.patch", error);
}

static float value_of(const char *line, ParamId id) {
    char text[256];
    snprintf(text, sizeof text, "name = Test\n%s\n", line);
    Patch patch;
    Error error = {""};
    cr_assert(parse(&patch, text, &error), "%s", error.text);
    return patch.values[id];
}

// The complaint about `line`, which stands in line 2.
static const char *complaint(const char *line) {
    static Error error;
    char text[1024];
    snprintf(text, sizeof text, "name = Test\n%s\n", line);
    Patch patch;
    memset(&patch, 0x55, sizeof patch);
    Patch before = patch;
    error.text[0] = '\0';
    cr_assert_not(parse(&patch, text, &error), "accepted: %s", line);
    cr_assert(memcmp(&patch, &before, sizeof patch) == 0, "a refused patch changed the old one");
    return error.text;
}

Test(patch_text, reads_names_values_units_and_comments) {
    Patch patch;
    Error error;
    cr_assert(parse(&patch,
                    "\xEF\xBB\xBF# A bass.\r\nname = Caf\xC3\xA9 bass #2\r\nfamily=Bass\r\n\r\n"
                    "  filter_cutoff = 880 Hz # bright\r\n; old\r\namp_attack = 0.25 ; slow\r\nosc1_coarse = "
                    "-12 semitones",
                    &error),
              "%s", error.text);
    cr_assert_str_eq(patch.name, "Caf\xC3\xA9 bass #2");
    cr_assert_str_eq(patch.family, "Bass");
    cr_assert_eq(patch.values[PARAM_FILTER_CUTOFF], 880.0f);
    cr_assert_eq(patch.values[PARAM_AMP_ATTACK], 0.25f);
    cr_assert_eq(patch.values[PARAM_OSC1_COARSE], -12.0f);
    cr_assert_eq(patch.values[PARAM_AMP_DECAY], PARAM_INFOS[PARAM_AMP_DECAY].initial);
}

Test(patch_text, converts_units) {
    cr_assert_eq(value_of("amp_attack = 100 ms", PARAM_AMP_ATTACK), 0.1f);
    cr_assert_eq(value_of("amp_attack = 1ms", PARAM_AMP_ATTACK), 0.001f);
    cr_assert_eq(value_of("filter_cutoff = 2.5 kHz", PARAM_FILTER_CUTOFF), 2500.0f);
    cr_assert_eq(value_of("filter_cutoff = 300hz", PARAM_FILTER_CUTOFF), 300.0f);
    cr_assert_eq(value_of("osc1_saw = 50%", PARAM_OSC1_SAW), 50.0f);
    cr_assert_eq(value_of("level = -6", PARAM_LEVEL), -6.0f);
}

Test(patch_text, takes_both_ends_of_every_range) {
    int taken = 0;
    for (int id = 0; id < PARAM_COUNT; id++) {
        const ParamInfo *info = &PARAM_INFOS[id];
        char line[128];
        snprintf(line, sizeof line, "%s = %g %s", info->name, (double)info->minimum, info->unit);
        cr_assert_eq(value_of(line, (ParamId)id), info->minimum, "%s", line);
        snprintf(line, sizeof line, "%s = %g %s", info->name, (double)info->maximum, info->unit);
        cr_assert_eq(value_of(line, (ParamId)id), info->maximum, "%s", line);
        taken++;
    }
    cr_assert_eq(taken, PARAM_COUNT);
}

Test(patch_text, names_file_and_line_of_a_value_out_of_range) {
    cr_assert_str_eq(complaint("filter_cutoff = 0 Hz"),
                     "bass.patch:2: filter_cutoff is 0 Hz; use 20 to 20000 Hz");
    cr_assert_str_eq(complaint("amp_attack = 20001 ms"),
                     "bass.patch:2: amp_attack is 20001 ms; use 0.001 to 20 s");
    cr_assert_str_eq(complaint("level = 1e999"), "bass.patch:2: level is 1e999; use -60 to 12 dB");
    cr_assert_str_eq(complaint("osc1_coarse = 2.5"), "bass.patch:2: osc1_coarse is 2.5; use a whole number");
}

Test(patch_text, names_what_is_no_number_of_the_unit) {
    cr_assert_str_eq(complaint("filter_cutoff = bright"),
                     "bass.patch:2: filter_cutoff is 'bright'; write a number of Hz");
    cr_assert_str_eq(complaint("filter_cutoff = nan"),
                     "bass.patch:2: filter_cutoff is 'nan'; write a number of Hz");
    cr_assert_str_eq(complaint("filter_cutoff = 2 s"),
                     "bass.patch:2: filter_cutoff is '2 s'; write a number of Hz");
    cr_assert_str_eq(complaint("level = 3,5 dB"), "bass.patch:2: level is '3,5 dB'; write a number of dB");
    cr_assert_str_eq(complaint("level = 20 ms"), "bass.patch:2: level is '20 ms'; write a number of dB");
    cr_assert_str_eq(complaint("amp_decay ="), "bass.patch:2: amp_decay has no value; write a number of s");
    cr_assert_str_eq(complaint("amp_decay = # later"),
                     "bass.patch:2: amp_decay has no value; write a number of s");
}

Test(patch_text, proposes_the_nearest_name_for_an_unknown_one) {
    cr_assert_str_eq(complaint("filter_cutof = 200 Hz"),
                     "bass.patch:2: there is no parameter 'filter_cutof'; did you mean 'filter_cutoff'?");
    cr_assert_str_eq(complaint("famly = Bass"),
                     "bass.patch:2: there is no parameter 'famly'; did you mean 'family'?");
    cr_assert_str_eq(complaint("zzzzzzzz = 1"),
                     "bass.patch:2: there is no parameter 'zzzzzzzz'; remove the line (a saved patch "
                     "shows every parameter)");
}

Test(patch_text, refuses_what_is_set_twice) {
    cr_assert_str_eq(complaint("level = 1\nlevel = 1"),
                     "bass.patch:3: level is already set in line 2; keep one of them");
    cr_assert_str_eq(complaint("name = Again"),
                     "bass.patch:2: name is already set in line 1; keep one of them");
}

Test(patch_text, refuses_lines_that_are_no_pairs) {
    cr_assert_str_eq(complaint("level 3 dB"),
                     "bass.patch:2: the line is not of the form name = value; begin a comment with #");
    cr_assert_str_eq(complaint("[Bass]\nlevel = 3"), "bass.patch:2: patches have no sections; remove [Bass]");
}

Test(patch_text, names_the_first_of_several_mistakes) {
    cr_assert_str_eq(complaint("level = 99\nwhat\nlevel = x"), "bass.patch:2: level is 99; use -60 to 12 dB");
    cr_assert_str_eq(complaint("what\nlevel = x"),
                     "bass.patch:2: the line is not of the form name = value; begin a comment with #");
}

Test(patch_text, refuses_labels_that_do_not_fit) {
    cr_assert_str_eq(complaint("family = 123456789012345678901234567890123456789012345678"),
                     "bass.patch:2: family is longer than 47 bytes; shorten it");
    cr_assert_str_eq(complaint("family ="), "bass.patch:2: family has no value; write some text");
    cr_assert_str_eq(
        complaint("family = a\\zz"),
        "bass.patch:2: family has a \\ that no two hexadecimal digits follow; write \\5C for the \\ itself");
    cr_assert_neq(*complaint("family = a\\00"), '\0');
    cr_assert_neq(*complaint("family = a\\4"), '\0');
    cr_assert_str_eq(complaint("family = a\\FF"),
                     "bass.patch:2: family is not UTF-8; mend the bytes written with a \\");
}

Test(patch_text, refuses_zeros_bad_encoding_and_endless_lines) {
    Patch patch;
    Error error;
    static const char ZERO[] = "name = Test\nlevel = 3\0dB\n";
    cr_assert_not(patch_parse(&patch, ZERO, sizeof ZERO - 1, "bass.patch", &error));
    cr_assert_str_eq(error.text,
                     "bass.patch:2: the line holds a zero or another control character; is this a patch?");
    cr_assert_str_eq(complaint("# caf\xE9"),
                     "bass.patch:2: the line is not UTF-8; save the file in that encoding");
    char line[900];
    memset(line, 'x', sizeof line - 1);
    line[sizeof line - 1] = '\0';
    cr_assert_not_null(strstr(complaint(line), "bass.patch:2: the line is longer than "));
}

Test(patch_text, refuses_a_text_without_a_name) {
    Patch patch;
    Error error;
    cr_assert_not(patch_parse(&patch, "", 0, "empty.patch", &error));
    cr_assert_str_eq(error.text, "empty.patch: the patch has no name; add a line such as name = Warm bass");
    cr_assert_not(parse(&patch, "level = 3 dB\n", &error));
}

// A patch of arbitrary values within range.
static Patch arbitrary_patch(unsigned seed) {
    Patch patch;
    patch_init(&patch);
    uint32_t state = seed * 2654435761u + 1u;
    for (int id = 0; id < PARAM_COUNT; id++) {
        state = state * 1664525u + 1013904223u;
        float travel = (float)(state >> 8) / 16777216.0f;
        float value = PARAM_INFOS[id].minimum + (PARAM_INFOS[id].maximum - PARAM_INFOS[id].minimum) * travel;
        patch.values[id] =
            PARAM_INFOS[id].curve == PARAM_STEPPED ? (float)(int)value : param_clamp((ParamId)id, value);
    }
    return patch;
}

static void assert_round_trip(const Patch *patch) {
    char text[TEXT_BYTES];
    size_t bytes = patch_format(patch, text, sizeof text);
    cr_assert(bytes > 0 && bytes < sizeof text);
    cr_assert_eq(strlen(text), bytes);
    Patch back;
    Error error = {""};
    cr_assert(patch_parse(&back, text, bytes, "bass.patch", &error), "%s", error.text);
    cr_assert(memcmp(&back, patch, sizeof back) == 0, "not the same patch:\n%s", text);
}

Test(patch_text, a_round_trip_gives_every_value_to_the_bit) {
    for (unsigned seed = 0; seed < 200; seed++) {
        Patch patch = arbitrary_patch(seed);
        assert_round_trip(&patch);
    }
}

Test(patch_text, a_round_trip_gives_awkward_names_to_the_byte) {
    static const char *const NAMES[] = {" edges ",
                                        "a ; b",
                                        "# no comment",
                                        "back\\slash",
                                        "\\5C",
                                        "a = b : c",
                                        "[x]",
                                        "\"q\"",
                                        "tab\there",
                                        "\xC3\xA9\xE2\x82\xAC\xF0\x9F\x8E\xB9",
                                        " ",
                                        ";;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;"};
    for (size_t i = 0; i < sizeof NAMES / sizeof NAMES[0]; i++) {
        Patch patch;
        patch_init(&patch);
        memset(patch.name, 0, sizeof patch.name);
        memcpy(patch.name, NAMES[i], strlen(NAMES[i]));
        assert_round_trip(&patch);
    }
}

Test(patch_text, writes_whole_or_not_at_all) {
    Patch patch;
    patch_init(&patch);
    size_t bytes = patch_format(&patch, NULL, 0);
    cr_assert_gt(bytes, 1000);
    char *text = malloc(bytes + 1);
    cr_assert_not_null(text);
    memset(text, 'x', bytes + 1);
    cr_assert_eq(patch_format(&patch, text, bytes), bytes);
    cr_assert(text[0] == 'x' && text[bytes - 1] == 'x', "nothing is written where there is no room");
    cr_assert_eq(patch_format(&patch, text, bytes + 1), bytes);
    cr_assert_eq(strlen(text), bytes);
    free(text);
}
