// What more threads gain, and that they never lose.
#include "app/bench/bench.h"

#include "app/bench/paced_table.h"
#include "app/bench/statistics.h"
#include "app/calibrate/load.h"
#include "app/calibrate/paced.h"
#include "platform/clock.h"

#include <stdlib.h>

enum {
    LEVELS_MAX = 8,
    ROUNDS = 31,
    TURN_BLOCKS_MIN = 8,
    TURN_BLOCKS_MAX = 96,      // so that the machine's mood is the same in one engine's turn and the other's
    TURN_NS = 4 * 1000 * 1000, // a turn ends after so long
    LEARN_NS = 60 * 1000 * 1000, // before the first turn: the pool learns what sharing gains
    REST_NS = 1500 * 1000,       // between turns: the threads of the engine before have gone to sleep
    HEADLINE_LANES = 64,
    HEADLINE_FRAMES = 512,
    SPEED_FRAMES = 128,
};

// Two engines of the same sound, measured in turns.
typedef struct Duel {
    Engine *one;
    Engine *other;
    uint32_t frames;       // of a block
    double one_ns[ROUNDS]; // a block
    double other_ns[ROUNDS];
    float sound[CHANNEL_COUNT][ENGINE_BLOCK_MAX_FRAMES];
} Duel;

static void render(Duel *duel, Engine *engine) {
    engine_render(engine, CHANNELS_AT(duel->sound, 0), duel->frames, 0);
}

static double turn(Duel *duel, Engine *engine) {
    clock_sleep_until_ns(clock_now_ns() + REST_NS);
    render(duel, engine); // wakes what is to take part
    uint64_t start_ns = clock_now_ns();
    uint64_t now_ns = start_ns;
    uint32_t blocks = 0;
    while (blocks < TURN_BLOCKS_MAX && (blocks < TURN_BLOCKS_MIN || now_ns - start_ns < TURN_NS)) {
        render(duel, engine);
        now_ns = clock_now_ns();
        blocks++;
    }
    return (double)(now_ns - start_ns) / blocks;
}

static void learn(Duel *duel, Engine *engine) {
    clock_sleep_until_ns(clock_now_ns() + REST_NS);
    for (uint64_t end_ns = clock_now_ns() + LEARN_NS; clock_now_ns() < end_ns;) {
        render(duel, engine);
    }
}

static void begin(void *user, ThreadPriority priority) {
    Duel *duel = user;
    engine_adopt_audio_thread(duel->one);
    engine_adopt_audio_thread(duel->other);
    engine_match_audio_thread(duel->one, priority);
    engine_match_audio_thread(duel->other, priority);
}

static bool fight(void *user, uint64_t due_ns) {
    Duel *duel = user;
    (void)due_ns;
    learn(duel, duel->one);
    learn(duel, duel->other);
    for (int round = 0; round < ROUNDS; round++) {
        // By turns first, so that neither always follows the other.
        if (round % 2 == 0) {
            duel->one_ns[round] = turn(duel, duel->one);
        }
        duel->other_ns[round] = turn(duel, duel->other);
        if (round % 2 == 1) {
            duel->one_ns[round] = turn(duel, duel->one);
        }
    }
    return false;
}

static Engine *create(SimdKind simd, uint32_t workers, uint32_t lanes, Error *error) {
    EngineConfig config = engine_config_default();
    config.simd = simd;
    config.pool.workers = workers;
    return load_create(&config, LOAD_TWO_SAWS, lanes, error);
}

// What a duel came to: medians, the ratio that of each round.
typedef struct Outcome {
    double one_us, other_us; // a block
    double times;            // as fast as one
} Outcome;

// With the priority that live play has.
static bool compare(Duel *duel, SimdKind one_simd, uint32_t other_workers, uint32_t lanes, uint32_t frames,
                    Outcome *outcome, Error *error) {
    duel->frames = frames;
    duel->one = create(one_simd, 1, lanes, error);
    duel->other = duel->one ? create(SIMD_AUTO, other_workers, lanes, error) : NULL;
    Paced paced = {.calls = 1, .begin = begin, .call = fight, .user = duel};
    bool done = duel->other && paced_run(&paced, NULL, error);
    if (done) {
        *outcome = (Outcome){statistics_of(duel->one_ns, ROUNDS).median / 1000,
                             statistics_of(duel->other_ns, ROUNDS).median / 1000,
                             statistics_median_ratio(duel->one_ns, duel->other_ns, ROUNDS)};
    }
    engine_destroy(duel->other);
    engine_destroy(duel->one);
    return done;
}

