// Keeps the newest sound for someone to look at, without the audio thread ever waiting for them.
#ifndef APP_LIVE_SCOPE_H
#define APP_LIVE_SCOPE_H

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
    _Atomic uint64_t frames[SCOPE_FRAMES]; // both sides' bits in one word, so that they belong together
} Scope;

/// [audio-thread]
RT void scope_write(Scope *scope, const float *left, const float *right, uint32_t frames);

/// Copies the newest frames, the newest last. frames: 1..SCOPE_READ_FRAMES. [any-thread]
void scope_read(const Scope *scope, float *left, float *right, uint32_t frames);

#endif
