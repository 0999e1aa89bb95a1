// One thread and the automatic choice take turns at each load, in an order that changes with every pass.
#include "app/bench/paced_table.h"

#include "app/bench/statistics.h"
#include "app/calibrate/load.h"
#include "app/calibrate/paced.h"
#include "platform/clock.h"

#include <stdlib.h>

enum {
    BLOCK_FRAMES = 128,
    PERIOD_NS = 2666667, // of such a block
    SILENT_CALLS = 12,   // the notes before have faded, and their lanes are free again
    STEP_CALLS = 100,    // with notes: a quarter of a second
    PASSES_MAX = 40,     // over all steps
    SAMPLES_MAX = PASSES_MAX * STEP_CALLS,
};

// In the order in which they are played: large steps and small ones, up and down.
static const uint32_t VOICES[] = {16, 256, 8, 512, 64, 4, 128, 32};
enum { STEPS = sizeof VOICES / sizeof *VOICES, MOST_VOICES = 512 };

// At each step one plays after the other, so that both meet the machine in the same mood; who is first
// changes with each pass.
typedef enum Player { ONE_THREAD, AUTOMATIC, PLAYER_COUNT } Player;
enum { TURN_CALLS = SILENT_CALLS + STEP_CALLS, PASS_CALLS = STEPS * PLAYER_COUNT * TURN_CALLS };

// What one engine did at one load.
typedef struct Step {
    uint32_t count, late;
    double us[SAMPLES_MAX];
} Step;

typedef struct PacedTable {
    Engine *engine[PLAYER_COUNT];
    uint32_t pass, call; // of the pass
    Step steps[PLAYER_COUNT][STEPS];
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
    uint32_t turn = table->call / TURN_CALLS;
    uint32_t at = table->call % TURN_CALLS;
    uint32_t index = turn / PLAYER_COUNT;
    uint32_t player = (turn + table->pass) % PLAYER_COUNT;
    Engine *engine = table->engine[player];
    table->call++;
    bool room = at == 0              ? load_silence(engine)
                : at == SILENT_CALLS ? load_push_notes(engine, 0, VOICES[index])
                                     : true;
    uint64_t start_ns = clock_now_ns();
    engine_render(engine, CHANNELS_AT(table->sound, 0), BLOCK_FRAMES, due_ns + PERIOD_NS);
    uint64_t end_ns = clock_now_ns();
    Step *step = &table->steps[player][index];
    if (at >= SILENT_CALLS && step->count < SAMPLES_MAX) {
        step->us[step->count++] = (double)(end_ns - start_ns) / 1000;
        step->late += end_ns > due_ns + PERIOD_NS;
    }
    return room;
}

static bool pass(PacedTable *table, uint32_t number, Error *error) {
    table->pass = number;
    table->call = 0;
    Paced paced = {.period_ns = PERIOD_NS, .calls = PASS_CALLS, .begin = begin, .call = call, .user = table};
    return paced_run(&paced, NULL, error);
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

static void report(PacedTable *table, ReportSection *section) {
    static const ReportColumn COLUMNS[] = {{"voices", "voices", 0},
                                           {"one_p50_us", "one p50 us", 1},
                                           {"auto_p50_us", "auto p50 us", 1},
                                           {"one_p99_us", "one p99 us", 1},
                                           {"auto_p99_us", "auto p99 us", 1},
                                           {"one_worst_us", "one worst us", 0},
                                           {"auto_worst_us", "auto worst us", 0},
                                           {"one_late", "one late", 0},
                                           {"auto_late", "auto late", 0}};
    ReportTable *rows =
        report_table(section, "paced",
                     "A block of 128 frames every 2.67 ms, the load stepping up and down: one "
                     "thread, and automatic use of threads",
                     COLUMNS, 9, -1);
    double worst = 0;
    for (uint32_t voices = 1; voices <= MOST_VOICES; voices *= 2) {
        for (int index = 0; index < STEPS; index++) {
            if (VOICES[index] != voices) {
                continue;
            }
            Step *one = &table->steps[ONE_THREAD][index];
            Step *all = &table->steps[AUTOMATIC][index];
            Statistics one_us = statistics_of(one->us, one->count); // > 0: each pass goes through all steps
            Statistics all_us = statistics_of(all->us, all->count);
            report_row(rows, (ReportCell[]){report_number(voices), report_number(one_us.median),
                                            report_number(all_us.median), report_number(one_us.p99),
                                            report_number(all_us.p99), report_number(one_us.worst),
                                            report_number(all_us.worst), report_number(one->late),
                                            report_number(all->late)});
            double ratio = all_us.median / one_us.median;
            worst = ratio > worst ? ratio : worst;
        }
    }
    report_goal(section, "automatic threads against one every 2.67 ms, p50, the worst", worst, REPORT_AT_MOST,
                1.03, "");
}

bool paced_table_measure(const BenchPlan *plan, ReportSection *section, Error *error) {
    PacedTable *table = calloc(1, sizeof *table);
    if (!table) {
        error_set(error, "out of memory; close other programs");
        return false;
    }
    double passes = plan->seconds * 1e9 / PERIOD_NS / PASS_CALLS;
    bool done = make_engines(plan, table, error);
    for (uint32_t i = 0; done && i < PASSES_MAX && (i == 0 || i < passes); i++) {
        bench_show(plan, "scaling: a block every 2.67 ms, pass %u", i + 1);
        done = pass(table, i, error);
    }
    if (done) {
        report(table, section);
    }
    for (int player = 0; player < PLAYER_COUNT; player++) {
        engine_destroy(table->engine[player]);
    }
    free(table);
    return done;
}
