// How soon after the start the first sound is ready.
#include "app/bench/bench.h"

#include "app/bench/statistics.h"
#include "app/files/bank.h"
#include "app/files/demo_song.h"
#include "app/live/live.h"
#include "app/setup.h"
#include "platform/clock.h"

#include <stdlib.h>

enum {
    STARTS = 5,
    LOOK_NS = 500 * 1000,
    WAIT_NS = 2000 * 1000 * 1000, // the demo song begins at once: a start takes milliseconds
};

static const double NS_PER_MS = 1e6;

static bool await_sound(const Live *live, uint64_t start_ns, double *took_ms, Error *error) {
    while (live_first_sound_ns(live) == 0) {
        if (clock_now_ns() - start_ns > WAIT_NS) {
            error_set(error, "the demo song does not sound");
            return false;
        }
        clock_sleep_until_ns(clock_now_ns() + LOOK_NS);
    }
    *took_ms = (double)(live_first_sound_ns(live) - start_ns) / NS_PER_MS;
    return true;
}

// All that `polycore --headless --demo` does, but for what the system needs to load the program, and the
// search for devices.
static bool start_once(double *took_ms, Error *error) {
    static const char *const NO_MIDI[] = {"none"};
    uint64_t start_ns = clock_now_ns();
    PatchLibrary *library = setup_library(error);
    Bank *bank = calloc(1, sizeof *bank);
    Smf *song = smf_parse(DEMO_SONG[0].bytes, DEMO_SONG[0].size_bytes, "the demo song", error);
    Live *live = NULL;
    if (library && bank && song) {
        bank_fill(bank, library, bank_default_patch(library));
        LiveConfig config = {.engine = engine_config_default(),
                             .bank = bank,
                             .output = {.api = AUDIO_API_NULL},
                             .midi = NO_MIDI,
                             .midi_count = 1,
                             .song = song};
        live = live_create(&config, error);
    }
    bool done = live && await_sound(live, start_ns, took_ms, error);
    done = live_destroy(live, done ? error : NULL) && done;
    smf_destroy(song);
    free(bank);
    patch_library_destroy(library);
    return done;
}

static bool run(const BenchPlan *plan, ReportSection *section, Error *error) {
    static const ReportColumn COLUMNS[] = {{"what", "start", 0},
                                           {"median_ms", "median ms", 1},
                                           {"best_ms", "best ms", 1},
                                           {"worst_ms", "worst ms", 1}};
    double took_ms[STARTS];
    for (int start = 0; start < STARTS; start++) {
        bench_show(plan, "start: %d of %d", start + 1, STARTS);
        if (!start_once(&took_ms[start], error)) {
            return false;
        }
    }
    ReportTable *table =
        report_table(section, "start", "To the first sound of the null output", COLUMNS, 4, -1);
    double first_ms = took_ms[0];
    Statistics found = statistics_of(took_ms, STARTS);
    report_row(table, (ReportCell[]){report_text("first of the program"), report_number(first_ms),
                                     report_number(first_ms), report_number(first_ms)});
    report_row(table, (ReportCell[]){report_text("all"), report_number(found.median),
                                     report_number(found.best), report_number(found.worst)});
    return true;
}

const Bench BENCH_START = {"start", "time until the demo song sounds, without searching for devices", run};
