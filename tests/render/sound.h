// Plays notes on a real engine and measures what is heard: level, pitch, spectrum.
#ifndef TESTS_RENDER_SOUND_H
#define TESTS_RENDER_SOUND_H

#include "engine/engine.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { RATE_HZ = 48000 };

/// An engine that plays one patch on every channel, and all that it has played so far.
typedef struct Take {
    Engine *engine;
    float *left;
    float *right;
    size_t frames;
} Take;

/// A pure sine at full velocity response, open filter, no attack and release but a millisecond, no random
/// phase: what a test then changes is all that it hears.
Patch plain_patch(void);

/// polyphony 1.., one worker. Fails the test when the engine cannot be made.
Take take_start(const Patch *patch, uint32_t polyphony);
void take_end(Take *take);

/// What happens next does so at `frame`, counted from the take's start.
void take_midi(Take *take, size_t frame, uint8_t status, uint8_t first, uint8_t second);
void take_param(Take *take, size_t frame, ParamId param, float value);

/// Plays on, in blocks of 256.
void take_play(Take *take, size_t frames);

/// Plays on in blocks of this size, 1..ENGINE_BLOCK_MAX_FRAMES.
void take_play_blocks(Take *take, size_t frames, uint32_t block_frames);

/// A take of `seconds` with one note from its start on.
Take take_note(const Patch *patch, uint8_t key, uint8_t velocity, double seconds);

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
