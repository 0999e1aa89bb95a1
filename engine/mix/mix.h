// Adds the slots of all batches up.
#ifndef ENGINE_MIX_MIX_H
#define ENGINE_MIX_MIX_H

#include "engine/channels.h"
#include "engine/mix/slot.h"
#include "platform/thread_tags.h"

#include <stdint.h>

/// Writes the sum of the slots into channels[..][0..frames), by the tree (0+1)+(2+3)... over batch numbers.
/// slots: one for each batch, NULL where it was not rendered; they and their sound are used up. count: 1 or
/// more. frames: 0..CHUNK_MAX_FRAMES. [audio-thread]
RT void mix_slots(Slot *slots[], uint32_t count, uint32_t frames, float *const channels[CHANNEL_COUNT]);

#endif
