// Workers that sleep, hang or end in the middle of their batches, however they wait, change neither the sound
// nor when it is ready.
//
// usage: render_faults [BLOCKS [any-time]]
#include "engine/engine.h"
#include "engine/pool/pool_testing.h"
#include "platform/clock.h"
#include "tests/support/dense_score.h"
#include "tests/support/few_workers.h"
#include "tests/support/paced_score.h"

#include <inttypes.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCKS = 200, HANG_SECONDS = 3600, EXIT_SKIPPED = 77 };
static const uint64_t LIMIT_NS = 30000000000u; // for one kind of fault

static _Atomic uint32_t jobs;

static void sleep_ms(uint64_t milliseconds) {
    clock_sleep_until_ns(clock_now_ns() + milliseconds * 1000000u);
}

static bool sleeps_1_ms(uint32_t worker, PoolTestPoint point) {
    (void)worker;
    if (point == POOL_TEST_CLAIMED && atomic_fetch_add(&jobs, 1) % 5 == 0) {
        sleep_ms(1);
    }
    return true;
}
static bool sleeps_10_ms(uint32_t worker, PoolTestPoint point) {
    (void)worker;
    if (point == POOL_TEST_RENDERED && atomic_fetch_add(&jobs, 1) % 7 == 0) {
        sleep_ms(10);
    }
    return true;
}
static bool sleeps_100_ms(uint32_t worker, PoolTestPoint point) {
    (void)point;
    if (worker == 1 && atomic_fetch_add(&jobs, 1) % 9 == 0) {
        sleep_ms(100);
    }
    return true;
}
static bool sleeps_at_random(uint32_t worker, PoolTestPoint point) {
    uint32_t number = atomic_fetch_add(&jobs, 1) * 2654435761u + worker * 40503u + (uint32_t)point;
    if (number % 11 == 0) {
        sleep_ms(number / 11 % 20);
    }
    return true;
}
static bool hangs_for_ever(uint32_t worker, PoolTestPoint point) {
    if (worker == 1 && point == POOL_TEST_RENDERED && atomic_fetch_add(&jobs, 1) == 3) {
        sleep_ms((uint64_t)HANG_SECONDS * 1000u);
    }
    return true;
}
static bool ends_its_thread(uint32_t worker, PoolTestPoint point) {
    (void)point;
    return !(worker == 1 && atomic_fetch_add(&jobs, 1) == 2);
}

typedef struct Fault {
    const char *name;
    bool (*hook)(uint32_t worker, PoolTestPoint point);
} Fault;
static const Fault FAULTS[] = {
    {"sleeps 1 ms", sleeps_1_ms},         {"sleeps 10 ms", sleeps_10_ms},
    {"sleeps 100 ms", sleeps_100_ms},     {"sleeps at random", sleeps_at_random},
    {"ends its thread", ends_its_thread}, {"hangs for ever", hangs_for_ever},
};

// What was found of one fault in one wait mode.
typedef struct Finding {
    bool same; // bits
    uint64_t rescues;
    uint32_t plays;
    PacedVerdict verdict;
} Finding;

// Plays the score once on a new engine, whose workers fail anew.
static bool play(uint32_t workers, WaitMode wait, uint32_t blocks, uint64_t *hash, Finding *finding) {
    static Bank bank;
    static EngineFigures figures;
    dense_bank(&bank);
    EngineConfig config = paced_score_config(workers, wait);
    PacedScore score = {0};
    Error error;
    Engine *engine = engine_create(&config, &bank, &error);
    if (!engine) {
        fprintf(stderr, "%s\n", error.text);
        return false;
    }
    atomic_store(&jobs, 0);
    bool played = (workers == 1 || pool_test_wait == wait) && paced_score_play(engine, blocks, false, &score);
    engine_figures(engine, &figures);
    engine_destroy(engine);
    *hash = score.hash;
    finding->plays++;
    finding->rescues += figures.rescues;
    // One thread shows whether this machine keeps up; others, whether they are waited for too long.
    uint32_t late = workers == 1 ? score.late : score.late_by_waiting;
    paced_verdict_add(&finding->verdict, score.counted, late, workers == 1 || figures.rescues > 0);
    return played;
}

// On a busy machine the audio thread may render all by itself, or be kept from its core: again, until
// workers have failed in enough plays, and enough blocks were only ours to be late with.
static Finding find(const Fault *fault, WaitMode wait, uint32_t blocks, bool judged, uint64_t reference) {
    Finding finding = {.same = true};
    uint64_t end_ns = clock_now_ns() + LIMIT_NS;
    if (pool_test_hook != fault->hook) {
        pool_test_hook = fault->hook; // a worker that hangs still reads it, but then it stays
    }
    while (finding.same && clock_now_ns() < end_ns && !(judged && paced_verdict_is_late(&finding.verdict)) &&
           (finding.rescues == 0 || (judged && !paced_verdict_is_on_time(&finding.verdict)))) {
        uint64_t hash = 0;
        finding.same = play(few_workers(), wait, blocks, &hash, &finding) && hash == reference;
    }
    fprintf(stderr,
            "%-18s %-8s %s, %" PRIu64
            " rescues, %u plays, of which %u with a rescue and none late, %u with one late\n",
            fault->name, WAIT_MODE_NAMES[wait], finding.same ? "same bits" : "OTHER BITS", finding.rescues,
            (unsigned)finding.plays, (unsigned)finding.verdict.clean_plays,
            (unsigned)finding.verdict.late_plays);
    return finding;
}

// Fills reference; true when one thread alone keeps up here: else it is no wonder when more are late.
static bool keeps_up_alone(uint32_t blocks, uint64_t *reference) {
    Finding alone = {0};
    uint64_t end_ns = clock_now_ns() + LIMIT_NS;
    pool_test_hook = NULL;
    do {
        if (!play(1, WAIT_PARK, blocks, reference, &alone)) {
            exit(1);
        }
    } while (!paced_verdict_is_on_time(&alone.verdict) && !paced_verdict_is_late(&alone.verdict) &&
             clock_now_ns() < end_ns);
    return paced_verdict_is_on_time(&alone.verdict);
}

int main(int argc, char **argv) {
    uint32_t blocks = argc > 1 ? (uint32_t)strtoul(argv[1], NULL, 10) : BLOCKS;
    bool any_time = argc > 2 && strcmp(argv[2], "any-time") == 0;
    uint64_t reference;
    pool_test_keep_wait = true;
    bool judged = keeps_up_alone(blocks, &reference) && !any_time;
    bool unjudged = !judged && !any_time;
    int failed = 0;
    for (size_t index = 0; index < sizeof FAULTS / sizeof FAULTS[0]; index++) {
        for (int wait = 0; wait < WAIT_MODE_COUNT; wait++) {
            Finding finding = find(&FAULTS[index], (WaitMode)wait, blocks, judged, reference);
            bool late = judged && paced_verdict_is_late(&finding.verdict);
            failed += !finding.same || finding.rescues == 0 || late;
            unjudged |= judged && !paced_verdict_is_on_time(&finding.verdict);
        }
    }
    if (failed > 0) {
        return 1;
    }
    if (unjudged) {
        printf("skipped: the bits are the same, but this machine is too busy or too slow to tell whether "
               "blocks are late\n");
    }
    return unjudged ? EXIT_SKIPPED : 0;
}
