// Measures a sound: level, pitch, spectrum.
#ifndef TESTS_SUPPORT_MEASURE_H
#define TESTS_SUPPORT_MEASURE_H

#include <stddef.h>

enum { RATE_HZ = 48000 }; // of every sound that is measured

double gain_to_db(double gain);
double key_hz(double key);
double cents_between(double hz, double from_hz);

double sound_rms(const float *sound, size_t frames);
double sound_peak(const float *sound, size_t frames);

/// The amplitude of what sounds at hz, by a Hann window: a sine of amplitude 1 gives 1.
double sound_tone(const float *sound, size_t frames, double hz);

/// The frequency of the tone nearest to near_hz, which must be within a few Hz of it: from how its phase
/// moves. Good to a hundredth of a cent on a steady tone.
double sound_pitch_hz(const float *sound, size_t frames, double near_hz);

/// The power that is not at a multiple of base_hz, in dB of all the power from 20 Hz to 20 kHz. frames: a
/// power of two.
double sound_inharmonic_db(const float *sound, size_t frames, double base_hz);

/// The largest step of the second difference: a click stands out in it, a tone of low pitch does not.
double sound_bend(const float *sound, size_t frames);

#endif
