// Decides what has to go so that blocks stay in time: quality first, then voices.
#ifndef ENGINE_OVERLOAD_H
#define ENGINE_OVERLOAD_H

#include "platform/thread_tags.h"

#include <stdbool.h>
#include <stdint.h>

/// Zero-filled at the start. Owned by the audio thread.
typedef struct Overload {
    uint32_t heavy_blocks; // in a row
    uint64_t settling_ns;  // until what was shed last is felt
    uint64_t calm_ns;      // of late, with room for the quality that was chosen
    bool lowered;          // draft instead of it
} Overload;

/// Judges a block that took so long of the time that it had. Sets `lowered`, where the quality can be
/// lowered, and takes it back when there has been room for seconds. Returns how many of the voices to fade if
/// that is not enough: 0 while there is room, and after one heavy block alone, which may be an interruption.
/// had_ns: 0 when there is no deadline. [audio-thread]
RT uint32_t overload_shed(Overload *overload, uint64_t took_ns, uint64_t had_ns, uint32_t voices,
                          bool can_lower);

#endif
