// What more threads gain, and that they never lose.
#include "app/bench/bench.h"

#include "app/bench/duel.h"
#include "app/bench/mood.h"
#include "app/bench/paced_table.h"
#include "app/bench/song_table.h"

enum {
    LEVELS_MAX = 8,
    HEADLINE_LANES = 64,
    HEADLINE_FRAMES = 512,
    SPEED_FRAMES = 128,
};

static uint32_t list_levels(uint32_t workers, uint32_t levels[LEVELS_MAX]) {
    uint32_t count = 0;
    for (uint32_t level = 2; level < workers; level *= 2) {
        levels[count++] = level;
    }
    if (workers > 1) {
        levels[count++] = workers;
    }
    return count;
}

static void add_share_goal(ReportSection *section, uint32_t lanes, double share) {
    static const struct {
        uint32_t lanes;
        double share;
    } LIMITS[] = {{64, 0.76}, {256, 0.88}, {1024, 0.95}, {4096, 0.98}};
    for (size_t i = 0; i < sizeof LIMITS / sizeof *LIMITS; i++) {
        if (LIMITS[i].lanes == lanes) {
            char what[REPORT_TEXT_BYTES];
            snprintf(what, sizeof what, "two threads, %u lanes, 128 frames, share of the ceiling",
                     (unsigned)lanes);
            report_goal(section, what, share, REPORT_AT_LEAST, LIMITS[i].share, "");
        }
    }
}

static bool measure_speed(const BenchPlan *plan, ReportSection *section, Error *error) {
    static const ReportColumn COLUMNS[] = {{"lanes", "lanes", 0},
                                           {"threads", "threads", 0},
                                           {"one_thread_us", "one thread us", 1},
                                           {"us", "us", 1},
                                           {"times_one_thread", "times one thread", 2},
                                           {"ceiling", "ceiling", 2},
                                           {"share_of_ceiling", "share of it", 2}};
    static const uint32_t LANES[] = {16, 32, 64, 128, 256, 1024, 4096};
    uint32_t levels[LEVELS_MAX];
    uint32_t level_count = list_levels(plan->workers, levels);
    ReportTable *table = report_table(section, "speed",
                                      "Blocks of 128 frames, back to back; the ceiling: the same lanes on as "
                                      "many threads that share nothing",
                                      COLUMNS, 7, 4);
    for (size_t i = 0; i < sizeof LANES / sizeof *LANES; i++) {
        for (uint32_t level = 0; level < level_count; level++) {
            bench_show(plan, "scaling: %u lanes, %u threads", LANES[i], levels[level]);
            DuelPlan what = {.one_simd = SIMD_AUTO,
                             .lanes = LANES[i],
                             .frames = SPEED_FRAMES,
                             .workers = levels[level],
                             .ceiling = true,
                             .seconds = plan->seconds};
            DuelOutcome outcome;
            if (!duel_often(&what, &outcome, error)) {
                return false;
            }
            report_row(table, (ReportCell[]){report_number(LANES[i]), report_number(levels[level]),
                                             report_number(outcome.one_us), report_number(outcome.other_us),
                                             report_number(outcome.times), report_number(outcome.ceiling),
                                             report_number(outcome.share)});
            if (levels[level] == 2) {
                add_share_goal(section, LANES[i], outcome.share);
            }
        }
    }
    return true;
}

static bool measure_worst(const BenchPlan *plan, ReportSection *section, Error *error) {
    static const uint32_t LANES[] = {1, 2, 4, 8, 16, 32, 64, 128, 256, 1024, 4096};
    static const uint32_t FRAMES[] = {16, 64, 128, 256, 1024};
    static const ReportColumn COLUMNS[] = {{"lanes", "lanes", 0},          {"block_16", "16 frames", 3},
                                           {"block_64", "64 frames", 3},   {"block_128", "128 frames", 3},
                                           {"block_256", "256 frames", 3}, {"block_1024", "1024 frames", 3}};
    enum { SIZES = sizeof FRAMES / sizeof *FRAMES };
    ReportTable *table = report_table(section, "ratio", "Time with automatic use of threads, of one thread's",
                                      COLUMNS, SIZES + 1, -1);
    double worst = 0;
    for (size_t i = 0; i < sizeof LANES / sizeof *LANES; i++) {
        ReportCell cells[SIZES + 1] = {report_number(LANES[i])};
        for (int size = 0; size < SIZES; size++) {
            bench_show(plan, "scaling: %u lanes, blocks of %u, automatic", LANES[i], FRAMES[size]);
            DuelPlan what = {.one_simd = SIMD_AUTO,
                             .lanes = LANES[i],
                             .frames = FRAMES[size],
                             .workers = plan->workers,
                             .seconds = plan->seconds};
            DuelOutcome outcome;
            if (!duel_often(&what, &outcome, error)) {
                return false;
            }
            double share = 1 / outcome.times;
            cells[size + 1] = report_number(share);
            worst = share > worst ? share : worst;
        }
        report_row(table, cells);
    }
    report_goal(section, "automatic threads against one, the worst", worst, REPORT_AT_MOST, 1.03, "");
    return true;
}

static bool measure_headline(const BenchPlan *plan, ReportSection *section, Error *error) {
    DuelPlan what = {.one_simd = SIMD_SCALAR,
                     .lanes = HEADLINE_LANES,
                     .frames = HEADLINE_FRAMES,
                     .workers = plan->workers,
                     .seconds = plan->seconds};
    DuelOutcome outcome;
    bench_show(plan, "scaling: everything against the scalar reference");
    if (!duel_often(&what, &outcome, error)) {
        return false;
    }
    report_goal(section,
                "64 lanes, 512 frames: all threads and the widest kernel against the scalar reference",
                outcome.times, REPORT_AT_LEAST, 19.2, "times");
    return true;
}

static bool run(const BenchPlan *plan, ReportSection *section, Error *error) {
    static const struct {
        const char *what;
        bool (*measure)(const BenchPlan *plan, ReportSection *section, Error *error);
    } PARTS[] = {{"back to back, more threads", measure_speed},
                 {"back to back, automatic", measure_worst},
                 {"every 2.67 ms", paced_table_measure},
                 {"songs", song_table_measure},
                 {"the scalar reference", measure_headline}};
    if (!mood_report_caches(section, error)) {
        return false;
    }
    ReportTable *moods = mood_table(section);
    for (size_t i = 0; i < sizeof PARTS / sizeof *PARTS; i++) {
        Mood mood = mood_begin(PARTS[i].what);
        if (!PARTS[i].measure(plan, section, error) || !mood_end(plan, moods, &mood, error)) {
            return false;
        }
    }
    return true;
}

const Bench BENCH_SCALING = {"scaling", "the whole engine with more threads, against one", run};
