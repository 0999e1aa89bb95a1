// Measurements in double precision.
#include "tests/support/measure.h"

#include <complex.h>
#include <math.h>
#include <stdlib.h>

enum { WINDOW_LOBE_BINS = 6 }; // of the Blackman-Harris window, with a bin and a half for its foot

static const double TURN = 6.283185307179586;

double gain_to_db(double gain) {
    return 20.0 * log10(fmax(gain, 1e-20));
}

double key_hz(double key) {
    return 440.0 * exp2((key - 69.0) / 12.0);
}

double cents_between(double hz, double from_hz) {
    return 1200.0 * log2(hz / from_hz);
}

double sound_rms(const float *sound, size_t frames) {
    double sum = 0.0;
    for (size_t i = 0; i < frames; i++) {
        sum += (double)sound[i] * (double)sound[i];
    }
    return sqrt(sum / (double)frames);
}

double sound_peak(const float *sound, size_t frames) {
    double peak = 0.0; // no fmax in a loop, here and below: GCC 12 for arm64 breaks over it
    for (size_t i = 0; i < frames; i++) {
        double level = fabs((double)sound[i]);
        peak = level > peak ? level : peak;
    }
    return peak;
}

static double complex unit(double angle) {
    return cos(angle) + (double complex)I * sin(angle);
}

// What sounds at hz, amplitude and phase at the stretch's start.
static double complex correlate(const float *sound, size_t frames, double hz) {
    double complex sum = 0.0;
    for (size_t i = 0; i < frames; i++) {
        double window = 1.0 - cos(TURN * ((double)i + 0.5) / (double)frames);
        double angle = TURN * fmod(hz / RATE_HZ * (double)i, 1.0);
        sum += window * (double)sound[i] * unit(-angle);
    }
    return sum * (2.0 / (double)frames);
}

double sound_tone(const float *sound, size_t frames, double hz) {
    return cabs(correlate(sound, frames, hz));
}

double sound_pitch_hz(const float *sound, size_t frames, double near_hz) {
    size_t window = frames / 2;
    double hz = near_hz;
    // The further apart the windows, the finer; the first look must not lose a turn.
    for (size_t hop = window / 64; hop <= frames - window; hop *= 2) {
        double complex early = correlate(sound, window, hz);
        double complex late = correlate(sound + hop, window, hz);
        double expected = fmod(hz / RATE_HZ * (double)hop, 1.0) * TURN;
        double moved = carg(late * conj(early) * unit(-expected));
        hz += moved / TURN * RATE_HZ / (double)hop;
    }
    return hz;
}

// In place; frames: a power of two (J. Cooley, J. Tukey, 1965).
static void transform(double complex *bins, size_t frames) {
    for (size_t i = 1, mirror = 0; i < frames; i++) {
        size_t bit = frames >> 1;
        for (; mirror & bit; bit >>= 1) {
            mirror ^= bit;
        }
        mirror ^= bit;
        if (i < mirror) {
            double complex swap = bins[i];
            bins[i] = bins[mirror];
            bins[mirror] = swap;
        }
    }
    for (size_t span = 2; span <= frames; span *= 2) {
        for (size_t k = 0; k < span / 2; k++) {
            double complex turn = unit(-TURN * (double)k / (double)span);
            for (size_t start = 0; start < frames; start += span) {
                double complex odd = bins[start + k + span / 2] * turn;
                bins[start + k + span / 2] = bins[start + k] - odd;
                bins[start + k] += odd;
            }
        }
    }
}

// F. Harris, "On the use of windows", 1978: side lobes at -92 dB.
static double blackman_harris(size_t i, size_t frames) {
    double turn = TURN * (double)i / (double)frames;
    return 0.35875 - 0.48829 * cos(turn) + 0.14128 * cos(2.0 * turn) - 0.01168 * cos(3.0 * turn);
}

double sound_inharmonic_db(const float *sound, size_t frames, double base_hz) {
    double complex *bins = malloc(frames * sizeof *bins);
    if (!bins) {
        abort();
    }
    for (size_t i = 0; i < frames; i++) {
        bins[i] = (double)sound[i] * blackman_harris(i, frames);
    }
    transform(bins, frames);
    double bin_hz = (double)RATE_HZ / (double)frames;
    double all = 0.0;
    double inharmonic = 0.0;
    for (size_t i = (size_t)(20.0 / bin_hz); i < (size_t)(20000.0 / bin_hz); i++) {
        double hz = (double)i * bin_hz;
        double distance = fabs(hz - base_hz * round(hz / base_hz)) / bin_hz;
        double power = creal(bins[i] * conj(bins[i]));
        all += power;
        inharmonic += distance > WINDOW_LOBE_BINS ? power : 0.0;
    }
    free(bins);
    return gain_to_db(sqrt(inharmonic / all));
}

double sound_bend(const float *sound, size_t frames) {
    double largest = 0.0;
    for (size_t i = 2; i < frames; i++) {
        double bend = (double)sound[i] - 2.0 * (double)sound[i - 1] + (double)sound[i - 2];
        largest = fabs(bend) > largest ? fabs(bend) : largest;
    }
    return largest;
}
