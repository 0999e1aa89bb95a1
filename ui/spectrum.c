// A Hann window, an FFT, and the strongest bin of each band.
#include "ui/spectrum.h"

#include <math.h>
#include <stdlib.h>

static const float LOWEST_HZ = 20.0f;
static const float HIGHEST_HZ = 20000.0f;
static const float FLOOR_POWER = 1e-14f; // -140 dB: below all that is drawn
static const float TURN = 6.2831853f;

typedef struct Bin {
    float real;
    float imaginary;
} Bin;

struct Spectrum {
    float window[SPECTRUM_FRAMES];
    Bin root[SPECTRUM_FRAMES / 2];   // the roots of one
    uint16_t place[SPECTRUM_FRAMES]; // where each frame goes: its number's bits in reverse
    Bin bins[SPECTRUM_FRAMES];
};

Spectrum *spectrum_create(void) {
    Spectrum *spectrum = calloc(1, sizeof *spectrum);
    if (!spectrum) {
        return NULL;
    }
    for (int i = 0; i < SPECTRUM_FRAMES; i++) { // Hann, scaled so that a full-scale sine has power 1
        float phase = TURN * ((float)i + 0.5f) / (float)SPECTRUM_FRAMES;
        spectrum->window[i] = (0.5f - 0.5f * cosf(phase)) * 4.0f / (float)SPECTRUM_FRAMES;
    }
    for (int i = 0; i < SPECTRUM_FRAMES / 2; i++) {
        float phase = TURN * (float)i / (float)SPECTRUM_FRAMES;
        spectrum->root[i] = (Bin){cosf(phase), -sinf(phase)};
    }
    for (int i = 1; i < SPECTRUM_FRAMES; i++) {
        spectrum->place[i] = (uint16_t)(spectrum->place[i / 2] / 2 + i % 2 * (SPECTRUM_FRAMES / 2));
    }
    return spectrum;
}

void spectrum_destroy(Spectrum *spectrum) {
    free(spectrum);
}

// J. W. Cooley, J. W. Tukey, "An algorithm for the machine calculation of complex Fourier series", 1965;
// radix 2, in place, the input in bit-reversed order.
// The libraries for it are under the GPL or not packaged everywhere.
static void transform(Spectrum *spectrum) {
    for (int half = 1; half < SPECTRUM_FRAMES; half *= 2) {
        int stride = SPECTRUM_FRAMES / (2 * half);
        for (int first = 0; first < SPECTRUM_FRAMES; first += 2 * half) {
            for (int i = 0; i < half; i++) {
                Bin *low = &spectrum->bins[first + i];
                Bin *high = low + half;
                Bin root = spectrum->root[i * stride];
                Bin turned = {high->real * root.real - high->imaginary * root.imaginary,
                              high->real * root.imaginary + high->imaginary * root.real};
                *high = (Bin){low->real - turned.real, low->imaginary - turned.imaginary};
                *low = (Bin){low->real + turned.real, low->imaginary + turned.imaginary};
            }
        }
    }
}

static float bin_power(const Spectrum *spectrum, int bin) {
    Bin value = spectrum->bins[bin];
    return value.real * value.real + value.imaginary * value.imaginary;
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
        spectrum->bins[spectrum->place[i]] = (Bin){frames[i] * spectrum->window[i], 0.0f};
    }
    transform(spectrum);
    float ratio = powf(HIGHEST_HZ / LOWEST_HZ, 1.0f / (float)bands);
    float low = LOWEST_HZ * SPECTRUM_FRAMES / (float)rate_hz;
    for (int band = 0; band < bands; band++) {
        float high = low * ratio;
        levels_db[band] = 10.0f * log10f(band_power(spectrum, low, high) + FLOOR_POWER);
        low = high;
    }
}
