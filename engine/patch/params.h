// Lists every parameter of the voice once: patch files and the window follow this table, and part.c turns its
// values into the kernel's units.
#ifndef ENGINE_PATCH_PARAMS_H
#define ENGINE_PATCH_PARAMS_H

#include "platform/thread_tags.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// How a knob's travel maps to the value.
typedef enum ParamCurve {
    PARAM_LINEAR,
    PARAM_EXPONENTIAL, // equal travel is an equal ratio; minimum > 0
    PARAM_CUBIC,       // fine near zero: value = minimum + (maximum - minimum) * travel^3
    PARAM_STEPPED,     // whole numbers
} ParamCurve;

// X(NAME, name, family, unit, minimum, maximum, initial, curve, documentation)
// unit "" is a bare number; "%" values are stored as percent and scaled by the engine.
#define PARAM_TABLE(X)                                                                                       \
    X(OSC1_SAW, osc1_saw, "Oscillator 1", "%", 0, 100, 100, PARAM_LINEAR, "Level of the saw wave.")          \
    X(OSC1_PULSE, osc1_pulse, "Oscillator 1", "%", 0, 100, 0, PARAM_LINEAR, "Level of the pulse wave.")      \
    X(OSC1_TRIANGLE, osc1_triangle, "Oscillator 1", "%", 0, 100, 0, PARAM_LINEAR,                            \
      "Level of the triangle wave.")                                                                         \
    X(OSC1_SINE, osc1_sine, "Oscillator 1", "%", 0, 100, 0, PARAM_LINEAR, "Level of the sine wave.")         \
    X(OSC1_WIDTH, osc1_width, "Oscillator 1", "%", 3, 97, 50, PARAM_LINEAR,                                  \
      "Width of the pulse; 50 % is a square.")                                                               \
    X(OSC1_COARSE, osc1_coarse, "Oscillator 1", "semitones", -48, 48, 0, PARAM_STEPPED, "Transposition.")    \
    X(OSC1_FINE, osc1_fine, "Oscillator 1", "cents", -100, 100, 0, PARAM_LINEAR, "Detuning.")                \
    X(OSC2_SAW, osc2_saw, "Oscillator 2", "%", 0, 100, 0, PARAM_LINEAR, "Level of the saw wave.")            \
    X(OSC2_PULSE, osc2_pulse, "Oscillator 2", "%", 0, 100, 0, PARAM_LINEAR, "Level of the pulse wave.")      \
    X(OSC2_TRIANGLE, osc2_triangle, "Oscillator 2", "%", 0, 100, 0, PARAM_LINEAR,                            \
      "Level of the triangle wave.")                                                                         \
    X(OSC2_SINE, osc2_sine, "Oscillator 2", "%", 0, 100, 0, PARAM_LINEAR, "Level of the sine wave.")         \
    X(OSC2_WIDTH, osc2_width, "Oscillator 2", "%", 3, 97, 50, PARAM_LINEAR,                                  \
      "Width of the pulse; 50 % is a square.")                                                               \
    X(OSC2_COARSE, osc2_coarse, "Oscillator 2", "semitones", -48, 48, 0, PARAM_STEPPED, "Transposition.")    \
    X(OSC2_FINE, osc2_fine, "Oscillator 2", "cents", -100, 100, 0, PARAM_LINEAR, "Detuning.")                \
    X(OSC_RANDOM_PHASE, osc_random_phase, "Oscillator 1", "%", 0, 100, 0, PARAM_LINEAR,                      \
      "How far each note's oscillators start at a place of their own; 0 % starts every note alike.")         \
    X(NOISE, noise, "Noise", "%", 0, 100, 0, PARAM_LINEAR, "Level of white noise.")                          \
    X(FILTER_LOWPASS, filter_lowpass, "Filter", "%", 0, 100, 100, PARAM_LINEAR,                              \
      "Share of the low-pass response.")                                                                     \
    X(FILTER_BANDPASS, filter_bandpass, "Filter", "%", 0, 100, 0, PARAM_LINEAR,                              \
      "Share of the band-pass response.")                                                                    \
    X(FILTER_HIGHPASS, filter_highpass, "Filter", "%", 0, 100, 0, PARAM_LINEAR,                              \
      "Share of the high-pass response; with as much low-pass it is a notch.")                               \
    X(FILTER_CUTOFF, filter_cutoff, "Filter", "Hz", 20, 20000, 20000, PARAM_EXPONENTIAL,                     \
      "Corner frequency.")                                                                                   \
    X(FILTER_RESONANCE, filter_resonance, "Filter", "%", 0, 100, 0, PARAM_LINEAR,                            \
      "Emphasis at the corner: 0 % is Q 0.5, 100 % is Q 20.")                                                \
    X(FILTER_ENVELOPE, filter_envelope, "Filter", "cents", -9600, 9600, 0, PARAM_LINEAR,                     \
      "How far the filter envelope moves the corner.")                                                       \
    X(FILTER_KEY_TRACK, filter_key_track, "Filter", "%", 0, 100, 0, PARAM_LINEAR,                            \
      "How far the corner follows the key, around middle C.")                                                \
    X(FILTER_VELOCITY, filter_velocity, "Filter", "cents", 0, 9600, 0, PARAM_LINEAR,                         \
      "How much a soft note closes the filter, from the softest to the hardest.")                            \
    X(FILTER_ATTACK, filter_attack, "Filter envelope", "s", 0.001, 20, 0.001, PARAM_EXPONENTIAL,             \
      "Time to the peak.")                                                                                   \
    X(FILTER_DECAY, filter_decay, "Filter envelope", "s", 0.001, 60, 0.3, PARAM_EXPONENTIAL,                 \
      "Time to fall by 60 dB towards the sustain level.")                                                    \
    X(FILTER_SUSTAIN, filter_sustain, "Filter envelope", "%", 0, 100, 100, PARAM_LINEAR,                     \
      "Level while the key is held.")                                                                        \
    X(FILTER_RELEASE, filter_release, "Filter envelope", "s", 0.001, 60, 0.3, PARAM_EXPONENTIAL,             \
      "Time to fall by 60 dB after the key is let go.")                                                      \
    X(AMP_ATTACK, amp_attack, "Amplitude envelope", "s", 0.001, 20, 0.002, PARAM_EXPONENTIAL,                \
      "Time to the peak.")                                                                                   \
    X(AMP_DECAY, amp_decay, "Amplitude envelope", "s", 0.001, 60, 0.3, PARAM_EXPONENTIAL,                    \
      "Time to fall by 60 dB towards the sustain level.")                                                    \
    X(AMP_SUSTAIN, amp_sustain, "Amplitude envelope", "%", 0, 100, 100, PARAM_LINEAR,                        \
      "Level while the key is held.")                                                                        \
    X(AMP_RELEASE, amp_release, "Amplitude envelope", "s", 0.001, 60, 0.1, PARAM_EXPONENTIAL,                \
      "Time to fall by 60 dB after the key is let go.")                                                      \
    X(AMP_VELOCITY, amp_velocity, "Amplitude envelope", "%", 0, 100, 70, PARAM_LINEAR,                       \
      "How much a soft note is quieter; 0 % plays every note at full level.")                                \
    X(LFO_RATE, lfo_rate, "LFO", "Hz", 0.01, 40, 5, PARAM_EXPONENTIAL, "Speed.")                             \
    X(LFO_DELAY, lfo_delay, "LFO", "s", 0, 10, 0, PARAM_CUBIC,                                               \
      "Time over which the LFO fades in after a note starts.")                                               \
    X(LFO_PITCH, lfo_pitch, "LFO", "cents", 0, 1200, 0, PARAM_CUBIC, "Vibrato depth.")                       \
    X(LFO_CUTOFF, lfo_cutoff, "LFO", "cents", 0, 4800, 0, PARAM_CUBIC, "Depth on the filter's corner.")      \
    X(LFO_WIDTH, lfo_width, "LFO", "%", 0, 47, 0, PARAM_LINEAR, "Depth on the width of both pulses.")        \
    X(LFO_LEVEL, lfo_level, "LFO", "%", 0, 100, 0, PARAM_LINEAR, "Tremolo depth.")                           \
    X(WHEEL_PITCH, wheel_pitch, "Wheels", "cents", 0, 1200, 30, PARAM_CUBIC,                                 \
      "Vibrato depth that the mod wheel or pressure adds at its end.")                                       \
    X(WHEEL_CUTOFF, wheel_cutoff, "Wheels", "cents", -4800, 4800, 0, PARAM_LINEAR,                           \
      "How far the mod wheel or pressure moves the filter's corner at its end.")                             \
    X(BEND_RANGE, bend_range, "Wheels", "semitones", 0, 48, 2, PARAM_STEPPED,                                \
      "Range of the pitch wheel each way.")                                                                  \
    X(LEVEL, level, "Output", "dB", -60, 12, 0, PARAM_LINEAR, "Level of the patch.")                         \
    X(PAN, pan, "Output", "%", -100, 100, 0, PARAM_LINEAR, "Place: -100 % is left, 100 % is right.")         \
    X(PAN_KEY_SPREAD, pan_key_spread, "Output", "%", 0, 100, 0, PARAM_LINEAR,                                \
      "How far low keys stand left and high keys right.")

typedef enum ParamId {
#define PARAM_ENUM(NAME, name, family, unit, minimum, maximum, initial, curve, documentation) PARAM_##NAME,
    PARAM_TABLE(PARAM_ENUM)
#undef PARAM_ENUM
        PARAM_COUNT
} ParamId;

typedef struct ParamInfo {
    const char *name; // as in patch files: "filter_cutoff"
    const char *family;
    const char *unit;
    float minimum;
    float maximum;
    float initial;
    ParamCurve curve;
    const char *documentation;
} ParamInfo;

/// One row for each ParamId, in order. [any-thread]
extern const ParamInfo PARAM_INFOS[PARAM_COUNT];

/// The parameter of that name, or PARAM_COUNT. [any-thread]
ParamId param_find(const char *name);

/// The value at travel 0..1 of a knob, and back. [any-thread]
RT float param_from_travel(ParamId id, float travel);
float param_to_travel(ParamId id, float value);

/// The nearest value in range; not a number gives the initial value. [any-thread]
RT float param_clamp(ParamId id, float value);

#endif
