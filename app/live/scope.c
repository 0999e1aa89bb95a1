// Both sides of a frame share one atomic word, so that a reader may come at any time.
#include "app/live/scope.h"

#include <string.h>

_Static_assert(CHANNEL_COUNT * sizeof(float) == sizeof(uint64_t), "a frame is one word");

RT void scope_write(Scope *scope, float *const channels[CHANNEL_COUNT], uint32_t frames) {
    uint64_t written = atomic_load_explicit(&scope->written, memory_order_relaxed); // our own
    for (uint32_t i = 0; i < frames; i++) {
        uint32_t bits[CHANNEL_COUNT];
        for (int channel = 0; channel < CHANNEL_COUNT; channel++) {
            memcpy(&bits[channel], &channels[channel][i], sizeof bits[channel]);
        }
        atomic_store_explicit(&scope->frames[(written + i) % SCOPE_FRAMES], (uint64_t)bits[1] << 32 | bits[0],
                              memory_order_relaxed); // the count publishes it
    }
    atomic_store_explicit(&scope->written, written + frames, memory_order_release); // after its frames
}

void scope_read(const Scope *scope, float *const channels[CHANNEL_COUNT], uint32_t frames) {
    uint64_t written = atomic_load_explicit(&scope->written, memory_order_acquire); // before its frames
    for (uint32_t i = 0; i < frames; i++) {
        // Before the first frame lie the zeros at the ring's end.
        uint64_t both = atomic_load_explicit(&scope->frames[(written - frames + i) % SCOPE_FRAMES],
                                             memory_order_relaxed); // a newer one would only be seen sooner
        uint32_t bits[CHANNEL_COUNT] = {(uint32_t)both, (uint32_t)(both >> 32)};
        for (int channel = 0; channel < CHANNEL_COUNT; channel++) {
            memcpy(&channels[channel][i], &bits[channel], sizeof bits[channel]);
        }
    }
}
