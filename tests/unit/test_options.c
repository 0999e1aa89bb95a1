// The command line: what is understood, and what is refused with which words.
#include "app/options.h"

#include "app/option_value.h"
#include "app/options_help.h"

#include <criterion/criterion.h>
#include <stdio.h>
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
    cr_expect_eq(options.audio.rate_hz, 0);
    cr_expect_eq(options.engine.simd, SIMD_AUTO);
    cr_expect_eq(options.engine.pool.wait, WAIT_PREDICT);
    cr_expect_eq(options.engine.polyphony, 128);
    cr_expect_eq(options.engine.quality, QUALITY_LIVE);
    cr_expect_lt(options.tail_seconds, 0);
}

Test(options, options_and_command_come_in_any_order) {
    Options options;
    Error error;
    cr_assert(parse(&options, "--rate 44100 render --simd=scalar song.mid -o out.flac --tail 0", &error),
              "%s", error.text);
    cr_expect_eq(options.command, COMMAND_RENDER);
    cr_expect_eq(options.audio.rate_hz, 44100);
    cr_expect_eq(options.engine.simd, SIMD_SCALAR);
    cr_expect_str_eq(options.song, "song.mid");
    cr_expect_str_eq(options.output, "out.flac");
    cr_expect_eq(options.tail_seconds, 0);
}

Test(options, each_choice_has_the_value_of_its_enumeration) {
    Options options;
    Error error;
    cr_assert(parse(&options, "--simd avx512 --wait spin --pin off --quality draft --workers auto", &error),
              "%s", error.text);
    cr_expect_eq(options.engine.simd, SIMD_AVX512);
    cr_expect_eq(options.engine.pool.wait, WAIT_SPIN);
    cr_expect_eq(options.engine.pool.pin, PIN_OFF);
    cr_expect_eq(options.engine.quality, QUALITY_DRAFT);
    cr_expect_eq(options.engine.pool.workers, POOL_WORKERS_AUTO);
}

Test(options, every_choice_of_every_option_is_understood_by_its_name) {
    int choices = 0;
    for (int i = 0; i < OPTION_TOTAL; i++) {
        const Option *option = &OPTION_ROWS[i];
        cr_expect_eq(option->kind == OPTION_CHOICE, option->choices != NULL, "%s", option->name);
        for (uint32_t choice = 0; option->choices && option->choices[choice]; choice++, choices++) {
            Options options;
            Error error;
            char line[64];
            snprintf(line, sizeof line, "--%s %s", option->name, option->choices[choice]);
            cr_assert(parse(&options, line, &error), "%s: %s", line, error.text);
            cr_expect_eq(option_number(option, &options), choice, "%s", line);
            cr_expect(options_given(&options, option->name), "%s", line);
        }
    }
    cr_expect_eq(choices, SIMD_AUTO + 1 + WAIT_MODE_COUNT + PIN_MODE_COUNT + QUALITY_COUNT);
}

Test(options, no_two_rows_share_a_name_a_letter_a_key_or_a_field) {
    for (int i = 0; i < OPTION_TOTAL; i++) {
        for (int j = 0; j < i; j++) {
            const Option *a = &OPTION_ROWS[i];
            const Option *b = &OPTION_ROWS[j];
            cr_expect_str_neq(a->name, b->name);
            cr_expect(!a->letter || a->letter != b->letter, "-%c", a->letter);
            cr_expect(!a->key || !b->key || strcmp(a->key, b->key) != 0, "%s", a->key);
            cr_expect_neq(a->offset, b->offset, "%s and %s", a->name, b->name);
        }
    }
}

Test(options, what_the_window_offers_is_remembered_and_can_be_asked_for) {
    int shown = 0;
    for (int i = 0; i < OPTION_TOTAL; i++) {
        const Option *option = &OPTION_ROWS[i];
        if (!option->label) {
            continue;
        }
        shown++;
        size_t in_engine = option->offset - offsetof(Options, engine);
        cr_expect(option_of_output(option) || in_engine < sizeof(EngineConfig), "%s: changed live",
                  option->name);
        cr_expect(option->key && option->tip, "%s", option->name);
        cr_expect_eq(option->kind == OPTION_COUNT, option->numbers != NULL, "%s", option->name);
        for (const uint32_t *number = option->numbers; number && *number; number++) {
            Options options;
            Error error;
            char text[OPTION_NUMBER_BYTES];
            snprintf(text, sizeof text, "%u", (unsigned)*number);
            cr_expect(option_read(option, text, &options, &error), "%s", error.text);
        }
    }
    cr_expect_geq(shown, 9);
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
