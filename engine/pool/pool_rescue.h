// Ends a run: takes the workers' results, and renders again what does not come in time.
#ifndef ENGINE_POOL_POOL_RESCUE_H
#define ENGINE_POOL_POOL_RESCUE_H

#include "engine/pool/pool_shared.h"

#include <stdint.h>

typedef struct Joined {
    uint64_t end_ns;
    uint64_t rescue_ns; // of the time until then, rendering in others' stead
} Joined;

/// Completes a run whose jobs have all been claimed, the first `taken` of pool->taken by workers: takes their
/// results, waits a little for those that are not there, and renders the rest here. now_ns: the present.
/// deadline_ns: as for pool_run. [audio-thread]
RT Joined rescue_join(Pool *pool, uint32_t taken, uint32_t frames, uint64_t now_ns, uint64_t deadline_ns);

#endif
