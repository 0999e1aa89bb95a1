// Each round every contender has a turn, and who is first changes from round to round.
#include "app/bench/duel.h"

#include "app/bench/independent.h"
#include "app/bench/statistics.h"
#include "app/calibrate/load.h"
#include "app/calibrate/paced.h"
#include "platform/clock.h"

#include <math.h>
#include <stdlib.h>

enum {
    ROUNDS_MAX = 15, // a duel is long enough to see the machine in several moods
    DUELS = 3,
    TURN_BLOCKS_MIN = 8,
    TURN_BLOCKS_MAX = 96,      // so that the machine's mood is the same in one engine's turn and the other's
    TURN_NS = 4 * 1000 * 1000, // a turn ends after so long
    LEARN_NS = 60 * 1000 * 1000, // before the first turn: the pool learns what sharing gains
    REST_NS = 1500 * 1000,       // between turns: the threads of the engine before have gone to sleep
};

typedef enum Contender { ONE, OTHER, CEILING, CONTENDER_COUNT } Contender;

typedef struct Duel {
    const DuelPlan *plan;
    Engine *engine[CEILING];  // ONE, OTHER
    Independent *independent; // NULL without a ceiling
    int rounds;
    double ns[CONTENDER_COUNT][ROUNDS_MAX]; // a block
    float sound[CHANNEL_COUNT][ENGINE_BLOCK_MAX_FRAMES];
} Duel;

static void render(Duel *duel, Engine *engine) {
    engine_render(engine, CHANNELS_AT(duel->sound, 0), duel->plan->frames, 0);
}

static double play(Duel *duel, Engine *engine) {
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

static double turn(Duel *duel, Contender contender) {
    clock_sleep_until_ns(clock_now_ns() + REST_NS);
    if (contender != CEILING) {
        return play(duel, duel->engine[contender]);
    }
    independent_release(duel->independent);
    double own_ns = play(duel, independent_own(duel->independent));
    return independent_hold(duel->independent, own_ns);
}

static void learn(Duel *duel, Engine *engine) {
    double seconds_ns = duel->plan->seconds * 1e9;
    uint64_t learn_ns = seconds_ns < LEARN_NS ? (uint64_t)seconds_ns : LEARN_NS;
    clock_sleep_until_ns(clock_now_ns() + REST_NS);
    for (uint64_t end_ns = clock_now_ns() + learn_ns; clock_now_ns() < end_ns;) {
        render(duel, engine);
    }
}

static void begin(void *user, ThreadPriority priority) {
    Duel *duel = user;
    for (int contender = ONE; contender <= OTHER; contender++) {
        engine_adopt_audio_thread(duel->engine[contender]);
        engine_match_audio_thread(duel->engine[contender], priority);
    }
    if (duel->independent) {
        independent_begin(duel->independent, priority);
    }
}

static bool fight(void *user, uint64_t due_ns) {
    Duel *duel = user;
    int contenders = duel->independent ? CONTENDER_COUNT : CEILING;
    (void)due_ns;
    uint64_t end_ns = clock_now_ns() + (uint64_t)(duel->plan->seconds * 1e9);
    learn(duel, duel->engine[ONE]);
    learn(duel, duel->engine[OTHER]);
    do {
        for (int i = 0; i < contenders; i++) {
            int contender = (duel->rounds + i) % contenders;
            duel->ns[contender][duel->rounds] = turn(duel, (Contender)contender);
        }
        duel->rounds++;
    } while (duel->rounds < ROUNDS_MAX && clock_now_ns() < end_ns);
    return false;
}

static Engine *create(SimdKind simd, uint32_t workers, uint32_t lanes, Error *error) {
    EngineConfig config = engine_config_default();
    config.simd = simd;
    config.pool.workers = workers;
    return load_create(&config, LOAD_TWO_SAWS, lanes, error);
}

static DuelOutcome outcome_of(Duel *duel) {
    size_t rounds = (size_t)duel->rounds;
    DuelOutcome outcome = {.times = statistics_median_ratio(duel->ns[ONE], duel->ns[OTHER], rounds),
                           .ceiling = (double)NAN,
                           .share = (double)NAN};
    if (duel->independent) {
        outcome.ceiling = statistics_median_ratio(duel->ns[ONE], duel->ns[CEILING], rounds);
        outcome.share = statistics_median_ratio(duel->ns[CEILING], duel->ns[OTHER], rounds);
    }
    outcome.one_us = statistics_of(duel->ns[ONE], rounds).median / 1000; // sorts: last
    outcome.other_us = statistics_of(duel->ns[OTHER], rounds).median / 1000;
    return outcome;
}

bool duel(const DuelPlan *plan, DuelOutcome *outcome, Error *error) {
    Duel *duel = calloc(1, sizeof *duel);
    if (!duel) {
        error_set(error, "out of memory; close other programs");
        return false;
    }
    bool ceiling = plan->ceiling && plan->lanes >= plan->workers;
    duel->plan = plan;
    duel->engine[ONE] = create(plan->one_simd, 1, plan->lanes, error);
    duel->engine[OTHER] = duel->engine[ONE] ? create(SIMD_AUTO, plan->workers, plan->lanes, error) : NULL;
    bool made = duel->engine[OTHER] != NULL;
    if (made && ceiling) {
        duel->independent = independent_create(plan->workers, plan->lanes, plan->frames, error);
        made = duel->independent != NULL;
    }
    Paced paced = {.calls = 1, .begin = begin, .call = fight, .user = duel};
    bool done = made && paced_run(&paced, NULL, error);
    if (done) {
        *outcome = outcome_of(duel);
    }
    independent_destroy(duel->independent);
    engine_destroy(duel->engine[OTHER]);
    engine_destroy(duel->engine[ONE]);
    free(duel);
    return done;
}

static int by_times(const void *a, const void *b) {
    double difference = ((const DuelOutcome *)a)->times - ((const DuelOutcome *)b)->times;
    return (difference > 0) - (difference < 0);
}

bool duel_often(const DuelPlan *plan, DuelOutcome *middle, Error *error) {
    DuelOutcome outcomes[DUELS];
    size_t fought = 0;
    uint64_t end_ns = clock_now_ns() + (uint64_t)(plan->seconds * 1e9);
    do {
        if (!duel(plan, &outcomes[fought++], error)) {
            return false;
        }
    } while (fought < DUELS && clock_now_ns() < end_ns);
    qsort(outcomes, fought, sizeof *outcomes, by_times);
    *middle = outcomes[fought / 2];
    return true;
}
