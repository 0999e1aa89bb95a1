// Reads the command line by the table of options: parsing, ranges and errors all follow it.
#include "app/options.h"

#include "app/nearest.h"
#include "app/option_table.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

const char *options_command_name(CommandId command) {
    return COMMAND_ROWS[command].name;
}

static void *field_of(Options *options, const Option *option) {
    return (char *)options + option->offset;
}

static const char *unit_of(const Option *option) {
    return option->unit ? option->unit : "";
}

static bool read_count(const Option *option, const char *text, uint32_t *value, Error *error) {
    char *end = NULL;
    errno = 0;
    double number = strtod(text, &end);
    // Written so that "nan" is refused as well.
    if (end == text || *end || !(number >= option->minimum && number <= option->maximum) ||
        number != (double)(uint32_t)number) {
        error_set(error, "--%s is '%s'; use a whole number from %.0f to %.0f%s%s", option->name, text,
                  option->minimum, option->maximum, unit_of(option),
                  option->kind == OPTION_WORKERS ? ", or auto" : "");
        return false;
    }
    *value = (uint32_t)number;
    return true;
}

static bool read_seconds(const Option *option, const char *text, double *value, Error *error) {
    char *end = NULL;
    double number = strtod(text, &end);
    if (end == text || *end || !(number >= option->minimum && number <= option->maximum)) {
        error_set(error, "--%s is '%s'; use %g to %.0f%s", option->name, text, option->minimum,
                  option->maximum, unit_of(option));
        return false;
    }
    *value = number;
    return true;
}

static bool read_choice(const Option *option, const char *text, int *value, Error *error) {
    char list[128] = "";
    int count = 0;
    for (; option->choices[count]; count++) {
        if (strcmp(text, option->choices[count]) == 0) {
            *value = count;
            return true;
        }
        strcat(list, count ? ", " : "");
        strcat(list, option->choices[count]);
    }
    const char *near = nearest_name(text, option->choices, (size_t)count);
    error_set(error, "--%s: there is no '%s'%s%s%s; use one of %s", option->name, text,
              near ? ", did you mean " : "", near ? near : "", near ? "?" : "", list);
    return false;
}

static bool read_value(Options *options, const Option *option, const char *text, Error *error) {
    void *field = field_of(options, option);
    switch (option->kind) {
    case OPTION_FLAG:
        *(bool *)field = true;
        return true;
    case OPTION_TEXT:
        if (!text[0]) {
            error_set(error, "--%s is empty; give a %s", option->name, option->argument);
            return false;
        }
        *(const char **)field = text;
        return true;
    case OPTION_MIDI:
        if (options->midi_count == OPTIONS_MIDI_MAX) {
            error_set(error, "--midi was given more than %d times; leave it out to listen to every input",
                      OPTIONS_MIDI_MAX);
            return false;
        }
        options->midi[options->midi_count++] = text;
        return true;
    case OPTION_WORKERS:
        if (strcmp(text, "auto") == 0) {
            *(uint32_t *)field = POOL_WORKERS_AUTO;
            return true;
        }
        return read_count(option, text, field, error);
    case OPTION_COUNT:
        return read_count(option, text, field, error);
    case OPTION_SECONDS:
        return read_seconds(option, text, field, error);
    case OPTION_CHOICE:
        return read_choice(option, text, field, error);
    }
    return false;
}

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
    const char *names[OPTION_TOTAL];
    for (size_t i = 0; i < OPTION_TOTAL; i++) {
        names[i] = OPTION_ROWS[i].name;
        if (strcmp(name, OPTION_ROWS[i].name) == 0) {
            error_set(error, OPTION_ROWS[i].argument ? "--%s takes a value: --%s %s" : "--%s takes no value",
                      name, name, OPTION_ROWS[i].argument);
            return;
        }
    }
    const char *near = nearest_name(name, names, OPTION_TOTAL);
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

static bool read_operands(Options *options, int count, char **operands, Error *error) {
    int taken = 0;
    if (count > 0) {
        if (!read_command(options, operands[taken++], error)) {
            return false;
        }
        if (options->command == COMMAND_RENDER && taken < count) {
            options->song = operands[taken++];
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
                  options->command == COMMAND_RENDER ? "one MIDI file" : "options only");
        return false;
    }
    return true;
}

static bool check_together(const Options *options, const bool *given, Error *error) {
    for (size_t i = 0; i < OPTION_TOTAL; i++) {
        if (given[i] && !(OPTION_ROWS[i].commands & (1u << options->command))) {
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
    *options = (Options){.simd = SIMD_AUTO,
                         .wait = WAIT_PREDICT,
                         .pin = PIN_AUTO,
                         .quality = QUALITY_LIVE,
                         .polyphony = 128,
                         .tail_seconds = -1,
                         .seed = 1};
    struct option longs[OPTION_TOTAL + 1];
    char letters[2 + 2 * OPTION_TOTAL];
    fill_getopt(longs, letters);
    bool given[OPTION_TOTAL] = {false};
    opterr = 0;
    optind = 0; // begin anew, as the GNU and the BSD getopt_long both understand it
    for (int code; (code = getopt_long(argc, argv, letters, longs, NULL)) != -1;) {
        int row = row_of(code);
        if (row < 0) {
            explain_refused(argv[optind - 1], optopt, code == ':', error);
            return false;
        }
        given[row] = true;
        options->given |= UINT64_C(1) << row;
        if (!read_value(options, &OPTION_ROWS[row], optarg, error)) {
            return false;
        }
    }
    return read_operands(options, argc - optind, argv + optind, error) &&
           check_together(options, given, error);
}

bool options_given(const Options *options, const char *name) {
    for (int row = 0; row < OPTION_TOTAL; row++) {
        if (strcmp(OPTION_ROWS[row].name, name) == 0) {
            return (options->given >> row & 1) != 0;
        }
    }
    return false;
}
_Static_assert(OPTION_TOTAL <= 64, "each option has a bit in Options.given");
