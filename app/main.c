// Polycore: finds out which command is meant and runs it.
#include "app/bench/bench.h"
#include "app/commands/commands.h"
#include "app/options.h"
#include "app/options_help.h"
#include "app/setup.h"
#include "platform/clock.h"
#include "platform/console.h"

#include <stdio.h>

static CommandRun *const RUNS[COMMAND_COUNT] = {
    [COMMAND_LIVE] = command_live,       [COMMAND_DEVICES] = command_devices,
    [COMMAND_PATCHES] = command_patches, [COMMAND_RENDER] = command_render,
    [COMMAND_BENCH] = command_bench,     [COMMAND_CALIBRATE] = command_calibrate,
    [COMMAND_TRACE] = command_trace,
};

static int run(int argc, char **argv) {
    uint64_t start_ns = clock_now_ns();
    Options options;
    Error error;
    if (!options_parse(&options, argc, argv, &error)) {
        setup_complain(error.text);
        return EXIT_WRONG_USAGE;
    }
    if (options.help) {
        options_print_help(stdout, options.command);
        if (options.command == COMMAND_BENCH) {
            bench_print_help(stdout);
        }
        return EXIT_DONE;
    }
    if (options.version) {
        printf("polycore %s\n", POLYCORE_VERSION);
        return EXIT_DONE;
    }
    return RUNS[options.command](&options, start_ns);
}

int main(int argc, char **argv) {
    console_init();
    int code = run(argc, console_arguments(argc, argv));
    if (fflush(stdout) != 0 && code == EXIT_DONE) {
        setup_complain("standard output could not be written");
        code = EXIT_FAILED;
    }
    return code;
}
