// Halves the rate of one channel.
//
// The ideal half-band filter under a Kaiser window, beta 10, 71 samples of the higher rate to each side (J.
// F. Kaiser, "Nonrecursive digital filter design using the I0-sinh window function", 1974; F. Mintzer, "On
// half-band, third-band, and Nth-band FIR filters and their design", 1982). Every second tap but the middle
// one is 0.
#include "engine/mix/decimator.h"

#include <string.h>

// At distances 1, 3, 5 .. from the middle, which is 1/2; their sum is 1/4.
static const float TAPS[DECIMATOR_TAPS] = {
    0.31801965f,     -0.105233123f,    0.062220895f,    -0.0434749943f,   0.032832498f,    -0.0258887743f,
    0.0209522653f,   -0.0172353855f,   0.0143223935f,   -0.0119733222f,   0.0100399396f,   -0.0084255585f,
    0.00706414899f,  -0.00590875317f,  0.00492471755f,  -0.00408557286f,  0.00337044142f,  -0.00276236338f,
    0.00224719507f,  -0.0018128736f,   0.00144892174f,  -0.00114611252f,  0.000896241451f, -0.000691971236f,
    0.000526724984f, -0.000394611405f, 0.000290370325f, -0.000209330415f, 0.000147373521f, -0.0001009018f,
    6.68052536e-05f, -4.24282576e-05f, 2.55344468e-05f, -1.42698852e-05f, 7.12483563e-06f, -2.89471083e-06f,
};

RT void decimator_run(Decimator *decimator, const float *in, float *out, uint32_t frames) {
    float *even = decimator->even;
    float *odd = decimator->odd;
    for (uint32_t frame = 0; frame < frames; frame++) {
        even[DECIMATOR_DELAY_FRAMES + frame] = in[2 * frame];
        odd[2 * DECIMATOR_TAPS - 1 + frame] = in[2 * frame + 1];
    }
    for (uint32_t frame = 0; frame < frames; frame++) {
        out[frame] = even[frame] * 0.5f;
    }
    // Tap by tap, so that frames can share a register; a frame adds its taps up in the same order always.
    for (uint32_t tap = 0; tap < DECIMATOR_TAPS; tap++) {
        const float *before = odd + DECIMATOR_TAPS - 1 - tap;
        const float *after = odd + DECIMATOR_TAPS + tap;
        for (uint32_t frame = 0; frame < frames; frame++) {
            out[frame] += TAPS[tap] * (before[frame] + after[frame]);
        }
    }
    memmove(even, even + frames, DECIMATOR_DELAY_FRAMES * sizeof *even);
    memmove(odd, odd + frames, (2 * DECIMATOR_TAPS - 1) * sizeof *odd);
}
