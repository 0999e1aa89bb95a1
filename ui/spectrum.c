// Turns the newest frames of the output into a spectrum over logarithmic frequency, with FFTW where the build
// has it.
#include "ui/spectrum.h"

#ifdef POLYCORE_HAVE_FFTW

#include <fftw3.h>
#include <math.h>
#include <stdlib.h>

static const float LOWEST_HZ = 20.0f;
static const float HIGHEST_HZ = 20000.0f;
static const float FLOOR_POWER = 1e-14f; // -140 dB: below all that is drawn

struct Spectrum {
    float window[SPECTRUM_FRAMES];
    float *in;
    fftwf_complex *out;
    fftwf_plan plan;
};

bool spectrum_available(void) {
    return true;
}

Spectrum *spectrum_create(void) {
    Spectrum *spectrum = calloc(1, sizeof *spectrum);
    if (!spectrum) {
        return NULL;
    }
    spectrum->in = fftwf_alloc_real(SPECTRUM_FRAMES);
    spectrum->out = fftwf_alloc_complex(SPECTRUM_FRAMES / 2 + 1);
    if (spectrum->in && spectrum->out) {
        spectrum->plan = fftwf_plan_dft_r2c_1d(SPECTRUM_FRAMES, spectrum->in, spectrum->out, FFTW_ESTIMATE);
    }
    if (!spectrum->plan) {
        spectrum_destroy(spectrum);
        return NULL;
    }
    for (int i = 0; i < SPECTRUM_FRAMES; i++) { // Hann, scaled so that a full-scale sine has power 1
        float phase = 6.2831853f * ((float)i + 0.5f) / SPECTRUM_FRAMES;
        spectrum->window[i] = (0.5f - 0.5f * cosf(phase)) * 4.0f / SPECTRUM_FRAMES;
    }
    return spectrum;
}

void spectrum_destroy(Spectrum *spectrum) {
    if (spectrum) {
        if (spectrum->plan) {
            fftwf_destroy_plan(spectrum->plan);
        }
        fftwf_free(spectrum->in);
        fftwf_free(spectrum->out);
        free(spectrum);
        fftwf_cleanup();
    }
}

static float bin_power(const Spectrum *spectrum, int bin) {
    float real = spectrum->out[bin][0];
    float imaginary = spectrum->out[bin][1];
    return real * real + imaginary * imaginary;
}

// The strongest bin in the band; between two bins where the band is narrower than one.
static float band_power(const Spectrum *spectrum, float low_bin, float high_bin) {
    int first = (int)low_bin;
    int last = (int)high_bin;
    if (last >= SPECTRUM_FRAMES / 2) {
        return 0.0f;
    }
    if (first == last) {
        float share = 0.5f * (low_bin + high_bin) - (float)first;
        return bin_power(spectrum, first) * (1.0f - share) + bin_power(spectrum, first + 1) * share;
    }
    float power = 0.0f;
    for (int bin = first + 1; bin <= last; bin++) {
        power = fmaxf(power, bin_power(spectrum, bin));
    }
    return power;
}

void spectrum_read(Spectrum *spectrum, const float *frames, uint32_t rate_hz, float *levels_db, int bands) {
    for (int i = 0; i < SPECTRUM_FRAMES; i++) {
        spectrum->in[i] = frames[i] * spectrum->window[i];
    }
    fftwf_execute(spectrum->plan);
    float ratio = powf(HIGHEST_HZ / LOWEST_HZ, 1.0f / (float)bands);
    float low = LOWEST_HZ * SPECTRUM_FRAMES / (float)rate_hz;
    for (int band = 0; band < bands; band++) {
        float high = low * ratio;
        levels_db[band] = 10.0f * log10f(band_power(spectrum, low, high) + FLOOR_POWER);
        low = high;
    }
}

#else

#include <stddef.h>

bool spectrum_available(void) {
    return false;
}

Spectrum *spectrum_create(void) {
    return NULL;
}

void spectrum_destroy(Spectrum *spectrum) {
    (void)spectrum;
}

void spectrum_read(Spectrum *spectrum, const float *frames, uint32_t rate_hz, float *levels_db, int bands) {
    (void)spectrum;
    (void)frames;
    (void)rate_hz;
    for (int band = 0; band < bands; band++) {
        levels_db[band] = -140.0f;
    }
}

#endif
