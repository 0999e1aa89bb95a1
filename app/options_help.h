// Writes --help.
#ifndef APP_OPTIONS_HELP_H
#define APP_OPTIONS_HELP_H

#include "app/option_table.h"

#include <stdio.h>

/// Prints what the program does and its commands (COMMAND_LIVE), or one command, with their options.
/// [main-thread]
void options_print_help(FILE *file, CommandId command);

/// Prints what is on the left in its column, and the text beside it, broken into lines. [main-thread]
void options_print_row(FILE *file, const char *left, const char *text);

#endif
