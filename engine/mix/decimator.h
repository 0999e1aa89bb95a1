// Halves the rate of one channel: a linear-phase half-band low-pass of which every second sample is kept.
#ifndef ENGINE_MIX_DECIMATOR_H
#define ENGINE_MIX_DECIMATOR_H

#include "platform/thread_tags.h"

#include <stdint.h>

enum {
    DECIMATOR_TAPS = 36,                         // on each side, of those that are not 0
    DECIMATOR_DELAY_FRAMES = DECIMATOR_TAPS - 1, // of the lower rate, for every frequency alike
    DECIMATOR_MAX_FRAMES = 128,                  // at once
};

/// Zero-filled is silence. Owned by the audio thread.
typedef struct Decimator {
    float even[DECIMATOR_DELAY_FRAMES + DECIMATOR_MAX_FRAMES];
    float odd[2 * DECIMATOR_TAPS - 1 + DECIMATOR_MAX_FRAMES];
} Decimator;

/// Makes out[0..frames) of in[0..2 * frames). frames: 1..DECIMATOR_MAX_FRAMES. What is below 0.2268 of the
/// higher rate (20 kHz of 88.2) passes within 0.0002 dB, what is above the mirror of that is 98 dB down.
/// However the frames are cut, the bits are the same. [audio-thread]
RT void decimator_run(Decimator *decimator, const float *in, float *out, uint32_t frames);

#endif
