// Wakes workers that sleep: for a run, or for what the main thread wants of them.
#ifndef ENGINE_POOL_POOL_WAKE_H
#define ENGINE_POOL_POOL_WAKE_H

#include "engine/pool/pool_shared.h"

#include <stdint.h>

/// The sleeping workers that share a run, as bits; the run is published. [audio-thread or worker-thread]
RT uint64_t wake_find(const Pool *pool, uint32_t sharers);

/// Wakes some of those found; they wake the others. [audio-thread or worker-thread]
RT void wake_sharers(Pool *pool, uint64_t sleeping);

/// Has every worker look at what the main thread wants, asleep or not. [main-thread]
void wake_for_orders(Pool *pool);

/// Rings every bell: whoever sleeps looks for work, and sleeps on when there is none. [main-thread]
void wake_all(Pool *pool);

#endif
