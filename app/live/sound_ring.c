// A ring of frames with one writer and one reader.
#include "app/live/sound_ring.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum { APART_BYTES = 128 }; // two cache lines: processors fetch them in pairs

struct SoundRing {
    uint64_t capacity_frames;
    float *samples;
    uint8_t apart_from_constants[APART_BYTES];
    _Atomic uint64_t written; // by the audio thread, counts for ever
    _Atomic uint64_t lost;
    uint8_t apart_from_reader[APART_BYTES];
    _Atomic uint64_t read; // by the reader
};

SoundRing *sound_ring_create(uint32_t frames) {
    SoundRing *ring = calloc(1, sizeof *ring);
    float *samples = malloc((size_t)frames * CHANNEL_COUNT * sizeof *samples);
    if (!ring || !samples) {
        free(ring);
        free(samples);
        return NULL;
    }
    memset(samples, 0,
           (size_t)frames * CHANNEL_COUNT * sizeof *samples); // so that the audio thread meets no page fault
    ring->capacity_frames = frames;
    ring->samples = samples;
    return ring;
}

void sound_ring_destroy(SoundRing *ring) {
    if (ring) {
        free(ring->samples);
        free(ring);
    }
}

RT void sound_ring_push(SoundRing *ring, float *const channels[CHANNEL_COUNT], uint32_t frames) {
    uint64_t written =
        atomic_load_explicit(&ring->written, memory_order_relaxed); // only this thread writes it
    // Acquire: the reader is done with the frames that are written over.
    uint64_t read = atomic_load_explicit(&ring->read, memory_order_acquire);
    if (written - read + frames > ring->capacity_frames) {
        atomic_fetch_add_explicit(&ring->lost, frames,
                                  memory_order_relaxed); // a count, nothing follows from it
        return;
    }
    uint64_t at = written % ring->capacity_frames;
    for (uint32_t i = 0; i < frames; i++) {
        for (uint32_t channel = 0; channel < CHANNEL_COUNT; channel++) {
            ring->samples[CHANNEL_COUNT * at + channel] = channels[channel][i];
        }
        at = at + 1 == ring->capacity_frames ? 0 : at + 1;
    }
    atomic_store_explicit(&ring->written, written + frames, memory_order_release); // after the samples
}

uint32_t sound_ring_pop(SoundRing *ring, float *interleaved, uint32_t capacity) {
    uint64_t read = atomic_load_explicit(&ring->read, memory_order_relaxed); // only this thread writes it
    uint64_t written = atomic_load_explicit(&ring->written, memory_order_acquire); // before the samples
    uint32_t count = written - read < capacity ? (uint32_t)(written - read) : capacity;
    uint64_t at = read % ring->capacity_frames;
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t channel = 0; channel < CHANNEL_COUNT; channel++) {
            interleaved[CHANNEL_COUNT * i + channel] = ring->samples[CHANNEL_COUNT * at + channel];
        }
        at = at + 1 == ring->capacity_frames ? 0 : at + 1;
    }
    atomic_store_explicit(&ring->read, read + count, memory_order_release); // the samples are out
    return count;
}

uint64_t sound_ring_lost_frames(const SoundRing *ring) {
    return atomic_load_explicit(&ring->lost, memory_order_relaxed);
}
