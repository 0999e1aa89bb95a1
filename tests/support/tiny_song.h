// Two songs of a few notes, and a bank to play them with.
#ifndef TESTS_SUPPORT_TINY_SONG_H
#define TESTS_SUPPORT_TINY_SONG_H

#include "engine/engine.h"
#include "engine/midi/smf.h"

/// Three notes of half a second each, one after the other. Caller owns.
Smf *tiny_song(void);

/// One note that is never let go, in a song of one second. Caller owns.
Smf *tiny_song_held(void);

/// One patch, as patch_init leaves it, for everything. Static.
const Bank *tiny_bank(void);

#endif
