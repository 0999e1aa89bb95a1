// Keeps the newest sound for someone to look at, without the audio thread ever waiting for them.
#ifndef APP_LIVE_SCOPE_H
#define APP_LIVE_SCOPE_H

#include "engine/channels.h"
#include "platform/thread_tags.h"

#include <stdatomic.h>
#include <stdint.h>

enum {
    SCOPE_FRAMES = 16384,
    SCOPE_READ_FRAMES = 4096
}; // a read has long ended before its frames are written over

/// All zero is silence.
typedef struct Scope {
    _Atomic uint64_t written;              // frames so far
    _Atomic uint64_t frames[SCOPE_FRAMES]; // all channels' bits in one word, so that they belong together
} Scope;

/// Reads channels[..][0..frames). [audio-thread]
RT void scope_write(Scope *scope, float *const channels[CHANNEL_COUNT], uint32_t frames);

/// Copies the newest frames, the newest last. frames: 1..SCOPE_READ_FRAMES. [any-thread]
void scope_read(const Scope *scope, float *const channels[CHANNEL_COUNT], uint32_t frames);

#endif
