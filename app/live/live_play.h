// Hands the main thread's events to the engine, and tells what has reached it from every source.
#ifndef APP_LIVE_LIVE_PLAY_H
#define APP_LIVE_LIVE_PLAY_H

#include "app/live/scope.h"
#include "engine/event.h"
#include "engine/patch/patch.h"
#include "platform/error.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct Live Live;

/// Hands an event to the engine as soon as may be; its frame is filled in. False when the engine's ring is
/// full. Not for EVENT_PATCH and EVENT_BANK. [main-thread]
bool live_push(Live *live, Event event);

/// What parts play, by app/live/parts.h: a patch chosen for the next notes, what plays under another name,
/// one that was saved, and what plays now. [main-thread]
bool live_choose_patch(Live *live, int part, int32_t index, Error *error);
bool live_rename_patch(Live *live, int part, int32_t index, Error *error);
bool live_replace_patch(Live *live, int32_t index, const Patch *patch, Error *error);
int32_t live_part_patch(Live *live, int part, Patch *patch);

/// Takes the next event that has reached the engine, from whatever source. False when there is none. Where
/// nobody asks for long some are left out: it is only for show. [main-thread]
bool live_heard(Live *live, Event *event);

/// Copies the newest frames of the output, the newest last. frames: 1..SCOPE_READ_FRAMES. [main-thread]
void live_scope(const Live *live, float *const channels[CHANNEL_COUNT], uint32_t frames);

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
