// Tells how many voices this machine plays, with how many threads.
#include "app/calibrate/calibrate.h"
#include "app/commands/commands.h"
#include "app/json_text.h"
#include "app/setup.h"
#include "app/terminal/text_bar.h"
#include "platform/console.h"

#include <stdio.h>

enum {
    BAR_CELLS = 30,
    LINE_CELLS = 78, // a progress line stays shorter than a terminal
};

static const double SECONDS = 4; // that each answer lasts, unless --seconds says otherwise

static void show(void *user, double done, const char *text) {
    (void)user;
    char bar[BAR_CELLS * TEXT_BAR_CELL_BYTES + 1];
    text_bar(bar, done, BAR_CELLS, console_is_utf8());
    fprintf(stderr, "\r[%s] %3.0f %%  %s\033[K", bar, done * 100, text);
    fflush(stderr);
}

static void print_text(const CalibrationResult *result, Quality quality) {
    printf("Voices without a late block (two saws, a filter, two envelopes and an LFO each), in %s quality\n",
           QUALITY_NAMES[quality]);
    printf("  threads");
    for (int block = 0; block < CALIBRATE_BLOCKS; block++) {
        printf("  %4u frames", CALIBRATE_BLOCK_FRAMES[block]);
    }
    putchar('\n');
    for (uint32_t level = 0; level < result->level_count; level++) {
        printf("  %7u", result->workers[level]);
        for (int block = 0; block < CALIBRATE_BLOCKS; block++) {
            printf("  %11u", result->most[level][block].voices);
        }
        printf("%s\n", result->workers[level] == result->best_workers ? "  best" : "");
    }
    char text[CALIBRATE_TEXT_BYTES];
    calibrate_summarize(result, text);
    printf("%s.\n", text);
    if (!result->most[0][0].realtime) {
        printf(
            "This was without real-time priority, which the system refuses: with it there would be more.\n");
    }
}

static void print_json(const CalibrationResult *result, Quality quality) {
    printf("{\n  \"quality\": \"%s\",\n  \"best_workers\": %u,\n  \"realtime\": %s,\n  \"voices\": [",
           QUALITY_NAMES[quality], result->best_workers, result->most[0][0].realtime ? "true" : "false");
    for (uint32_t level = 0; level < result->level_count; level++) {
        for (int block = 0; block < CALIBRATE_BLOCKS; block++) {
            printf("%s\n    {\"workers\": %u, \"block_frames\": %u, \"voices\": %u}",
                   level + (uint32_t)block ? "," : "", result->workers[level], CALIBRATE_BLOCK_FRAMES[block],
                   result->most[level][block].voices);
        }
    }
    printf("\n  ]\n}\n");
}

int command_calibrate(const Options *options, uint64_t start_ns) {
    (void)start_ns;
    Error error;
    bool shown = console_is_terminal(stderr);
    Calibration calibration = {.engine = engine_config_default(),
                               .seconds = options->seconds > 0 ? options->seconds : SECONDS,
                               .progress = shown ? show : NULL};
    calibration.engine.quality = options->engine.quality;
    CalibrationResult result;
    setup_complain_of_all_workers();
    bool done = calibrate(&calibration, &result, &error);
    if (shown) {
        fputs("\r\033[K", stderr);
    }
    if (!done) {
        setup_complain(error.text);
        return EXIT_FAILED;
    }
    (options->json ? print_json : print_text)(&result, calibration.engine.quality);
    return EXIT_DONE;
}
