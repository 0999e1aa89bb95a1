// Turns the newest frames of the output into a spectrum over logarithmic frequency.
#ifndef UI_SPECTRUM_H
#define UI_SPECTRUM_H

#include <stdint.h>

enum { SPECTRUM_FRAMES = 4096, SPECTRUM_BANDS = 512 };

typedef struct Spectrum Spectrum;

/// NULL when memory is refused. [main-thread]
Spectrum *spectrum_create(void);
/// NULL is harmless. [main-thread]
void spectrum_destroy(Spectrum *spectrum);

/// Fills levels_db[0..bands) with the level of each band from 20 Hz to 20 kHz, equal ratios apart; 0 dB is a
/// full-scale sine. frames: SPECTRUM_FRAMES, the newest last. bands: 1..SPECTRUM_BANDS. [main-thread]
void spectrum_read(Spectrum *spectrum, const float *frames, uint32_t rate_hz, float *levels_db, int bands);

#endif
