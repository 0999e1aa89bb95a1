// The terminal's line says everything, whatever its width and the number of workers.
#include "app/terminal/meters.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMNS = 80 };

static const double NO_TAKE = -1;

// Two readings a second apart, in which each worker has rendered for half of it.
static Meters *half_busy(uint32_t workers) {
    static EngineFigures figures;
    figures = (EngineFigures){.frame = 48000,
                              .voices = 128,
                              .workers = workers,
                              .block_ns = 1230000,
                              .deadline_ns = 2670000,
                              .xruns = 7,
                              .rescues = 1234,
                              .peak = {0.25f}};
    Meters *meters = calloc(1, sizeof *meters);
    cr_assert_not_null(meters);
    meters_init(meters);
    meters_update(meters, &figures, 0);
    figures.frame *= 2;
    for (uint32_t i = 0; i < workers; i++) {
        figures.worker[i].busy_ns = 500000000;
    }
    meters_update(meters, &figures, 1000000000);
    return meters;
}

static const char *line_of(uint32_t workers, double take_seconds, int32_t columns) {
    static char line[METERS_LINE_BYTES];
    Meters *meters = half_busy(workers);
    meters_format(meters, take_seconds, columns, false, line);
    free(meters);
    return line;
}

static void has(const char *line, const char *words) {
    cr_assert_not_null(strstr(line, words), "no \"%s\" in: %s", words, line);
}

Test(meters, a_line_names_voices_time_xruns_rescues_peak_and_workers) {
    const char *line = line_of(4, NO_TAKE, COLUMNS);
    has(line, "128 voices  1.23 of 2.67 ms");
    has(line, "xruns 7  rescues 1234");
    has(line, "-12.0 dBFS");
    has(line, "4444"); // a cell each, half its height
}

Test(meters, as_many_workers_as_can_be_take_nothing_from_xruns_rescues_recording_and_peak) {
    const char *line = line_of(POOL_WORKERS_MAX, 83, COLUMNS);
    has(line, "xruns 7  rescues 1234");
    has(line, "rec 1:23");
    has(line, "-12.0 dBFS");
    has(line, "4444");
    cr_assert_eq(strlen(line), COLUMNS);
}

Test(meters, a_wide_terminal_has_bars) {
    has(line_of(4, NO_TAKE, 160), "|#####");
}
