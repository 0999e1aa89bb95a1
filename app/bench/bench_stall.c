// What the sound notices of a worker that is stopped again and again.
#include "app/bench/bench.h"

#include "app/bench/hog.h"
#include "app/bench/runner.h"
#include "app/bench/statistics.h"
#include "app/calibrate/load.h"
#include "app/calibrate/paced.h"
#include "platform/clock.h"

#include <math.h>
#include <stdlib.h>

enum {
    JOBS = 8,
    BLOCK_FRAMES = 128,
    RATE_HZ = 48000,
    PERIOD_NS = 2666667, // of such a block
    STALL_NS = 50 * 1000 * 1000,
    STALL_EVERY_NS = 120 * 1000 * 1000,
    STALL_EVERY_CALLS = STALL_EVERY_NS / PERIOD_NS,
    WARM_UP_CALLS = 64,
    PROBE_VOICES = 64,
    PROBE_BLOCKS = 400,
    SAMPLES_MAX = 400000,
};

static const double NS_PER_MS = 1e6;
static const double LOAD = 0.4; // of the period, that one thread alone would need

typedef struct Stall {
    Runner runner;
    uint64_t calls;
    uint64_t late, late_by_waiting; // the same without the wait for other threads: on time
    size_t count;
    double us[SAMPLES_MAX];
} Stall;

static const ReportColumn COLUMNS[] = {{"what", "what", 0},
                                       {"blocks", "blocks", 0},
                                       {"stops", "stops", 0},
                                       {"rescues", "rescues", 0},
                                       {"late", "blocks late", 0},
                                       {"late_by_waiting", "by waiting", 0},
                                       {"p50_us", "p50 us", 0},
                                       {"p999_us", "p99.9 us", 0},
                                       {"worst_us", "worst us", 0},
                                       {"system_us", "called late us", 0},
                                       {"stolen_ms", "taken by a hypervisor ms", 0}};

static void begin(void *user, ThreadPriority priority) {
    Stall *stall = user;
    runner_begin(&stall->runner, priority);
}

static bool call(void *user, uint64_t due_ns) {
    Stall *stall = user;
    stall->calls++;
    if (stall->calls % STALL_EVERY_CALLS == 0) {
        atomic_store(&stall->runner.stall_ns, STALL_NS);
    }
    uint64_t took_ns = runner_run(&stall->runner, PERIOD_NS, due_ns + PERIOD_NS);
    if (stall->calls > WARM_UP_CALLS && stall->count < SAMPLES_MAX) {
        stall->us[stall->count++] = (double)took_ns / 1000;
        bool late = took_ns > PERIOD_NS;
        stall->late += late;
        stall->late_by_waiting += late && runner_figures(&stall->runner).own_ns <= PERIOD_NS;
    }
    return true;
}

// Jobs of a known length, one of which sleeps on another thread now and then.
static bool stall_jobs(const BenchPlan *plan, const RunnerKind *kind, Stall *stall, ReportTable *table,
                       Error *error) {
    bench_show(plan, "stall: %s", kind->name);
    *stall = (Stall){0};
    if (!runner_init(&stall->runner, kind, plan->workers, JOBS, error)) {
        return false;
    }
    stall->runner.work_ns = (uint64_t)(LOAD * PERIOD_NS / JOBS);
    Paced paced = {.period_ns = PERIOD_NS,
                   .calls = (uint64_t)(plan->seconds * 1e9 / PERIOD_NS) + WARM_UP_CALLS + 1,
                   .begin = begin,
                   .call = call,
                   .user = stall};
    uint64_t stolen_ns = bench_stolen_ns();
    bool done = paced_run(&paced, NULL, error);
    stolen_ns = bench_stolen_since(stolen_ns);
    double rescues = kind->baseline ? (double)NAN : (double)runner_figures(&stall->runner).rescues;
    double stops = atomic_load(&stall->runner.stalls);
    runner_deinit(&stall->runner);
    if (done) {
        Statistics us = statistics_of(stall->us, stall->count);
        ReportCell by_waiting = report_number(kind->baseline ? (double)NAN : (double)stall->late_by_waiting);
        report_row(table,
                   (ReportCell[]){report_text(kind->name), report_number((double)stall->count),
                                  report_number(stops), report_number(rescues),
                                  report_number((double)stall->late), by_waiting, report_number(us.median),
                                  report_number(us.p999), report_number(us.worst), report_number((double)NAN),
                                  report_number((double)stolen_ns / NS_PER_MS)});
    }
    return done;
}

// So many voices that one thread needs LOAD of the time. 0 with error filled.
static uint32_t voices_for_load(Error *error) {
    EngineConfig config = engine_config_default();
    config.pool.workers = 1;
    Engine *engine = load_create(&config, LOAD_TWO_SAWS, PROBE_VOICES, error);
    if (!engine) {
        return 0;
    }
    float sound[CHANNEL_COUNT][BLOCK_FRAMES];
    double ns[PROBE_BLOCKS];
    for (int block = 0; block < PROBE_BLOCKS; block++) {
        uint64_t start_ns = clock_now_ns();
        engine_render(engine, CHANNELS_AT(sound, 0), BLOCK_FRAMES, 0);
        ns[block] = (double)(clock_now_ns() - start_ns);
    }
    engine_destroy(engine);
    double voices = LOAD * PERIOD_NS / statistics_of(ns, PROBE_BLOCKS).median * PROBE_VOICES;
    return voices < ENGINE_POLYPHONY_MAX ? (uint32_t)voices : ENGINE_POLYPHONY_MAX;
}

