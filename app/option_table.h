// What the program can be asked for: one row an option, for the command line, --help, the settings file and
// the window.
#ifndef APP_OPTION_TABLE_H
#define APP_OPTION_TABLE_H

#include "app/live/output_request.h"
#include "engine/engine.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// What the program is asked to do.
typedef enum CommandId {
    COMMAND_LIVE, // no name: plain `polycore`
    COMMAND_DEVICES,
    COMMAND_PATCHES,
    COMMAND_RENDER,
    COMMAND_BENCH,
    COMMAND_CALIBRATE,
    COMMAND_TRACE,
    COMMAND_COUNT,
} CommandId;

enum { OPTIONS_MIDI_MAX = 16 }; // --midi may be given so often

/// What was asked for. Strings are not owned. What was not given has the value named here.
typedef struct Options {
    CommandId command;
    uint64_t given; // see options_given
    bool help;
    bool version;
    bool json;
    bool verbose;
    bool driver_messages;

    EngineConfig engine; // engine_config_default, but sheds; audio has the rate
    OutputRequest audio; // of live play; a render takes rate_hz and block_frames
    const char *patch;   // NULL: the bank's first
    double seconds;      // 0: until it is ended

    const char *midi[OPTIONS_MIDI_MAX];
    uint32_t midi_count; // 0: every input
    bool headless;
    bool demo;
    const char *learn;  // NULL: no parameter waits for a controller
    const char *record; // NULL: nothing is recorded

    const char *song;    // what render reads
    const char *output;  // NULL: the song's name with .wav; "-": standard output. Of trace: a file
    double tail_seconds; // below 0: until the last sound has died

    uint32_t worst; // callbacks that trace writes; 0: as many as it likes
    bool load;      // it plays notes in changing numbers

    char *const *benchmarks;  // which bench runs
    uint32_t benchmark_count; // 0: all
} Options;

typedef enum OptionKind {
    OPTION_FLAG,    // bool, no argument
    OPTION_TEXT,    // const char *
    OPTION_API,     // the same; the window offers those there are
    OPTION_DEVICE,  // the same
    OPTION_MIDI,    // appended to Options.midi
    OPTION_COUNT,   // uint32_t in minimum..maximum
    OPTION_WORKERS, // the same, or "auto" for 0; the window offers as many as there are cores
    OPTION_SECONDS, // double in minimum..maximum
    OPTION_CHOICE,  // an enumeration: the position in choices
} OptionKind;

typedef struct Option {
    const char *name; // on the command line, behind --
    const char *key;  // in the settings file; NULL: not remembered, as flags and seconds never are
    char letter;      // 0 for none
    OptionKind kind;
    size_t offset;        // of the field in Options
    unsigned commands;    // one bit for each CommandId that takes it
    const char *argument; // as --help shows it
    double minimum;
    double maximum;
    const char *unit;           // in the plural, after a space; NULL for a bare number
    const char *const *choices; // in the order of the enumeration, NULL after the last; NULL for other kinds
    const char *help;

    // In the window's set-up, which lists them in the order of the table.
    const char *label; // NULL: not shown there
    const char *tip;
    const uint32_t *numbers; // what an OPTION_COUNT offers, 0 after the last
    const char *none;        // what it calls 0 and offers first; NULL: 0 is not offered
} Option;

enum { OPTIONS_MAX = 64 }; // each has a bit in Options.given
extern const Option OPTION_ROWS[];
extern const int OPTION_TOTAL; // 1..OPTIONS_MAX

typedef struct CommandInfo {
    const char *name;    // "" for COMMAND_LIVE
    const char *operand; // what it takes beside options, "" for nothing
    const char *summary;
} CommandInfo;

extern const CommandInfo COMMAND_ROWS[COMMAND_COUNT];

#endif
