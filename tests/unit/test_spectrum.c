// A tone stands where its frequency is, at its level.
#include "ui/spectrum.h"

#include <criterion/criterion.h>
#include <math.h>

enum { BANDS = 192, RATE_HZ = 48000 };

Test(spectrum, a_full_scale_tone_stands_at_its_place_with_0_db) {
    Spectrum *spectrum = spectrum_create();
    cr_assert(spectrum);
    for (double hz = 60.0; hz < 16000.0; hz *= 2.0) {
        float frames[SPECTRUM_FRAMES];
        float levels_db[BANDS];
        for (int i = 0; i < SPECTRUM_FRAMES; i++) {
            frames[i] = (float)sin(6.283185307179586 * hz * i / RATE_HZ);
        }
        spectrum_read(spectrum, frames, RATE_HZ, levels_db, BANDS);
        int highest = 0;
        for (int band = 0; band < BANDS; band++) {
            highest = levels_db[band] > levels_db[highest] ? band : highest;
        }
        double at_hz = 20.0 * pow(1000.0, (highest + 0.5) / BANDS);
        cr_assert_float_eq(levels_db[highest], 0.0, 2.0, "%g Hz: %g dB", hz, (double)levels_db[highest]);
        cr_assert(fabs(log2(at_hz / hz)) < 0.3, "%g Hz is shown at %g Hz", hz, at_hz);
    }
    spectrum_destroy(spectrum);
}
