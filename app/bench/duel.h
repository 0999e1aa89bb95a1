// Measures engines of the same sound in turns: one thread, many, and many that share nothing.
#ifndef APP_BENCH_DUEL_H
#define APP_BENCH_DUEL_H

#include "engine/voice/simd_kind.h"
#include "platform/error.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct DuelPlan {
    SimdKind one_simd; // of the engine with one thread
    uint32_t lanes;
    uint32_t frames;  // of a block
    uint32_t workers; // of the other engine, which uses them as it thinks best
    bool ceiling;     // measure as many independent threads as well, in the same rounds
    double seconds;   // no round begins later, but the first
} DuelPlan;

/// Medians of the rounds, each ratio of the ratios of each round.
typedef struct DuelOutcome {
    double one_us, other_us; // a block
    double times;            // as fast as one thread
    double ceiling;          // times as fast as one thread: independent threads; NAN when not measured
    double share;            // of the ceiling: times / ceiling, NAN when not measured
} DuelOutcome;

/// With the priority that live play has. False with error filled when memory or threads are refused.
/// [main-thread]
bool duel(const DuelPlan *plan, DuelOutcome *outcome, Error *error);

/// The middle one of three duels, each with new engines: of many single ones a few always tell of the
/// machine's mood alone. The time is that of all; it may leave room for one only. [main-thread]
bool duel_often(const DuelPlan *plan, DuelOutcome *middle, Error *error);

#endif
