// Plays the dense score against the clock, as a device would have it, and counts the blocks that only the
// engine can have made late.
#ifndef TESTS_ENGINE_PACED_SCORE_H
#define TESTS_ENGINE_PACED_SCORE_H

#include "engine/engine.h"

#include <stdbool.h>
#include <stdint.h>

enum { PACED_SCORE_BLOCK_FRAMES = 128 };

typedef struct PacedScore {
    uint64_t hash;
    uint32_t counted; // blocks that were called on time and during which nobody took the audio thread's core
    uint32_t late;    // of those: ready only after the next was due
} PacedScore;

/// As many voices as give each of eight workers two batches of the widest register.
EngineConfig paced_score_config(uint32_t workers, WaitMode wait);

/// Plays the same score on a new engine, by a real-time thread where that is granted. pinned: the thread
/// stays on the core that it starts on. False, having said why, when the system refuses the thread.
/// [main-thread]
bool paced_score_play(Engine *engine, uint32_t blocks, bool pinned, PacedScore *score);

/// What several plays in a row have shown: on a machine that is not ours alone a block may be late without a
/// trace of why, but not in play after play.
typedef struct PacedVerdict {
    uint32_t counted;    // blocks, of the plays in which none of them was late
    uint32_t late_plays; // plays in which one was
} PacedVerdict;

enum {
    PACED_COUNTED_WANTED = 100,
    PACED_LATE_PLAYS_MAX = 5, // so many are the engine's doing
};

/// Takes one play into account. [main-thread]
void paced_verdict_add(PacedVerdict *verdict, const PacedScore *score);

/// True when the engine is late, and when it has been on time for long enough. [any-thread]
bool paced_verdict_is_late(const PacedVerdict *verdict);
bool paced_verdict_is_on_time(const PacedVerdict *verdict);

#endif
