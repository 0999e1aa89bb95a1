// What is remembered of the options comes back, row by row of their table, where the command line leaves room
// for it.
#include "app/recall.h"

#include "app/option_value.h"
#include "platform/file.h"

#include "tests/support/scratch_folder.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static const char path[] = "settings.ini";

TestSuite(recall, .init = scratch_folder_enter, .fini = scratch_folder_leave);

static Settings *open_settings(void) {
    Error trouble;
    Error error;
    Settings *settings = settings_create(path, &trouble, &error);
    cr_assert(settings, "%s", error.text);
    cr_assert_str_empty(trouble.text);
    return settings;
}

static void write_file(const char *text) {
    Error error;
    cr_assert(file_write(path, text, strlen(text), &error), "%s", error.text);
}

// The options of a command line with up to two words.
static Options options_of(const char *first, const char *second) {
    Options options;
    Error error;
    char program[] = "polycore", word[64] = "", other[64] = "";
    snprintf(word, sizeof word, "%s", first ? first : "");
    snprintf(other, sizeof other, "%s", second ? second : "");
    char *argv[] = {program, word, other, NULL};
    int argc = 1 + (first != NULL) + (second != NULL);
    argv[argc] = NULL;
    cr_assert(options_parse(&options, argc, argv, &error), "%s", error.text);
    return options;
}

static void expect_remembered(const Option *option, const char *text) {
    Error error;
    Options options = options_of(NULL, NULL);
    char room[OPTION_NUMBER_BYTES];
    cr_assert(option_read(option, text, &options, &error), "%s", error.text);
    Settings *settings = open_settings();
    cr_assert(settings_set(settings, option->key, option_text(option, &options, room)));
    cr_assert(settings_save(settings, &error), "%s", error.text);
    settings_destroy(settings);
    settings = open_settings();
    options = options_of(NULL, NULL);
    recall_options(settings, &options);
    cr_expect_str_eq(option_text(option, &options, room), text, "%s", option->key);
    settings_destroy(settings);
}

Test(recall, every_row_with_a_key_comes_back_as_it_was) {
    int rows = 0;
    for (int i = 0; i < OPTION_TOTAL; i++) {
        const Option *option = &OPTION_ROWS[i];
        if (!option->key) {
            continue;
        }
        rows++;
        char number[OPTION_NUMBER_BYTES];
        switch (option->kind) {
        case OPTION_CHOICE:
            for (int choice = 0; option->choices[choice]; choice++) {
                expect_remembered(option, option->choices[choice]);
            }
            break;
        case OPTION_COUNT:
        case OPTION_WORKERS:
            snprintf(number, sizeof number, "%.0f", option->minimum);
            expect_remembered(option, number);
            snprintf(number, sizeof number, "%.0f", option->maximum);
            expect_remembered(option, number);
            break;
        default:
            expect_remembered(option, "B\xC3\xBChne = 2");
        }
    }
    cr_expect_geq(rows, 10);
}

Test(recall, files_of_users_name_the_settings_so) {
    write_file("audio_api = null\ndevice = some\nrate_hz = 96000\nblock_frames = 64\nworkers = 3\n"
               "polyphony = 512\nwait = spin\npin = off\nquality = draft\npatch = Warm bass\n");
    Settings *settings = open_settings();
    Options options = options_of(NULL, NULL);
    recall_options(settings, &options);
    cr_expect_str_eq(options.audio.api, "null");
    cr_expect_str_eq(options.audio.device, "some");
    cr_expect_eq(options.audio.rate_hz, 96000);
    cr_expect_eq(options.audio.block_frames, 64);
    cr_expect_eq(options.engine.pool.workers, 3);
    cr_expect_eq(options.engine.polyphony, 512);
    cr_expect_eq(options.engine.pool.wait, WAIT_SPIN);
    cr_expect_eq(options.engine.pool.pin, PIN_OFF);
    cr_expect_eq(options.engine.quality, QUALITY_DRAFT);
    cr_expect_str_eq(options.patch, "Warm bass");
    settings_destroy(settings);
}

Test(recall, values_that_are_none_count_as_not_remembered) {
    write_file("device =\nrate_hz = 5\nblock_frames = many\nworkers = 0\npolyphony = -1\nwait = nap\n");
    Settings *settings = open_settings();
    Options options = options_of(NULL, NULL);
    Options before = options;
    recall_options(settings, &options);
    cr_expect(engine_config_same(&options.engine, &before.engine));
    cr_expect_null(options.audio.device);
    cr_expect_eq(options.audio.rate_hz, 0);
    cr_expect_eq(options.audio.block_frames, 0);
    settings_destroy(settings);
}

Test(recall, the_command_line_wins_and_an_output_is_taken_whole) {
    write_file("audio_api = ALSA\ndevice = some\nrate_hz = 96000\nquality = draft\n");
    Settings *settings = open_settings();
    Options options = options_of("--rate=44100", "--quality=live");
    recall_options(settings, &options);
    cr_expect_eq(options.audio.rate_hz, 44100);
    cr_expect_eq(options.engine.quality, QUALITY_LIVE);
    cr_expect_str_eq(options.audio.device, "some");
    options = options_of("--device=other", NULL);
    recall_options(settings, &options);
    cr_expect_null(options.audio.api);
    cr_expect_str_eq(options.audio.device, "other");
    cr_expect_eq(options.audio.rate_hz, 0);
    cr_expect_eq(options.engine.quality, QUALITY_DRAFT);
    settings_destroy(settings);
}

Test(recall, an_output_that_does_not_open_is_forgotten_but_for_what_was_given) {
    write_file("audio_api = ALSA\ndevice = some\nblock_frames = 64\nquality = draft\n");
    Settings *settings = open_settings();
    Options options = options_of("--rate=44100", NULL);
    recall_options(settings, &options);
    cr_expect(recall_forget_output(&options));
    cr_expect_null(options.audio.api);
    cr_expect_null(options.audio.device);
    cr_expect_eq(options.audio.block_frames, 0);
    cr_expect_eq(options.audio.rate_hz, 44100);
    cr_expect_eq(options.engine.quality, QUALITY_DRAFT);
    cr_expect_not(recall_forget_output(&options), "nothing is left to forget");
    options = options_of("--device=other", NULL);
    recall_options(settings, &options);
    cr_expect_not(recall_forget_output(&options));
    cr_expect_str_eq(options.audio.device, "other");
    settings_destroy(settings);
}
