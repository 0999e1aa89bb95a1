// What the window costs the thread that draws it, at rest and while the demo song plays.
#include "app/bench/bench.h"

#include "app/files/bank.h"
#include "app/files/demo_song.h"
#include "app/live/live.h"
#include "app/setup.h"
#include "app/window/window_host.h"
#include "platform/clock.h"
#include "ui/window.h"

#include <stdio.h>
#include <stdlib.h>

static const double NS_PER_SECOND = 1e9;
static const double NS_PER_MS = 1e6;
static const double SECONDS_LEAST = 4; // the first is told apart: in it everything is made and drawn once

typedef struct Size {
    int width, height;
} Size;
static const Size SIZES[] = {{800, 500}, {1280, 800}, {3840, 2160}};
enum { SIZE_COUNT = sizeof SIZES / sizeof SIZES[0], SIZE_USUAL = 1 };

// Runs the window over live play for that long. False with error filled when it does not open.
static bool run_window(Live *live, PatchLibrary *library, Size size, double seconds, WindowFigures *figures,
                       Error *error) {
    uint64_t end_ns = clock_now_ns() + (uint64_t)(seconds * NS_PER_SECOND);
    WindowHost *host = window_host_create(live, library, NULL, end_ns, false, error);
    Window *window = host ? window_create(window_host_functions(host), error) : NULL;
    if (window) {
        window_resize(window, size.width, size.height);
        window_run(window);
        window_figures(window, figures);
    }
    window_destroy(window);
    window_host_destroy(host);
    return window != NULL;
}

static bool measure(bool playing, Size size, double seconds, WindowFigures *figures, Error *error) {
    static const char *const NO_MIDI[] = {"none"};
    bool done = false;
    Smf *song = NULL;
    Live *live = NULL;
    Bank *bank = calloc(1, sizeof *bank);
    PatchLibrary *library = patch_library_create(NULL, NULL, NULL, error);
    if (!bank) {
        error_set(error, "out of memory; close other programs");
    }
    if (!bank || !library) {
        goto out;
    }
    bank_fill(bank, library, bank_default_patch(library));
    if (playing) {
        song = smf_parse(DEMO_SONG[0].bytes, DEMO_SONG[0].size_bytes, "the demo song", error);
        if (!song) {
            goto out;
        }
    }
    LiveConfig config = {.engine = engine_config_default(),
                         .bank = bank,
                         .output = {.api = AUDIO_API_NULL},
                         .midi = NO_MIDI,
                         .midi_count = 1,
                         .song = song};
    live = live_create(&config, error);
    done = live && run_window(live, library, size, seconds, figures, error);
out:
    live_destroy(live, NULL);
    smf_destroy(song);
    patch_library_destroy(library);
    free(bank);
    return done;
}

static bool add_row(const BenchPlan *plan, ReportSection *section, ReportTable *table, int index, int playing,
                    Error *error) {
    static const char *const STATES[] = {"at rest", "playing"};
    static const double LIMITS_PERCENT[] = {3, 6};
    double seconds = plan->seconds > SECONDS_LEAST ? plan->seconds : SECONDS_LEAST;
    Size size = SIZES[index];
    WindowFigures figures;
    bench_show(plan, "window: %d x %d, %s", size.width, size.height, STATES[playing]);
    if (!measure(playing == 1, size, seconds, &figures, error)) {
        return false;
    }
    if (figures.width != size.width || figures.height != size.height) {
        report_note(section, "Not measured: %d x %d, for which the display has no room.", size.width,
                    size.height);
        return true;
    }
    char text[32];
    snprintf(text, sizeof text, "%d x %d", size.width, size.height);
    const WindowCost *all = &figures.all;
    const WindowCost *opening = &figures.opening;
    double lasted_ns = (double)(all->wall_ns - opening->wall_ns);
    double percent = 100 * (double)(all->cpu_ns - opening->cpu_ns) / lasted_ns;
    double lasted = lasted_ns / NS_PER_SECOND;
    report_row(table, (ReportCell[]){report_text(text), report_text(STATES[playing]), report_number(percent),
                                     report_number((double)(all->frames - opening->frames) / lasted),
                                     report_number((double)(all->painted - opening->painted) / lasted),
                                     report_number((double)opening->cpu_ns / NS_PER_MS)});
    if (index >= SIZE_USUAL) {
        char what[64];
        snprintf(what, sizeof what, "%s, %s", text, STATES[playing]);
        report_goal(section, what, percent, REPORT_AT_MOST, LIMITS_PERCENT[playing], "% of a core");
    }
    return true;
}

static bool run(const BenchPlan *plan, ReportSection *section, Error *error) {
    static const ReportColumn COLUMNS[] = {{"size", "window", 0},
                                           {"state", "state", 0},
                                           {"core_percent", "% of a core", 2},
                                           {"frames_per_second", "frames a second", 1},
                                           {"painted_per_second", "painted a second", 1},
                                           {"opening_ms", "opening, ms of a core", 0}};
    ReportTable *table = report_table(section, "window", "The window's own thread", COLUMNS, 6, 2);
    for (int index = 0; index < SIZE_COUNT; index++) {
        for (int playing = 0; playing < 2; playing++) {
            if (!add_row(plan, section, table, index, playing, error)) {
                report_note(section, "Not measured: %s.", error->text);
                return true; // a machine without a display has no window to pay for
            }
        }
    }
    return true;
}

const Bench BENCH_WINDOW = {"window", "processor time of the window", run};
