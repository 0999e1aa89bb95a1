// One thread and the automatic choice take turns, in an order that changes with every turn.
#include "app/bench/paced_table.h"

#include "app/bench/statistics.h"
#include "app/calibrate/load.h"
#include "app/calibrate/paced.h"
#include "platform/clock.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    BLOCK_FRAMES = 128,
    PERIOD_NS = 2666667, // of such a block
    SILENT_CALLS = 12,   // at each step's start: the notes before have faded, and their lanes are free again
    SAMPLES_MAX = 8192,  // of one player at one load; more are dropped
    LOADS_MAX = 8,
    MOST_VOICES = 512,
    SMALL_VOICES = 64, // below, sharing need not gain
    HEAVY_VOICES = 128,
};

// How often the load changes. One player plays turn_steps loads in a row, then the other the same: so long
// that its load really changes that often, so short that both meet the machine in the same mood.
typedef struct Pace {
    const char *key;
    const char *title;
    uint32_t step_calls;
    uint32_t turn_steps;
    uint32_t voices[LOADS_MAX]; // in the order in which they are played: large and small ones, up and down
    uint32_t loads;
    bool goals;
} Pace;

static const Pace PACES[] = {
    {"paced_100ms", "0.1 s", 37, 8, {16, 256, 8, 512, 64, 4, 128, 32}, 8, false},
    {"paced_250ms", "0.25 s", 93, 8, {16, 256, 8, 512, 64, 4, 128, 32}, 8, true},
    {"paced_2500ms", "2.5 s", 937, 1, {64, 512, 128, 256}, 4, false},
};

typedef enum Player { ONE_THREAD, AUTOMATIC, PLAYER_COUNT } Player;

// What one player did at one load.
typedef struct Step {
    uint32_t count, late;
    double us[SAMPLES_MAX];
} Step;

typedef struct PacedTable {
    const Pace *pace;
    Engine *engine[PLAYER_COUNT];
    uint32_t call;
    Step steps[PLAYER_COUNT][LOADS_MAX];
    float sound[CHANNEL_COUNT][BLOCK_FRAMES];
} PacedTable;

static void begin(void *user, ThreadPriority priority) {
    PacedTable *table = user;
    for (int player = 0; player < PLAYER_COUNT; player++) {
        engine_adopt_audio_thread(table->engine[player]);
        engine_match_audio_thread(table->engine[player], priority);
    }
}

static bool call(void *user, uint64_t due_ns) {
    PacedTable *table = user;
    const Pace *pace = table->pace;
    uint32_t at = table->call % pace->step_calls;
    uint32_t step_number = table->call / pace->step_calls;
    uint32_t turn = step_number / pace->turn_steps;
    uint32_t pair = turn / PLAYER_COUNT; // of turns, with the same loads
    uint32_t player = (turn + pair) % PLAYER_COUNT;
    uint32_t load = (pair * pace->turn_steps + step_number % pace->turn_steps) % pace->loads;
    Engine *engine = table->engine[player];
    table->call++;
    bool room = at == 0              ? load_silence(engine)
                : at == SILENT_CALLS ? load_push_notes(engine, 0, pace->voices[load])
                                     : true;
    uint64_t start_ns = clock_now_ns();
    engine_render(engine, CHANNELS_AT(table->sound, 0), BLOCK_FRAMES, due_ns + PERIOD_NS);
    uint64_t end_ns = clock_now_ns();
    Step *step = &table->steps[player][load];
    if (at >= SILENT_CALLS && step->count < SAMPLES_MAX) {
        step->us[step->count++] = (double)(end_ns - start_ns) / 1000;
        step->late += end_ns > due_ns + PERIOD_NS;
    }
    return room;
}

static bool make_engines(const BenchPlan *plan, PacedTable *table, Error *error) {
    const uint32_t workers[PLAYER_COUNT] = {[ONE_THREAD] = 1, [AUTOMATIC] = plan->workers};
    for (int player = 0; player < PLAYER_COUNT; player++) {
        EngineConfig config = engine_config_default();
        config.polyphony = MOST_VOICES;
        config.pool.workers = workers[player];
        table->engine[player] = load_create_silent(&config, LOAD_TWO_SAWS, error);
        if (!table->engine[player]) {
            return false;
        }
    }
    return true;
}

// The largest ratios of automatic to one thread among some loads, and how many blocks more were late; NAN
// when one of them was not played.
typedef struct Worst {
    double p50, p99, late;
} Worst;

