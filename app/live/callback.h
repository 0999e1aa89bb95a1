// What runs each time the audio device wants sound; nothing in here may wait.
#ifndef APP_LIVE_CALLBACK_H
#define APP_LIVE_CALLBACK_H

#include "app/live/frame_clock.h"
#include "app/live/scope.h"
#include "app/live/sound_ring.h"
#include "engine/engine.h"
#include "platform/thread.h"
#include "platform/thread_tags.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

enum { CALLBACK_CHANNELS_MAX = 64, CALLBACK_PRIORITY_KNOWN = 1 << 16 };

/// Set up by the main thread while no output runs; then the audio thread's own, but for the atomic fields.
typedef struct Callback {
    Engine *engine;
    uint32_t rate_hz;
    uint32_t channels; // the device's, 1..CALLBACK_CHANNELS_MAX. 1: the sound's mixed; more than the sound
                       // has: silence on the rest
    uint32_t buffered_frames; // what the device still plays when no callback comes
    FrameClock clock;
    uint64_t last_begin_ns;
    uint32_t last_frames;
    _Atomic(SoundRing *) take;        // where the sound is recorded, or NULL
    _Atomic(SoundRing *) take_in_use; // what the callback under way has picked up
    _Atomic uint64_t first_sound_ns;  // when the first block that is not silent was ready, 0 before
    _Atomic uint32_t largest_frames;  // asked for at once so far
    _Atomic uint32_t priority; // CALLBACK_PRIORITY_KNOWN | class << 8 | level of the thread that calls back;
                               // 0 before the first call
    Scope scope;
    float sound[CHANNEL_COUNT][ENGINE_BLOCK_MAX_FRAMES];
} Callback;

/// [main-thread, no output running]
void callback_init(Callback *callback, Engine *engine, uint32_t rate_hz);

/// Tells what the device that is about to start is like. [main-thread, no output running]
void callback_set_device(Callback *callback, uint32_t channels, uint32_t buffered_frames);

/// Fills frames of interleaved sound. underflow: the driver reported one since the last call. [audio-thread]
RT void callback_run(Callback *callback, float *interleaved, uint32_t frames, bool underflow);

/// Takes how the thread that calls back is scheduled, once for each device. False when there is nothing new.
/// [main-thread]
bool callback_take_priority(Callback *callback, ThreadPriority *priority);

/// What the longest callback so far lasts when it is played, 0 before the first. [main-thread]
uint64_t callback_largest_ns(const Callback *callback);

/// From the next callback on the sound also goes to ring; NULL ends that, and on return the callback holds no
/// ring but the new one. [main-thread]
void callback_set_take(Callback *callback, SoundRing *ring);

#endif
