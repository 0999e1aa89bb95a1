// Plays the dense score against the clock, as a device would have it, and counts the blocks that only the
// engine can have made late.
#ifndef TESTS_SUPPORT_PACED_SCORE_H
#define TESTS_SUPPORT_PACED_SCORE_H

#include "engine/engine.h"

#include <stdbool.h>
#include <stdint.h>

enum { PACED_SCORE_BLOCK_FRAMES = 128 };

typedef struct PacedScore {
    uint64_t hash;
    uint32_t counted; // blocks that were called on time and during which nobody took the audio thread's core
    uint32_t late;    // of those: ready only after the next was due
    uint32_t late_by_waiting; // of those: ready in time had the audio thread not waited for others
} PacedScore;

/// As many voices as give each of eight workers two batches of the widest register.
EngineConfig paced_score_config(uint32_t workers, WaitMode wait);

/// Plays the same score on a new engine, by a real-time thread where that is granted. pinned: the thread
/// stays on the core that it starts on. False, having said why, when the system refuses the thread.
/// [main-thread]
bool paced_score_play(Engine *engine, uint32_t blocks, bool pinned, PacedScore *score);

/// What several plays in a row have shown: on a machine that is not ours alone a block may be late without a
/// trace of why, but not in most plays.
typedef struct PacedVerdict {
    uint32_t counted;     // blocks, of the clean plays
    uint32_t clean_plays; // plays in which what is tested happened, and no block was late
    uint32_t late_plays;  // plays in which one was
} PacedVerdict;

enum {
    PACED_COUNTED_WANTED = 100,
    PACED_CLEAN_LEAD = 2, // clean plays more than late ones: on time
    PACED_LATE_LEAD = 7,  // late plays more than clean ones: the engine's doing
};

/// Takes one play into account. late: of its counted blocks, those that are late in the sense asked for.
/// tested: what the play is for has happened in it; a play without is never a clean one, but a late block is
/// one even so. [main-thread]
void paced_verdict_add(PacedVerdict *verdict, uint32_t counted, uint32_t late, bool tested);

/// True when the engine is late, and when it has been on time for long enough. Before that neither is, and
/// more plays are needed. [any-thread]
bool paced_verdict_is_late(const PacedVerdict *verdict);
bool paced_verdict_is_on_time(const PacedVerdict *verdict);

#endif
