// Has getopt_long find options and commands, and says what was meant where it finds none.
#include "app/options.h"

#include "app/nearest.h"
#include "app/option_value.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

// Says what is wrong with an option that getopt_long refused. word: as it was written.
static void explain_refused(const char *word, int letter, bool argument_missing, Error *error) {
    if (strncmp(word, "--", 2) != 0) {
        if (argument_missing) {
            error_set(error, "-%c takes a value", letter);
        } else {
            error_set(error, "there is no option -%c; polycore --help lists them", letter);
        }
        return;
    }
    char name[64];
    size_t length = strcspn(word + 2, "=");
    snprintf(name, sizeof name, "%.*s", (int)(length < sizeof name ? length : sizeof name - 1), word + 2);
    const char *names[OPTIONS_MAX];
    for (int i = 0; i < OPTION_TOTAL; i++) {
        names[i] = OPTION_ROWS[i].name;
        if (strcmp(name, OPTION_ROWS[i].name) == 0) {
            error_set(error, OPTION_ROWS[i].argument ? "--%s takes a value: --%s %s" : "--%s takes no value",
                      name, name, OPTION_ROWS[i].argument);
            return;
        }
    }
    const char *near = nearest_name(name, names, (size_t)OPTION_TOTAL);
    if (near) {
        error_set(error, "there is no option --%s; did you mean --%s?", name, near);
    } else {
        error_set(error, "there is no option --%s; polycore --help lists them", name);
    }
}

static bool read_command(Options *options, const char *word, Error *error) {
    const char *names[COMMAND_COUNT];
    for (int id = 0; id < COMMAND_COUNT; id++) {
        names[id] = COMMAND_ROWS[id].name;
        if (id != COMMAND_LIVE && strcmp(word, COMMAND_ROWS[id].name) == 0) {
            options->command = (CommandId)id;
            return true;
        }
    }
    const char *near = nearest_name(word, names + 1, COMMAND_COUNT - 1);
    size_t length = strlen(word);
    if (near) {
        error_set(error, "there is no command '%s'; did you mean '%s'?", word, near);
    } else if (length > 4 &&
               (strcmp(word + length - 4, ".mid") == 0 || strcmp(word + length - 4, ".MID") == 0)) {
        error_set(error, "'%s' is no command; to render it: polycore render %s", word, word);
    } else {
        error_set(error, "there is no command '%s'; polycore --help lists them", word);
    }
    return false;
}

// trace's seconds are read as --seconds is elsewhere.
static bool read_trace_seconds(Options *options, const char *word, Error *error) {
    for (int row = 0; row < OPTION_TOTAL; row++) {
        if (strcmp(OPTION_ROWS[row].name, "seconds") == 0) {
            return option_read(&OPTION_ROWS[row], word, options, error);
        }
    }
    return false;
}

static bool read_operands(Options *options, int count, char **operands, Error *error) {
    int taken = 0;
    if (count > 0) {
        if (!read_command(options, operands[taken++], error)) {
            return false;
        }
        if (options->command == COMMAND_RENDER && taken < count) {
            options->song = operands[taken++];
        }
        if (options->command == COMMAND_TRACE && taken < count &&
            !read_trace_seconds(options, operands[taken++], error)) {
            return false;
        }
        if (options->command == COMMAND_BENCH) {
            options->benchmarks = operands + taken;
            options->benchmark_count = (uint32_t)(count - taken);
            return true;
        }
    }
    if (taken < count) {
        error_set(error, "'%s' is one word too many; polycore %s takes %s", operands[taken],
                  COMMAND_ROWS[options->command].name,
                  options->command == COMMAND_RENDER  ? "one MIDI file"
                  : options->command == COMMAND_TRACE ? "one number of seconds"
                                                      : "options only");
        return false;
    }
    return true;
}

static bool check_together(const Options *options, Error *error) {
    for (int i = 0; i < OPTION_TOTAL; i++) {
        if ((options->given >> i & 1) && !(OPTION_ROWS[i].commands & (1u << options->command))) {
            const char *command = COMMAND_ROWS[options->command].name;
            error_set(error, "polycore%s%s has no option --%s; polycore%s%s --help lists what it has",
                      command[0] ? " " : "", command, OPTION_ROWS[i].name, command[0] ? " " : "", command);
            return false;
        }
    }
    if (options->command == COMMAND_RENDER && !options->song && !options->help && !options->version) {
        error_set(error, "render: which song? Use polycore render SONG.mid");
        return false;
    }
    if (options->command == COMMAND_TRACE && !options->help && !options->version &&
        (options->seconds <= 0 || !options->output)) {
        error_set(error, "trace: %s? Use polycore trace SECONDS -o FILE.json",
                  options->output ? "for how long" : "into which file");
        return false;
    }
    return true;
}

// Fills getopt_long's tables; a long option's value is its row's number, above every letter.
enum { FIRST_LONG = 256 };
static void fill_getopt(struct option *longs, char *letters) {
    *letters++ = ':'; // tell a missing value from an unknown option
    for (int i = 0; i < OPTION_TOTAL; i++) {
        bool valued = OPTION_ROWS[i].argument != NULL;
        longs[i] = (struct option){OPTION_ROWS[i].name, valued ? required_argument : no_argument, NULL,
                                   FIRST_LONG + i};
        if (OPTION_ROWS[i].letter) {
            *letters++ = OPTION_ROWS[i].letter;
            if (valued) {
                *letters++ = ':';
            }
        }
    }
    *letters = '\0';
    longs[OPTION_TOTAL] = (struct option){0};
}

static int row_of(int code) {
    for (int i = 0; i < OPTION_TOTAL; i++) {
        if (code == FIRST_LONG + i || (OPTION_ROWS[i].letter && code == OPTION_ROWS[i].letter)) {
            return i;
        }
    }
    return -1;
}

bool options_parse(Options *options, int argc, char **argv, Error *error) {
    *options = (Options){.engine = engine_config_default(), .tail_seconds = -1};
    options->engine.sheds = true;
    struct option longs[OPTIONS_MAX + 1];
    char letters[2 + 2 * OPTIONS_MAX];
    fill_getopt(longs, letters);
    opterr = 0;
    optind = 0; // begin anew, as the GNU and the BSD getopt_long both understand it
    for (int code; (code = getopt_long(argc, argv, letters, longs, NULL)) != -1;) {
        int row = row_of(code);
        if (row < 0) {
            explain_refused(argv[optind - 1], optopt, code == ':', error);
            return false;
        }
        options->given |= UINT64_C(1) << row;
        if (!option_read(&OPTION_ROWS[row], optarg, options, error)) {
            return false;
        }
    }
    return read_operands(options, argc - optind, argv + optind, error) && check_together(options, error);
}

bool options_given(const Options *options, const char *name) {
    for (int row = 0; row < OPTION_TOTAL; row++) {
        if (strcmp(OPTION_ROWS[row].name, name) == 0) {
            return (options->given >> row & 1) != 0;
        }
    }
    return false;
}
