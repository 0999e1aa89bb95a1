// The rows that the command line, --help and the errors about them follow: options and commands.
#ifndef APP_OPTION_TABLE_H
#define APP_OPTION_TABLE_H

#include "app/options.h"

#include <stddef.h>

typedef enum OptionKind {
    OPTION_FLAG,    // bool, no argument
    OPTION_TEXT,    // const char *
    OPTION_MIDI,    // appended to Options.midi
    OPTION_COUNT,   // uint32_t in minimum..maximum
    OPTION_WORKERS, // uint32_t in minimum..maximum, or "auto" for 0
    OPTION_SECONDS, // double in minimum..maximum
    OPTION_CHOICE,  // int: the position in choices
} OptionKind;

typedef struct Option {
    const char *name;
    char letter; // 0 for none
    OptionKind kind;
    size_t offset;        // of the field in Options
    unsigned commands;    // one bit for each CommandId that takes it
    const char *argument; // as --help shows it
    double minimum;
    double maximum;
    const char *unit;           // NULL for a bare number
    const char *const *choices; // in the order of the enumeration, NULL after the last; NULL for other kinds
    const char *help;
} Option;

enum { OPTION_TOTAL = 24 };
extern const Option OPTION_ROWS[OPTION_TOTAL];

typedef struct CommandInfo {
    const char *name;
    const char *operand; // what it takes beside options, "" for nothing
    const char *summary;
} CommandInfo;

extern const CommandInfo COMMAND_ROWS[COMMAND_COUNT];

#endif
