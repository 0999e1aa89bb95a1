// Reads the command line: one table says what every option is called, takes and means.
#ifndef APP_OPTIONS_H
#define APP_OPTIONS_H

#include "engine/pool/pool.h"
#include "engine/quality.h"
#include "engine/voice/simd_kind.h"
#include "platform/error.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/// What the program is asked to do. A command's row in the table of options.c gives its name and help.
typedef enum CommandId {
    COMMAND_LIVE, // no name: plain `polycore`
    COMMAND_DEVICES,
    COMMAND_PATCHES,
    COMMAND_RENDER,
    COMMAND_BENCH,
    COMMAND_CALIBRATE,
    COMMAND_COUNT,
} CommandId;

enum { OPTIONS_MIDI_MAX = 16 }; // --midi may be given so often

/// Strings point into argv. What was not given has the value named here.
typedef struct Options {
    CommandId command;
    uint64_t given; // see options_given
    bool help;
    bool version;
    bool json;
    bool verbose;
    bool driver_messages;

    uint32_t rate_hz;      // 0: the device's own; 48000 in a render
    uint32_t block_frames; // 0: what the device likes best
    uint32_t workers;      // 0: automatic
    int simd;              // SimdKind, SIMD_AUTO
    int wait;              // WaitMode, WAIT_PREDICT
    int pin;               // PinMode, PIN_AUTO
    int quality;           // Quality, QUALITY_LIVE
    const char *patch;     // NULL: the bank's first
    uint32_t polyphony;    // 128
    double seconds;        // 0: until it is ended

    const char *audio_api; // NULL: the system's default
    const char *device;    // NULL: the default device
    const char *midi[OPTIONS_MIDI_MAX];
    uint32_t midi_count; // 0: every input
    bool headless;
    bool demo;
    const char *record; // NULL: nothing is recorded

    const char *song;    // what render reads
    const char *output;  // NULL: the song's name with .wav; "-": standard output
    double tail_seconds; // below 0: until the last sound has died
    uint32_t seed;       // 1

    char *const *benchmarks;  // which bench runs
    uint32_t benchmark_count; // 0: all
} Options;

/// Reads argv[1..argc). False with error filled when an option, a command or a value is wrong;
/// options->command is then what was meant as far as it was understood. May reorder argv. [main-thread]
bool options_parse(Options *options, int argc, char **argv, Error *error);

/// Prints what the program does and its commands (COMMAND_LIVE), or one command, with their options.
/// [main-thread]
void options_print_help(FILE *file, CommandId command);

/// Prints what is on the left in its column, and the text beside it, broken into lines. [main-thread]
void options_print_row(FILE *file, const char *left, const char *text);

/// Was the option of that name ("rate") on the command line? [any-thread]
bool options_given(const Options *options, const char *name);

/// "render", or "" for COMMAND_LIVE. [any-thread]
const char *options_command_name(CommandId command);

#endif
