// Hands the main thread's events to the engine, and tells what has reached it from every source.
#ifndef APP_LIVE_LIVE_PLAY_H
#define APP_LIVE_LIVE_PLAY_H

#include "engine/event.h"
#include "engine/patch/patch.h"
#include "platform/error.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct Live Live;

/// Hands an event to the engine as soon as may be; its frame is filled in. False when the engine's ring is
/// full. [main-thread]
bool live_push(Live *live, Event event);

/// Has program changes to the bank's patch `index` play these values from now on; one past the bank's end is
/// chosen by no program. False when the engine's ring is full. [main-thread]
bool live_set_patch(Live *live, int32_t index, const Patch *patch);

/// Takes the next event that has reached the engine, from whatever source. False when there is none. Where
/// nobody asks for long some are left out: it is only for show. [main-thread]
bool live_heard(Live *live, Event *event);

/// Copies the newest frames of the output, the newest last. frames: 1..SCOPE_READ_FRAMES. [main-thread]
void live_scope(const Live *live, float *left, float *right, uint32_t frames);

// For live play's own files.

/// False with error filled while live_suspend holds. [main-thread]
bool live_plays(const Live *live, Error *error);

/// Fades what sounds, lets nothing else begin, and waits until it is silent, so that closing the output is
/// not heard. The sources are stopped; live_build ends it. [main-thread]
void live_fade(Live *live);

/// Notes that the engine was replaced at that frame of the old one: what that had reached is heard, and then
/// that its notes ended with it. [main-thread, the sources stopped]
void live_hear_the_end(Live *live, uint64_t frame);

#endif