static int by_times(const void *a, const void *b) {
    double difference = ((const Outcome *)a)->times - ((const Outcome *)b)->times;
    return (difference > 0) - (difference < 0);
}

// The middle one of some duels: of many single ones a few always tell of the machine's mood alone.
static bool compare_often(Duel *duel, SimdKind one_simd, uint32_t other_workers, uint32_t lanes,
                          uint32_t frames, Outcome *middle, Error *error) {
    enum { DUELS = 3 };
    Outcome outcomes[DUELS];
    for (int i = 0; i < DUELS; i++) {
        if (!compare(duel, one_simd, other_workers, lanes, frames, &outcomes[i], error)) {
            return false;
        }
    }
    qsort(outcomes, DUELS, sizeof *outcomes, by_times);
    *middle = outcomes[DUELS / 2];
    return true;
}

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

static bool measure_speed(const BenchPlan *plan, Duel *duel, ReportSection *section, Error *error) {
    static const ReportColumn COLUMNS[] = {{"lanes", "lanes", 0},
                                           {"threads", "threads", 0},
                                           {"one_thread_us", "one thread us", 1},
                                           {"us", "us", 1},
                                           {"times_one_thread", "times one thread", 2}};
    static const uint32_t LANES[] = {16, 32, 64, 128, 256, 1024, 4096};
    uint32_t levels[LEVELS_MAX];
    uint32_t level_count = list_levels(plan->workers, levels);
    ReportTable *table = report_table(section, "speed", "Blocks of 128 frames", COLUMNS, 5, 4);
    double worst_of_two = 1e9;
    for (size_t i = 0; i < sizeof LANES / sizeof *LANES; i++) {
        for (uint32_t level = 0; level < level_count; level++) {
            bench_show(plan, "scaling: %u lanes, %u threads", LANES[i], levels[level]);
            Outcome outcome;
            if (!compare_often(duel, SIMD_AUTO, levels[level], LANES[i], SPEED_FRAMES, &outcome, error)) {
                return false;
            }
            report_row(table, (ReportCell[]){report_number(LANES[i]), report_number(levels[level]),
                                             report_number(outcome.one_us), report_number(outcome.other_us),
                                             report_number(outcome.times)});
            if (levels[level] == 2 && LANES[i] >= HEADLINE_LANES && outcome.times < worst_of_two) {
                worst_of_two = outcome.times;
            }
        }
    }
    if (level_count > 0) {
        report_goal(section, "two threads, 64 lanes or more, 128 frames, the least", worst_of_two,
                    REPORT_AT_LEAST, 1.85, "times");
    }
    return true;
}

static bool measure_worst(const BenchPlan *plan, Duel *duel, ReportSection *section, Error *error) {
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
            Outcome outcome;
            if (!compare_often(duel, SIMD_AUTO, plan->workers, LANES[i], FRAMES[size], &outcome, error)) {
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

static bool measure_headline(const BenchPlan *plan, Duel *duel, ReportSection *section, Error *error) {
    Outcome outcome;
    bench_show(plan, "scaling: everything against the scalar reference");
    if (!compare_often(duel, SIMD_SCALAR, plan->workers, HEADLINE_LANES, HEADLINE_FRAMES, &outcome, error)) {
        return false;
    }
    report_goal(section,
                "64 lanes, 512 frames: all threads and the widest kernel against the scalar reference",
                outcome.times, REPORT_AT_LEAST, 19.2, "times");
    return true;
}

static bool run(const BenchPlan *plan, ReportSection *section, Error *error) {
    Duel *duel = malloc(sizeof *duel);
    if (!duel) {
        error_set(error, "out of memory; close other programs");
        return false;
    }
    bool done = measure_speed(plan, duel, section, error) && measure_worst(plan, duel, section, error) &&
                paced_table_measure(plan, section, error) && measure_headline(plan, duel, section, error);
    free(duel);
    return done;
}

const Bench BENCH_SCALING = {"scaling", "the whole engine with more threads, against one", run};
