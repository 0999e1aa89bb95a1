// The command line: what is understood, and what is refused with which words.
#include "app/option_table.h"
#include "app/options.h"

#include "engine/engine.h"

#include <criterion/criterion.h>
#include <string.h>

// Parses words separated by single spaces.
static bool parse(Options *options, const char *line, Error *error) {
    static char text[512];
    static char *argv[32];
    int argc = 0;
    snprintf(text, sizeof text, "polycore %s", line);
    for (char *word = strtok(text, " "); word; word = strtok(NULL, " ")) {
        argv[argc++] = word;
    }
    argv[argc] = NULL;
    return options_parse(options, argc, argv, error);
}

static void expect_refused(const char *line, const char *words) {
    Options options;
    Error error = {""};
    cr_expect_not(parse(&options, line, &error), "'%s' was taken", line);
    cr_expect(strstr(error.text, words), "'%s' says: %s", line, error.text);
}

Test(options, nothing_given_is_live_play_with_defaults) {
    Options options;
    Error error;
    cr_assert(parse(&options, "", &error));
    cr_expect_eq(options.command, COMMAND_LIVE);
    cr_expect_eq(options.rate_hz, 0);
    cr_expect_eq(options.simd, SIMD_AUTO);
    cr_expect_eq(options.wait, WAIT_PREDICT);
    cr_expect_eq(options.polyphony, 128);
    cr_expect_eq(options.quality, QUALITY_LIVE);
    cr_expect_lt(options.tail_seconds, 0);
}

Test(options, options_and_command_come_in_any_order) {
    Options options;
    Error error;
    cr_assert(parse(&options, "--rate 44100 render --simd=scalar song.mid -o out.flac --tail 0", &error),
              "%s", error.text);
    cr_expect_eq(options.command, COMMAND_RENDER);
    cr_expect_eq(options.rate_hz, 44100);
    cr_expect_eq(options.simd, SIMD_SCALAR);
    cr_expect_str_eq(options.song, "song.mid");
    cr_expect_str_eq(options.output, "out.flac");
    cr_expect_eq(options.tail_seconds, 0);
}

Test(options, each_choice_has_the_value_of_its_enumeration) {
    Options options;
    Error error;
    cr_assert(parse(&options, "--simd avx512 --wait spin --pin off --quality draft --workers auto", &error),
              "%s", error.text);
    cr_expect_eq(options.simd, SIMD_AVX512);
    cr_expect_eq(options.wait, WAIT_SPIN);
    cr_expect_eq(options.pin, PIN_OFF);
    cr_expect_eq(options.quality, QUALITY_DRAFT);
    cr_expect_eq(options.workers, POOL_WORKERS_AUTO);
}

Test(options, midi_may_be_given_several_times) {
    Options options;
    Error error;
    cr_assert(parse(&options, "--midi one --midi two", &error));
    cr_assert_eq(options.midi_count, 2);
    cr_expect_str_eq(options.midi[1], "two");
}

Test(options, mistakes_are_named_with_what_was_meant) {
    expect_refused("--hedless", "did you mean --headless?");
    expect_refused("--nonsense-of-mine", "polycore --help lists them");
    expect_refused("-x", "no option -x");
    expect_refused("--rate", "--rate takes a value");
    expect_refused("--headless=yes", "--headless takes no value");
    expect_refused("rendr song.mid", "did you mean 'render'?");
    expect_refused("song.mid", "polycore render song.mid");
    expect_refused("render", "which song?");
    expect_refused("render a.mid b.mid", "'b.mid' is one word too many");
    expect_refused("render a.mid --headless", "polycore render has no option --headless");
    expect_refused("--simd axv2", "did you mean avx2?");
    expect_refused("--wait sleep", "park, predict, spin");
    expect_refused("--quality drafts", "did you mean draft?");
}

Test(options, values_out_of_range_are_refused_with_the_range) {
    expect_refused("--rate 5", "8000 to 384000 Hz");
    expect_refused("--rate 48000.5", "whole number");
    expect_refused("--rate 48k", "whole number");
    expect_refused("--rate nan", "whole number");
    expect_refused("--block 0", "1 to 4096 frames");
    expect_refused("--block 4097", "1 to 4096 frames");
    expect_refused("--block -1", "1 to 4096 frames");
    expect_refused("--workers 0", "or auto");
    expect_refused("--workers 65", "1 to 64");
    expect_refused("--polyphony 0", "1 to 4096 voices");
    expect_refused("--seconds 0", "--seconds is '0'");
    expect_refused("--seconds inf", "--seconds is 'inf'");
    expect_refused("render x.mid --tail -1", "0 to 600");
    expect_refused("render x.mid --seed 4294967296", "0 to 4294967295");
}

Test(options, help_names_every_option_of_its_command) {
    for (int command = 0; command < COMMAND_COUNT; command++) {
        char text[16384] = "";
        FILE *file = tmpfile();
        options_print_help(file, (CommandId)command);
        rewind(file);
        cr_assert_lt(fread(text, 1, sizeof text, file), sizeof text);
        fclose(file);
        for (int i = 0; i < OPTION_TOTAL; i++) {
            char name[64];
            snprintf(name, sizeof name, "--%s ", OPTION_ROWS[i].name);
            bool named = strstr(text, name) != NULL;
            cr_expect_eq(named, (OPTION_ROWS[i].commands >> command) & 1, "%s in help %d", name, command);
        }
        for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n")) {
            cr_expect_leq(strlen(line), 100, "%s", line);
        }
    }
}