typedef struct Played {
    LoadResult load;
    uint32_t stops;
    uint64_t stolen_ns; // by a hypervisor
} Played;

// One of two runs of the same sound: the engine is made anew, and plays from its start.
static bool play_engine(const BenchPlan *plan, uint32_t voices, bool hogged, Played *played, Error *error) {
    EngineConfig config = engine_config_default();
    config.pool.workers = plan->workers;
    config.pool.pin = PIN_ON;
    Engine *engine = load_create(&config, LOAD_TWO_SAWS, voices, error);
    // The audio thread keeps to its core, so that only the worker can be hit.
    LoadPlan load = {.rate_hz = RATE_HZ,
                     .block_frames = BLOCK_FRAMES,
                     .seconds = plan->seconds,
                     .to_the_end = true,
                     .pinned = true};
    Hog *hog = engine && hogged ? hog_create(engine, STALL_NS, STALL_EVERY_NS, error) : NULL;
    uint64_t stolen_ns = bench_stolen_ns();
    bool done = engine && (hog || !hogged) && load_run(engine, &load, &played->load, error);
    played->stolen_ns = bench_stolen_since(stolen_ns);
    played->stops = hog_destroy(hog);
    engine_destroy(engine);
    return done;
}

static void add_engine_row(ReportTable *table, const char *what, const Played *played) {
    ReportCell none = report_number((double)NAN);
    const LoadResult *load = &played->load;
    report_row(table, (ReportCell[]){report_text(what), report_number(load->blocks),
                                     report_number(played->stops), report_number((double)load->rescues),
                                     report_number(load->late), report_number(load->late_by_waiting), none,
                                     none, report_number((double)load->worst_ns / 1000),
                                     report_number((double)load->worst_wake_ns / 1000),
                                     report_number((double)played->stolen_ns / NS_PER_MS)});
}

// The real engine, left alone and then while something of a higher priority takes a worker's core.
static bool stall_engine(const BenchPlan *plan, ReportTable *table, ReportSection *section, Error *error) {
    bench_show(plan, "stall: the engine");
    uint32_t voices = voices_for_load(error);
    Played alone;
    Played stalled;
    if (voices == 0 || !play_engine(plan, voices, false, &alone, error) ||
        !play_engine(plan, voices, true, &stalled, error)) {
        return false;
    }
    add_engine_row(table, "engine, left alone", &alone);
    if (stalled.stops == 0) {
        report_note(section, "The engine itself was not stalled: that needs real-time priority.");
        return true;
    }
    add_engine_row(table, "engine, core taken", &stalled);
    report_goal(section, "engine: blocks late", stalled.load.late, REPORT_AT_MOST, 0, "");
    report_goal(section, "engine: of those, on time had it not waited for a worker",
                stalled.load.late_by_waiting, REPORT_AT_MOST, 0, "");
    report_goal(section, "engine: runs with other bits than the one that was left alone",
                stalled.load.hash != alone.load.hash, REPORT_AT_MOST, 0, "");
    report_note(section,
                "The engine played %u voices. What is late, but not by waiting for a worker, was called "
                "late, lost its "
                "core, or rendered for others.",
                voices);
    return true;
}

static bool run(const BenchPlan *plan, ReportSection *section, Error *error) {
    if (plan->workers < 2) {
        report_note(section, "This machine has one core, so no worker that could be stopped.");
        return true;
    }
    static const RunnerKind POOL = {.name = "pool, jobs that sleep", .wait = WAIT_PREDICT};
    static const RunnerKind MUTEX = {.name = "mutex pool, the same", .baseline = &BASELINE_MUTEX};
    Stall *stall = malloc(sizeof *stall);
    if (!stall) {
        error_set(error, "out of memory; close other programs");
        return false;
    }
    ReportTable *table =
        report_table(section, "stall", "A worker stops for 50 ms every 120 ms; blocks of 2667 us, 40 % load",
                     COLUMNS, sizeof COLUMNS / sizeof *COLUMNS, -1);
    bool done = stall_jobs(plan, &POOL, stall, table, error);
    if (done) {
        report_goal(section, "pool: blocks late", (double)stall->late, REPORT_AT_MOST, 0, "");
        report_goal(section, "pool: of those, on time had it not waited for a worker",
                    (double)stall->late_by_waiting, REPORT_AT_MOST, 0, "");
    }
    done = done && stall_jobs(plan, &MUTEX, stall, table, error) && stall_engine(plan, table, section, error);
    free(stall);
    return done;
}

const Bench BENCH_STALL = {"stall", "blocks while a worker is stopped again and again", run};
