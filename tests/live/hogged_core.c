// A program of higher priority that takes a worker's core again and again makes no block late and changes no
// bit.
#include "app/bench/hog.h"
#include "platform/clock.h"
#include "platform/topology.h"
#include "tests/support/dense_score.h"
#include "tests/support/paced_score.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum {
    BLOCKS = 200,
    WORKERS = 2,
    HOLD_NS = 6000000,  // two blocks and more
    EVERY_NS = 9133333, // no simple ratio of a block, so that it meets every moment of one
    EXIT_SKIPPED = 77,
};
static const uint64_t LIMIT_NS = 60000000000u;

typedef struct Finding {
    uint64_t hash;
    uint64_t rescues;
    uint32_t holds;
    PacedVerdict verdict;
} Finding;

static void play(uint32_t workers, bool hogged, Finding *finding) {
    static Bank bank;
    static EngineFigures figures;
    dense_bank(&bank);
    EngineConfig config = paced_score_config(workers, WAIT_PREDICT);
    config.pool.pin = PIN_ON;
    PacedScore score;
    Error error;
    Engine *engine = engine_create(&config, &bank, &error);
    Hog *hog = engine && hogged ? hog_create(engine, HOLD_NS, EVERY_NS, &error) : NULL;
    if (!engine || (hogged && !hog)) {
        fprintf(stderr, "%s\n", error.text);
        exit(1);
    }
    if (!paced_score_play(engine, BLOCKS, true, &score)) {
        exit(1);
    }
    finding->holds += hog_destroy(hog);
    engine_figures(engine, &figures);
    engine_destroy(engine);
    finding->hash = score.hash;
    finding->rescues += figures.rescues;
    // One thread shows whether this machine keeps up; others, whether they are waited for too long.
    uint32_t late = workers == 1 ? score.late : score.late_by_waiting;
    paced_verdict_add(&finding->verdict, score.counted, late, workers == 1 || figures.rescues > 0);
}

static bool has_cores_for(int32_t threads) {
    Topology *topology = topology_create(NULL);
    bool enough = topology && topology->core_count >= threads;
    topology_destroy(topology);
    return enough;
}

static int skip(const char *why) {
    printf("skipped: %s\n", why);
    return EXIT_SKIPPED;
}

int main(void) {
    if (!has_cores_for(WORKERS)) {
        return skip("there is one core, and the audio thread needs it");
    }
    Finding alone = {0};
    Finding hogged = {0};
    uint64_t end_ns = clock_now_ns() + LIMIT_NS;
    do {
        play(1, false, &alone);
    } while (!paced_verdict_is_on_time(&alone.verdict) && !paced_verdict_is_late(&alone.verdict) &&
             clock_now_ns() < end_ns);
    if (!paced_verdict_is_on_time(&alone.verdict)) {
        return skip("this machine is too busy or too slow for one thread already");
    }
    do {
        play(WORKERS, true, &hogged);
        if (hogged.holds == 0) {
            return skip("it needs real-time priority and pinned threads, which the system refuses");
        }
    } while (hogged.hash == alone.hash && clock_now_ns() < end_ns &&
             !paced_verdict_is_late(&hogged.verdict) && !paced_verdict_is_on_time(&hogged.verdict));
    fprintf(stderr,
            "%s, core taken %u times, %" PRIu64
            " rescues, %u plays with a rescue and none late, %u with one late\n",
            hogged.hash == alone.hash ? "same bits" : "OTHER BITS", (unsigned)hogged.holds, hogged.rescues,
            (unsigned)hogged.verdict.clean_plays, (unsigned)hogged.verdict.late_plays);
    if (hogged.hash != alone.hash || paced_verdict_is_late(&hogged.verdict)) {
        return 1;
    }
    if (!paced_verdict_is_on_time(&hogged.verdict)) {
        return skip("this machine was too busy to meet the worker at work, or to count blocks");
    }
    return 0;
}
