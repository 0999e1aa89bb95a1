// Moves the ids of the client's buffers: which state and slot a batch has, and what a straggler still holds.
#ifndef ENGINE_POOL_POOL_BUFFERS_H
#define ENGINE_POOL_POOL_BUFFERS_H

#include "engine/pool/pool_shared.h"

#include <stdint.h>

/// Hands back what stragglers held who have finished since. [audio-thread]
RT void buffers_reclaim(Pool *pool);

/// Moves ids after a job: the worker's result counts. [audio-thread]
RT void buffers_advance(Pool *pool, uint32_t batch);

/// Makes room for a rescue: two spare states and a spare slot are there on return. [audio-thread]
RT void buffers_ensure_spares(Pool *pool, uint32_t worker);

/// Moves ids after a rescue: the spare result counts, what the straggler holds is quarantined. [audio-thread]
RT void buffers_replace(Pool *pool, uint64_t claimed_word, JobBuffers straggler, JobBuffers rescue,
                        uint32_t context);

#endif
