// What a voice costs with each instruction set, and in each quality with the widest.
#include "app/bench/bench.h"

#include "app/bench/statistics.h"
#include "app/calibrate/load.h"
#include "app/calibrate/paced.h"
#include "engine/voice/kernels.h"
#include "platform/clock.h"

#include <math.h>
#include <stdlib.h>

enum {
    LANES = 64,
    FRAMES = 512,
    ROUNDS = 301,
    REST_NS = 200 * 1000, // a round: a real-time thread lets others run
};

// Each instruction set in live quality, as SimdKind numbers them; then the other qualities.
enum { ENTRANT_DRAFT = SIMD_KIND_COUNT, ENTRANT_OFFLINE, ENTRANT_COUNT };

typedef struct Contest {
    Engine *engine[ENTRANT_COUNT];    // NULL: not on this CPU
    double ns[ENTRANT_COUNT][ROUNDS]; // for each lane and frame
    float sound[CHANNEL_COUNT][FRAMES];
} Contest;

static SimdKind kind_of(int entrant) {
    return entrant < SIMD_KIND_COUNT ? (SimdKind)entrant : simd_kind_best();
}

static Quality quality_of(int entrant) {
    return entrant == ENTRANT_DRAFT     ? QUALITY_DRAFT
           : entrant == ENTRANT_OFFLINE ? QUALITY_OFFLINE
                                        : QUALITY_LIVE;
}

static bool create_engines(Contest *contest, LoadPatch patch, Error *error) {
    EngineConfig config = engine_config_default();
    config.pool.workers = 1;
    for (int entrant = 0; entrant < ENTRANT_COUNT; entrant++) {
        config.simd = kind_of(entrant);
        config.quality = quality_of(entrant);
        if (simd_kind_available(config.simd) &&
            !(contest->engine[entrant] = load_create(&config, patch, LANES, error))) {
            return false;
        }
    }
    return true;
}

static bool measure(void *user, uint64_t due_ns) {
    Contest *contest = user;
    (void)due_ns;
    for (int round = 0; round < ROUNDS; round++) {
        clock_sleep_until_ns(clock_now_ns() + REST_NS);
        for (int entrant = 0; entrant < ENTRANT_COUNT; entrant++) {
            if (contest->engine[entrant]) {
                uint64_t start_ns = clock_now_ns();
                engine_render(contest->engine[entrant], CHANNELS_AT(contest->sound, 0), FRAMES, 0);
                contest->ns[entrant][round] = (double)(clock_now_ns() - start_ns) / (LANES * FRAMES);
            }
        }
    }
    return false;
}

static void add_goal(ReportSection *section, const char *patch, SimdKind kind, double times) {
    static const double WANTED[SIMD_KIND_COUNT] = {[SIMD_AVX2] = 5.5, [SIMD_AVX512] = 10};
    if (WANTED[kind] > 0) {
        char what[REPORT_TEXT_BYTES];
        snprintf(what, sizeof what, "%s against scalar, %s", SIMD_KIND_NAMES[kind], patch);
        report_goal(section, what, times, REPORT_AT_LEAST, WANTED[kind], "times");
    }
}

static void report(Contest *contest, ReportSection *section, const char *key, const char *patch) {
    static const ReportColumn COLUMNS[] = {{"set", "instruction set", 0},
                                           {"lanes", "lanes", 0},
                                           {"median_ns", "median ns", 2},
                                           {"best_ns", "best ns", 2},
                                           {"times_scalar", "times scalar", 2}};
    ReportTable *table = report_table(section, key, patch, COLUMNS, 5, 4);
    double times[ENTRANT_COUNT];
    for (int entrant = 0; entrant < ENTRANT_COUNT; entrant++) { // before the samples are sorted
        times[entrant] = contest->engine[entrant]
                             ? statistics_median_ratio(contest->ns[SIMD_SCALAR], contest->ns[entrant], ROUNDS)
                             : (double)NAN;
    }
    for (int entrant = 0; entrant < ENTRANT_COUNT; entrant++) {
        SimdKind kind = kind_of(entrant);
        ReportCell lanes = report_number(simd_kind_lanes(kind));
        char text[REPORT_CELL_BYTES];
        snprintf(text, sizeof text, "%s, %s", SIMD_KIND_NAMES[kind], QUALITY_NAMES[quality_of(entrant)]);
        ReportCell name = report_text(text);
        if (!contest->engine[entrant]) {
            ReportCell none = report_number((double)NAN);
            report_row(table, (ReportCell[]){name, lanes, report_text("not on this CPU"), none, none});
            continue;
        }
        Statistics ns = statistics_of(contest->ns[entrant], ROUNDS);
        report_row(table, (ReportCell[]){name, lanes, report_number(ns.median), report_number(ns.best),
                                         report_number(times[entrant])});
        if (entrant < SIMD_KIND_COUNT) {
            add_goal(section, patch, kind, times[entrant]);
        }
    }
}

static bool run(const BenchPlan *plan, ReportSection *section, Error *error) {
    static const struct {
        const char *key;
        const char *title;
    } PATCHES[] = {[LOAD_TWO_SAWS] = {"two_saws", "Two saws, filter, two envelopes, LFO"},
                   [LOAD_EVERYTHING] = {"everything", "Every wave, noise, every filter response"}};
    Contest *contest = malloc(sizeof *contest);
    if (!contest) {
        error_set(error, "out of memory; close other programs");
        return false;
    }
    bool done = true;
    for (int patch = LOAD_TWO_SAWS; patch <= LOAD_EVERYTHING && done; patch++) {
        bench_show(plan, "kernel: %s", PATCHES[patch].title);
        for (int entrant = 0; entrant < ENTRANT_COUNT; entrant++) {
            contest->engine[entrant] = NULL;
        }
        Paced paced = {.calls = 1, .call = measure, .user = contest};
        done = create_engines(contest, (LoadPatch)patch, error) && paced_run(&paced, NULL, error);
        if (done) {
            report(contest, section, PATCHES[patch].key, PATCHES[patch].title);
        }
        for (int entrant = 0; entrant < ENTRANT_COUNT; entrant++) {
            engine_destroy(contest->engine[entrant]);
        }
    }
    free(contest);
    return done;
}

const Bench BENCH_KERNEL = {
    "kernel", "ns for each lane and frame, the whole engine on one thread: 64 lanes, 512 frames", run};
