// The most voices that play without a late block.
#include "app/bench/bench.h"

#include "app/calibrate/calibrate.h"

typedef struct Show {
    const BenchPlan *plan;
    uint32_t block_frames;
    uint32_t workers;
} Show;

static void show(void *user, double done, uint32_t voices, double seconds) {
    const Show *what = user;
    (void)done;
    bench_show(what->plan, "polyphony: blocks of %u, %u threads: %u voices for %.1f s", what->block_frames,
               what->workers, voices, seconds);
}

static bool measure(const BenchPlan *plan, uint32_t block_frames, uint32_t workers, ReportTable *table,
                    Error *error) {
    Show what = {plan, block_frames, workers};
    VoiceSearch search = {.engine = engine_config_default(),
                          .block_frames = block_frames,
                          .seconds = plan->seconds,
                          .progress = show,
                          .user = &what};
    search.engine.pool.workers = workers;
    MostVoices most;
    if (!most_voices_find(&search, &most, error)) {
        return false;
    }
    double period_ns = block_frames * 1e9 / search.engine.rate_hz;
    report_row(table, (ReportCell[]){
                          report_number(block_frames), report_number(workers), report_number(most.voices),
                          report_number((double)most.worst_ns / period_ns * 100), report_number(most.tries),
                          report_number(most.refused), report_text(most.realtime ? "yes" : "no")});
    return true;
}

static bool run(const BenchPlan *plan, ReportSection *section, Error *error) {
    static const ReportColumn COLUMNS[] = {
        {"block_frames", "block", 0}, {"threads", "threads", 0},
        {"voices", "voices", 0},      {"worst_percent", "worst block %", 0},
        {"tries", "tries", 0},        {"refused", "of the long ones late", 0},
        {"realtime", "real time", 0}};
    char title[REPORT_TEXT_BYTES];
    snprintf(title, sizeof title, "Two saws each, %g s without a late block", plan->seconds);
    ReportTable *table = report_table(section, "polyphony", title, COLUMNS, 7, 2);
    for (int block = 0; block < CALIBRATE_BLOCKS; block++) {
        if (!measure(plan, CALIBRATE_BLOCK_FRAMES[block], 1, table, error) ||
            (plan->workers > 1 &&
             !measure(plan, CALIBRATE_BLOCK_FRAMES[block], plan->workers, table, error))) {
            return false;
        }
    }
    report_note(section,
                "Tries of 0.4 s close in on the number; it counts when it lasts. A number is given up "
                "when it was late twice.");
    return true;
}

const Bench BENCH_POLYPHONY = {"polyphony", "the most voices without a late block", run};
