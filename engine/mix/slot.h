// Where one batch leaves its sound, and what its lanes have come to.
#ifndef ENGINE_MIX_SLOT_H
#define ENGINE_MIX_SLOT_H

#include "engine/channels.h"
#include "engine/chunk.h"
#include "engine/pool/pool.h"

#include <stdbool.h>
#include <stdint.h>

enum { BATCH_LANES_MAX = 64 };

/// Written by whoever renders the batch, read by the audio thread after the run.
typedef struct Slot {
    _Alignas(POOL_ALIGN_BYTES) float sound[CHANNEL_COUNT][CHUNK_MAX_FRAMES];
    bool sounds; // false: sound holds nothing
    // Written when chunk_tells_lanes.
    uint8_t alive[BATCH_LANES_MAX];
    float level[BATCH_LANES_MAX];
} Slot;

#endif