static void add_to_worst(Worst *worst, double p50, double p99, double late) {
    worst->p50 = isnan(p50) || p50 > worst->p50 ? p50 : worst->p50;
    worst->p99 = isnan(p99) || p99 > worst->p99 ? p99 : worst->p99;
    worst->late += isnan(p50) ? p50 : late;
}

static void add_goals(ReportSection *section, const Worst *small, const Worst *heavy) {
    report_goal(section,
                "automatic against one thread, load changing each 0.25 s, 4 to 32 voices, p50, worst",
                small->p50, REPORT_AT_MOST, 1.03, "");
    report_goal(section, "the same, 128 to 512 voices, p50, worst", heavy->p50, REPORT_AT_MOST, 0.72, "");
    report_goal(section, "the same, p99, worst", heavy->p99, REPORT_AT_MOST, 1, "");
    report_goal(section, "the same, late blocks more than one thread's", heavy->late, REPORT_AT_MOST, 0, "");
}

static void report(PacedTable *table, ReportSection *section) {
    static const ReportColumn COLUMNS[] = {
        {"voices", "voices", 0},        {"one_p50_us", "one p50 us", 1}, {"auto_p50_us", "auto p50 us", 1},
        {"p50_ratio", "ratio", 2},      {"one_p99_us", "one p99 us", 1}, {"auto_p99_us", "auto p99 us", 1},
        {"p99_ratio", "ratio", 2},      {"one_late", "one late", 0},     {"auto_late", "auto late", 0},
        {"blocks", "blocks of each", 0}};
    const Pace *pace = table->pace;
    char title[REPORT_TEXT_BYTES];
    snprintf(
        title, sizeof title,
        "A block of 128 frames every 2.67 ms, the load changing each %s: one thread, and automatic use of "
        "threads",
        pace->title);
    ReportTable *rows = report_table(section, pace->key, title, COLUMNS, 10, -1);
    Worst small = {0};
    Worst heavy = {0};
    for (uint32_t voices = 1; voices <= MOST_VOICES; voices *= 2) {
        for (uint32_t load = 0; load < pace->loads; load++) {
            if (pace->voices[load] != voices) {
                continue;
            }
            Step *one = &table->steps[ONE_THREAD][load];
            Step *all = &table->steps[AUTOMATIC][load];
            Statistics one_us = statistics_of(one->us, one->count);
            Statistics all_us = statistics_of(all->us, all->count);
            double p50 = all_us.median / one_us.median;
            double p99 = all_us.p99 / one_us.p99;
            uint32_t blocks = one->count < all->count ? one->count : all->count;
            report_row(rows, (ReportCell[]){report_number(voices), report_number(one_us.median),
                                            report_number(all_us.median), report_number(p50),
                                            report_number(one_us.p99), report_number(all_us.p99),
                                            report_number(p99), report_number(one->late),
                                            report_number(all->late), report_number(blocks)});
            double late = (double)all->late - (double)one->late;
            if (voices < SMALL_VOICES) {
                add_to_worst(&small, p50, p99, late);
            } else if (voices >= HEAVY_VOICES) {
                add_to_worst(&heavy, p50, p99, late);
            }
        }
    }
    if (pace->goals) {
        add_goals(section, &small, &heavy);
    }
}

static bool measure(const BenchPlan *plan, const Pace *pace, PacedTable *table, ReportSection *section,
                    Error *error) {
    memset(table, 0, sizeof *table);
    table->pace = pace;
    bench_show(plan, "scaling: a block every 2.67 ms, the load changing each %s", pace->title);
    Paced paced = {.period_ns = PERIOD_NS,
                   .calls = (uint64_t)(plan->seconds * PLAYER_COUNT * 1e9 / PERIOD_NS),
                   .begin = begin,
                   .call = call,
                   .user = table};
    bool done = make_engines(plan, table, error) && paced_run(&paced, NULL, error);
    for (int player = 0; player < PLAYER_COUNT; player++) {
        engine_destroy(table->engine[player]);
    }
    if (done) {
        report(table, section);
    }
    return done;
}

bool paced_table_measure(const BenchPlan *plan, ReportSection *section, Error *error) {
    PacedTable *table = malloc(sizeof *table);
    if (!table) {
        error_set(error, "out of memory; close other programs");
        return false;
    }
    bool done = true;
    for (size_t i = 0; done && i < sizeof PACES / sizeof *PACES; i++) {
        done = measure(plan, &PACES[i], table, section, error);
    }
    free(table);
    return done;
}
