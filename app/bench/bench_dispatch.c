// What it costs to hand a block's batches to other threads and to get them back.
#include "app/bench/bench.h"

#include "app/bench/runner.h"
#include "app/bench/statistics.h"
#include "app/calibrate/paced.h"
#include "app/live/grant_text.h"
#include "platform/clock.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    JOBS = 8,
    PERIOD_NS = 2666667, // 128 frames at 48 kHz
    ROUNDS = 5,
    WARM_UP_CALLS = 64, // until the rhythm is known
    HOT_RUNS_MAX = 20000,
    HOT_NS = 60 * 1000 * 1000, // in one go: a real-time thread should not hold a core much longer
    SAMPLES_MAX = 200000,
};

// One way of asking: back to back or by the period, empty batches or such that keep a core busy.
typedef struct Case {
    const char *key;
    const char *title;
    uint64_t period_ns; // 0: back to back
    uint64_t work_ns;   // of each batch
} Case;

static const Case CASES[] = {
    {"hot", "8 empty batches, back to back", 0, 0},
    {"paced", "8 empty batches every 2.67 ms", PERIOD_NS, 0},
    {"paced_5us", "8 batches of 5 us every 2.67 ms", PERIOD_NS, 5000},
};
enum { CASE_COUNT = sizeof CASES / sizeof *CASES };

typedef struct Samples {
    size_t count;
    double us[SAMPLES_MAX];
    double spin_ns; // of all helpers
    double wakes;   // of all helpers, in the runs that are samples
    double wall_ns;
} Samples;

typedef struct Turn {
    const Case *what;
    Runner runner;
    Samples *samples;
    uint64_t calls;
    uint64_t warm_up_wakes;
} Turn;

static void add_sample(Samples *samples, uint64_t ns) {
    if (samples->count < SAMPLES_MAX) {
        samples->us[samples->count++] = (double)ns / 1000;
    }
}

// Every run of a turn: the first ones only warm up.
static void run_once(Turn *turn, uint64_t period_ns, uint64_t deadline_ns) {
    uint64_t took_ns = runner_run(&turn->runner, period_ns, deadline_ns);
    if (++turn->calls > WARM_UP_CALLS) {
        add_sample(turn->samples, took_ns);
    } else if (turn->calls == WARM_UP_CALLS) {
        turn->warm_up_wakes = runner_figures(&turn->runner).wakes;
    }
}

static void begin(void *user, ThreadPriority priority) {
    Turn *turn = user;
    runner_begin(&turn->runner, priority);
}

static bool call_paced(void *user, uint64_t due_ns) {
    run_once(user, PERIOD_NS, due_ns + PERIOD_NS);
    return true;
}

static bool call_hot(void *user, uint64_t due_ns) {
    (void)due_ns;
    uint64_t end_ns = clock_now_ns() + HOT_NS;
    for (int runs = 0; runs < HOT_RUNS_MAX && clock_now_ns() < end_ns; runs++) {
        run_once(user, 0, 0);
    }
    return true;
}

static bool take_turn(const BenchPlan *plan, const Case *what, const RunnerKind *kind, Samples *samples,
                      ThreadGrant *grant, Error *error) {
    Turn turn = {.what = what, .samples = samples};
    if (!runner_init(&turn.runner, kind, plan->workers, JOBS, error)) {
        return false;
    }
    turn.runner.work_ns = what->work_ns;
    uint64_t calls = (uint64_t)(plan->seconds / ROUNDS * 1e9 / PERIOD_NS) + WARM_UP_CALLS + 1;
    Paced paced = {.period_ns = PERIOD_NS,
                   .calls = what->period_ns ? calls : 1,
                   .begin = begin,
                   .call = what->period_ns ? call_paced : call_hot,
                   .user = &turn};
    uint64_t start_ns = clock_now_ns();
    bool done = paced_run(&paced, grant, error);
    samples->wall_ns += (double)(clock_now_ns() - start_ns);
    RunnerFigures figures = runner_figures(&turn.runner);
    samples->spin_ns += (double)figures.spin_ns;
    samples->wakes += (double)(figures.wakes - turn.warm_up_wakes);
    runner_deinit(&turn.runner);
    return done;
}

