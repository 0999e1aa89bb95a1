// Hands sound from the audio thread to one reader, without either waiting for the other.
#ifndef APP_LIVE_SOUND_RING_H
#define APP_LIVE_SOUND_RING_H

#include "engine/channels.h"
#include "platform/thread_tags.h"

#include <stdint.h>

typedef struct SoundRing SoundRing;

/// Room for at least `frames` frames, all of it touched. NULL when memory is refused. [main-thread]
SoundRing *sound_ring_create(uint32_t frames);

/// NULL is harmless. [main-thread, neither side in use]
void sound_ring_destroy(SoundRing *ring);

/// Appends channels[..][0..frames) or, when there is no room, none of it: those are counted as lost.
/// [audio-thread]
RT void sound_ring_push(SoundRing *ring, float *const channels[CHANNEL_COUNT], uint32_t frames);

/// Takes up to capacity frames, interleaved. Returns how many. [the reader's thread]
uint32_t sound_ring_pop(SoundRing *ring, float *interleaved, uint32_t capacity);

/// Frames that found no room so far. [any-thread]
uint64_t sound_ring_lost_frames(const SoundRing *ring);

#endif
