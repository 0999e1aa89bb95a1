// Decides how many voices have to go so that blocks stay in time.
#ifndef ENGINE_OVERLOAD_H
#define ENGINE_OVERLOAD_H

#include "platform/thread_tags.h"

#include <stdint.h>

/// Zero-filled at the start. Owned by the audio thread.
typedef struct Overload {
    uint32_t heavy_blocks; // in a row
    uint64_t settling_ns;  // until what was shed last is felt
} Overload;

/// Returns how many of the voices to fade after a block that took so long of the time that it had: 0 while
/// there is room, and after one heavy block alone, which may be an interruption. had_ns: 0 when there is no
/// deadline. [audio-thread]
RT uint32_t overload_shed(Overload *overload, uint64_t took_ns, uint64_t had_ns, uint32_t voices);

#endif
