// Sets workers aside that do not come back in time again and again, and counts them in once they are
// punctual.
#ifndef ENGINE_POOL_POOL_ASIDE_H
#define ENGINE_POOL_POOL_ASIDE_H

#include "engine/pool/pool_shared.h"

#include <stdbool.h>
#include <stdint.h>

/// True while a worker is not counted on: it takes no jobs. [any-thread]
RT static inline bool is_aside(const Worker *worker) {
    return atomic_load_explicit(&worker->aside_spell, memory_order_relaxed) % 2 == 1;
}

/// Tells that a worker had to be rescued from its job of this number. After some of these in short order it
/// is set aside, each time for longer. [audio-thread]
RT void aside_strike(Pool *pool, uint32_t index, uint16_t sequence);

/// Counts in again who has been punctual for a while. Returns how many workers can be counted on, the audio
/// thread included. [audio-thread]
RT uint32_t aside_usable_workers(Pool *pool);

/// Tells how late a nap of a worker ended that is set aside. [worker-thread]
RT void aside_judge_nap(Worker *worker, uint64_t late_ns);

#endif
