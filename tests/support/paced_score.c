// Leaves out blocks that were called late, and those in which something else took the audio thread's core.
#include "tests/support/paced_score.h"

#include "app/calibrate/paced.h"
#include "platform/clock.h"
#include "tests/support/dense_score.h"
#include "tests/support/interruptions.h"

#include <stdio.h>

enum {
    SCORE_SEED = 3,
    POLYPHONY = 128,
    CALL_LATE_MAX_NS = 200000, // a block that is called later than this has less time than it should have
};

typedef struct Play {
    Engine *engine;
    bool pinned;
    uint64_t period_ns;
    DensePlayer player;
    PacedScore *score;
} Play;

static void begin(void *user, ThreadPriority priority) {
    Play *play = user;
    if (play->pinned) {
        thread_pin(thread_current_cpu(), NULL);
    }
    engine_adopt_audio_thread(play->engine);
    engine_match_audio_thread(play->engine, priority);
}

// All that the audio thread did besides rendering counts as waiting. What it takes to render may be the doing
// of a hypervisor, which leaves no trace.
static bool is_late_by_waiting(const Play *play, uint64_t start_ns, uint64_t deadline_ns) {
    static EngineFigures figures;
    engine_figures(play->engine, &figures);
    return start_ns + figures.worker[0].last_busy_ns <= deadline_ns;
}

static bool call(void *user, uint64_t due_ns) {
    Play *play = user;
    int64_t before = interruptions();
    uint64_t start_ns = clock_now_ns();
    uint64_t deadline_ns = due_ns + play->period_ns;
    dense_play(&play->player, play->engine, PACED_SCORE_BLOCK_FRAMES, deadline_ns);
    uint64_t end_ns = clock_now_ns();
    if (before != INTERRUPTIONS_UNKNOWN && interruptions() == before &&
        start_ns < due_ns + CALL_LATE_MAX_NS) {
        play->score->counted++;
        if (end_ns > deadline_ns) {
            play->score->late++;
            play->score->late_by_waiting += is_late_by_waiting(play, start_ns, deadline_ns);
        }
    }
    return true;
}

EngineConfig paced_score_config(uint32_t workers, WaitMode wait) {
    EngineConfig config = dense_config(SIMD_AUTO, workers);
    config.polyphony = POLYPHONY;
    config.pool.wait = wait;
    return config;
}

bool paced_score_play(Engine *engine, uint32_t blocks, bool pinned, PacedScore *score) {
    static Play play;
    play = (Play){.engine = engine, .pinned = pinned, .score = score};
    play.period_ns =
        PACED_SCORE_BLOCK_FRAMES * UINT64_C(1000000000) / engine_config_default().rate_hz; // the score's too
    *score = (PacedScore){0};
    dense_begin(&play.player, SCORE_SEED);
    Paced paced = {.period_ns = play.period_ns, .calls = blocks, .begin = begin, .call = call, .user = &play};
    Error error;
    if (!paced_run(&paced, NULL, &error)) {
        fprintf(stderr, "%s\n", error.text);
        return false;
    }
    score->hash = dense_hash_so_far(&play.player);
    return true;
}

void paced_verdict_add(PacedVerdict *verdict, uint32_t counted, uint32_t late, bool tested) {
    if (late > 0) {
        verdict->late_plays++;
    } else if (tested && counted > 0) {
        verdict->clean_plays++;
        verdict->counted += counted;
    }
}

bool paced_verdict_is_late(const PacedVerdict *verdict) {
    return verdict->late_plays >= verdict->clean_plays + PACED_LATE_LEAD;
}

bool paced_verdict_is_on_time(const PacedVerdict *verdict) {
    return verdict->clean_plays >= verdict->late_plays + PACED_CLEAN_LEAD &&
           verdict->counted >= PACED_COUNTED_WANTED;
}
