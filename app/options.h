// Reads the command line as the table of options says.
#ifndef APP_OPTIONS_H
#define APP_OPTIONS_H

#include "app/option_table.h"
#include "platform/error.h"

#include <stdbool.h>

/// Reads argv[1..argc). False with error filled when an option, a command or a value is wrong;
/// options->command is then what was meant as far as it was understood. Strings point into argv, which may be
/// reordered. [main-thread]
bool options_parse(Options *options, int argc, char **argv, Error *error);

/// Was the option of that name ("rate") on the command line? [any-thread]
bool options_given(const Options *options, const char *name);

#endif
