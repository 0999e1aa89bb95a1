// The commands of the program, each run to its end.
#ifndef APP_COMMANDS_COMMANDS_H
#define APP_COMMANDS_COMMANDS_H

#include "app/option_table.h"

#include <stdint.h>

/// What the program ends with.
typedef enum ExitCode { EXIT_DONE = 0, EXIT_FAILED = 1, EXIT_WRONG_USAGE = 2 } ExitCode;

/// Runs a command; what goes wrong is printed to standard error. start_ns: clock_now_ns() when the program
/// began. [main-thread]
typedef int CommandRun(const Options *options, uint64_t start_ns);

CommandRun command_live;
CommandRun command_devices;
CommandRun command_patches;
CommandRun command_render;
CommandRun command_bench;
CommandRun command_calibrate;
CommandRun command_trace;

#endif