// alone_p99_us: what one thread took, with nothing handed over.
static void add_goals(ReportSection *section, const Case *what, const RunnerKind *kind, const Statistics *us,
                      double alone_p99_us, double waiting_percent) {
    if (kind->baseline || kind->alone || kind->wait != WAIT_PREDICT) {
        return;
    }
    if (kind->automatic) {
        if (what->work_ns > 0) {
            report_goal(section, "5 us, every 2.67 ms, as played, p50", us->median, REPORT_AT_MOST, 22, "us");
            report_goal(section, "5 us, every 2.67 ms, as played, p99, against one thread's", us->p99,
                        REPORT_AT_MOST, alone_p99_us, "us");
        }
        return;
    }
    if (what->period_ns == 0) {
        report_goal(section, "empty, back to back, p50", us->median, REPORT_AT_MOST, 0.4, "us");
        report_goal(section, "empty, back to back, p99", us->p99, REPORT_AT_MOST, 1, "us");
    } else if (what->work_ns == 0) {
        report_goal(section, "empty, every 2.67 ms, predict, p50", us->median, REPORT_AT_MOST, 0.6, "us");
        report_goal(section, "empty, every 2.67 ms, predict, p99", us->p99, REPORT_AT_MOST, 2, "us");
        report_goal(section, "empty, every 2.67 ms, predict, p99.9", us->p999, REPORT_AT_MOST, 20, "us");
        report_goal(section, "share of a core spent waiting, predict", waiting_percent, REPORT_AT_MOST, 5,
                    "%");
    } else {
        report_goal(section, "5 us, every 2.67 ms, predict, p50", us->median, REPORT_AT_MOST, 22, "us");
        report_goal(section, "5 us, every 2.67 ms, predict, p99", us->p99, REPORT_AT_MOST, 35, "us");
    }
}

static void report(const BenchPlan *plan, ReportSection *section, const Case *what, const RunnerKind *kinds,
                   int kind_count, Samples *samples) {
    static const ReportColumn COLUMNS[] = {{"way", "way", 0},
                                           {"p50_us", "p50 us", 2},
                                           {"p99_us", "p99 us", 2},
                                           {"p999_us", "p99.9 us", 2},
                                           {"worst_us", "worst us", 1},
                                           {"waiting_percent", "waiting % of a core", 1},
                                           {"woken_percent", "woken by the system %", 1},
                                           {"runs", "runs", 0}};
    ReportTable *table = report_table(section, what->key, what->title, COLUMNS, 8, 1);
    double helpers = plan->workers > 1 ? plan->workers - 1 : 1;
    double alone_p99_us = (double)NAN;
    for (int kind = 0; kind < kind_count; kind++) {
        size_t count = samples[kind].count; // > 0: a turn makes more calls than it warms up
        Statistics us = statistics_of(samples[kind].us, count);
        alone_p99_us = kinds[kind].alone ? us.p99 : alone_p99_us; // it stands first
        // Each helper's share, on average.
        bool tells = !kinds[kind].baseline && !kinds[kind].alone;
        double waiting_percent = samples[kind].spin_ns / samples[kind].wall_ns / helpers * 100;
        double woken_percent = samples[kind].wakes / (double)count / helpers * 100;
        report_row(table,
                   (ReportCell[]){report_text(kinds[kind].name), report_number(us.median),
                                  report_number(us.p99), report_number(us.p999), report_number(us.worst),
                                  report_number(tells ? waiting_percent : (double)NAN),
                                  report_number(tells ? woken_percent : (double)NAN),
                                  report_number((double)count)});
        add_goals(section, what, &kinds[kind], &us, alone_p99_us, waiting_percent);
    }
}

static bool measure(const BenchPlan *plan, const Case *what, const RunnerKind *kinds, int kind_count,
                    Samples *samples, ThreadGrant *grant, Error *error) {
    memset(samples, 0, RUNNER_KINDS_MAX * sizeof *samples);
    for (int round = 0; round < ROUNDS; round++) {
        for (int kind = 0; kind < kind_count; kind++) {
            bench_show(plan, "dispatch: %s, %s, round %d of %d", what->title, kinds[kind].name, round + 1,
                       ROUNDS);
            if (!take_turn(plan, what, &kinds[kind], &samples[kind], grant, error)) {
                return false;
            }
        }
    }
    return true;
}

static bool run(const BenchPlan *plan, ReportSection *section, Error *error) {
    RunnerKind kinds[RUNNER_KINDS_MAX];
    int kind_count = runner_kinds(kinds);
    Samples *samples = malloc(RUNNER_KINDS_MAX * sizeof *samples);
    if (!samples) {
        error_set(error, "out of memory; close other programs");
        return false;
    }
    ThreadGrant grant = {0};
    bool done = true;
    for (int i = 0; i < CASE_COUNT && done; i++) {
        done = measure(plan, &CASES[i], kinds, kind_count, samples, &grant, error);
        if (done) {
            report(plan, section, &CASES[i], kinds, kind_count, samples);
        }
    }
    free(samples);
    if (done) {
        char text[GRANT_TEXT_BYTES];
        grant_text(&grant, text);
        report_note(section, "%u threads, the calling one included; it has %s.", plan->workers, text);
        report_note(section,
                    "What one thread alone needs every 2.67 ms more than back to back is its own cold "
                    "start: its caches have forgotten.");
    }
    return done;
}

const Bench BENCH_DISPATCH = {"dispatch", "handing 8 batches to all threads and getting them back", run};
