// Plays notes on a real engine, to be measured.
#ifndef TESTS_SUPPORT_TAKE_H
#define TESTS_SUPPORT_TAKE_H

#include "engine/engine.h"
#include "tests/support/measure.h"

#include <stddef.h>
#include <stdint.h>

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
Take take_start_in(Quality quality, const Patch *patch, uint32_t polyphony);
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
Take take_note_in(Quality quality, const Patch *patch, uint8_t key, uint8_t velocity, double seconds);

#endif
