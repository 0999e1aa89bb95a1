// Knows by name which patch each part plays, and is the one way to choose another.
#ifndef APP_LIVE_PARTS_H
#define APP_LIVE_PARTS_H

#include "engine/engine.h"
#include "engine/patch/patch.h"
#include "platform/error.h"

#include <stdbool.h>
#include <stdint.h>

/// A patch on its way to the engine.
typedef struct PartChoice {
    bool waits;     // the engine has not been seen to play it
    uint32_t tag;   // as engine_part_patch tells it
    uint64_t frame; // its event's
} PartChoice;

/// The patches there are, in the library's order, and what was chosen. Only parts.c writes to it.
typedef struct Parts {
    Bank bank;      // for engine_create; programs choose from its first patch_count
    uint32_t known; // patches in it, those saved since the start too
    PartChoice choices[PART_COUNT];
} Parts;

/// bank: copied; its first_patch is what the command line asks for. [main-thread]
void parts_init(Parts *parts, const Bank *bank);

/// Has a part play a patch from its next note on; what sounds rings out in what it began with. part: 0..15.
/// index: in the library. frame: of the event, not before that of the last one from EVENT_SOURCE_MAIN. False
/// with error filled: no such patch, or the engine takes no more at once; the part plays on as it did.
/// [main-thread]
bool parts_choose(Parts *parts, Engine *engine, uint64_t frame, int part, int32_t index, Error *error);

/// Has what a part plays now count as another patch, as after saving it under a name of its own: its values
/// stay. As parts_choose in all else. [main-thread]
bool parts_rename(Parts *parts, Engine *engine, uint64_t frame, int part, int32_t index, Error *error);

/// Puts a patch that was saved in its place; programs that mean it play it as it is now, and parts that play
/// it stay as they are. index: in the library, 0..BANK_PATCHES_MAX-1. frame: as above. False with error
/// filled: the engine takes no more at once, and plays it as it was until the next engine. [main-thread]
bool parts_replace(Parts *parts, Engine *engine, uint64_t frame, int32_t index, const Patch *patch,
                   Error *error);

/// Which patch a part plays, by the engine's own word, whoever chose it; one that is on its way counts
/// already. Fills in its name and family, and the values as they are turned, which may be a block old.
/// Returns its index in the library. [main-thread]
int32_t parts_playing(Parts *parts, const Engine *engine, int part, Patch *patch);

/// Notes that another engine plays, whose frames begin anew. [main-thread]
void parts_restart(Parts *parts);

#endif
