// Breaks what the rows of the table say into lines between words.
#include "app/options_help.h"

#include <string.h>

enum {
    HELP_COLUMN = 26, // where the explanations begin
    HELP_WIDTH = 80,  // terminals are seldom narrower
};

// Prints text in the column of explanations, broken between words.
static void print_wrapped(FILE *file, const char *text) {
    int room = HELP_WIDTH - HELP_COLUMN;
    while (*text) {
        int length = (int)strlen(text);
        if (length > room) {
            length = room;
            while (length > 0 && text[length] != ' ') {
                length--;
            }
        }
        fprintf(file, "%.*s\n", length, text);
        text += length;
        if (*text) {
            text++;
            fprintf(file, "%*s", HELP_COLUMN, "");
        }
    }
}

void options_print_row(FILE *file, const char *left, const char *text) {
    if (strlen(left) >= HELP_COLUMN) {
        fprintf(file, "%s\n%*s", left, HELP_COLUMN, "");
    } else {
        fprintf(file, "%-*s", HELP_COLUMN, left);
    }
    print_wrapped(file, text);
}

static void print_option(FILE *file, const Option *option) {
    char left[64];
    char letter[8] = "    ";
    if (option->letter) {
        snprintf(letter, sizeof letter, "-%c, ", option->letter);
    }
    snprintf(left, sizeof left, "  %s--%s%s%s", letter, option->name, option->argument ? " " : "",
             option->argument ? option->argument : "");
    char text[512];
    size_t used = (size_t)snprintf(text, sizeof text, "%s", option->help);
    for (int i = 0; option->choices && option->choices[i]; i++) {
        used += (size_t)snprintf(text + used, sizeof text - used, "%s%s",
                                 i ? ", " : " One of: ", option->choices[i]);
    }
    if (option->kind == OPTION_COUNT || option->kind == OPTION_WORKERS) {
        used += (size_t)snprintf(text + used, sizeof text - used, " %.0f to %.0f", option->minimum,
                                 option->maximum);
    }
    if (option->choices || option->kind == OPTION_COUNT || option->kind == OPTION_WORKERS) {
        snprintf(text + used, sizeof text - used, ".");
    }
    options_print_row(file, left, text);
}

void options_print_help(FILE *file, CommandId command) {
    const CommandInfo *info = &COMMAND_ROWS[command];
    if (command == COMMAND_LIVE) {
        fputs("Polycore is a polyphonic synthesizer: play it from a MIDI keyboard, or render MIDI files.\n\n"
              "Usage: polycore [OPTION...]\n",
              file);
        for (int id = COMMAND_LIVE + 1; id < COMMAND_COUNT; id++) {
            fprintf(file, "       polycore %s%s [OPTION...]\n", COMMAND_ROWS[id].name,
                    COMMAND_ROWS[id].operand);
        }
        fputs("\nCommands (each has its own --help):\n", file);
        for (int id = COMMAND_LIVE; id < COMMAND_COUNT; id++) {
            fprintf(file, "  %-*s%s\n", HELP_COLUMN - 2,
                    id == COMMAND_LIVE ? "(none)" : COMMAND_ROWS[id].name, COMMAND_ROWS[id].summary);
        }
    } else {
        fprintf(file, "%s\n\nUsage: polycore %s%s [OPTION...]\n", info->summary, info->name, info->operand);
    }
    fputs("\nOptions:\n", file);
    for (int i = 0; i < OPTION_TOTAL; i++) {
        if (OPTION_ROWS[i].commands & (1u << command)) {
            print_option(file, &OPTION_ROWS[i]);
        }
    }
    fputs("\nEnds with 0 when done, 1 when it failed, 2 when it was called wrongly.\n", file);
}
