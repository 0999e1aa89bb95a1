// Predicts when the next callback comes, from those that came.
#ifndef ENGINE_POOL_POOL_RHYTHM_H
#define ENGINE_POOL_POOL_RHYTHM_H

#include "platform/thread_tags.h"

#include <stdatomic.h>
#include <stdint.h>

/// The audio thread's own account.
typedef struct Rhythm {
    uint64_t period_ns; // 0: no clock
    uint64_t expected_ns;
    uint64_t jitter_ns; // mean distance of a callback from where it was expected
} Rhythm;

/// What the workers may know of it; each field is a hint on its own. Written when a callback ends, and not
/// before: its begin has no time to lose.
typedef struct RhythmWords {
    _Atomic uint64_t expected_ns; // of the callback after the last that ended
    _Atomic uint64_t period_ns;   // 0: no clock
    _Atomic uint64_t lead_ns;     // be awake this long before it, and stay for as long after
    _Atomic uint32_t threads;     // that took part in the last
} RhythmWords;

/// A callback begins. [audio-thread]
RT void rhythm_begin(Rhythm *rhythm, uint64_t now_ns, uint64_t period_ns);

/// It ends, having used so many threads. [audio-thread]
RT void rhythm_end(const Rhythm *rhythm, RhythmWords *words, uint32_t threads);

#endif
