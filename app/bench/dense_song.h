// A song for many voices, made by rule: the same one everywhere.
#ifndef APP_BENCH_DENSE_SONG_H
#define APP_BENCH_DENSE_SONG_H

#include "engine/midi/smf.h"

enum {
    DENSE_SONG_SECONDS = 120,
    DENSE_SONG_POLYPHONY = 512, // with which it is meant to be played
};

/// Fifteen channels of wide chords that change each eighth of a second, here few of them and there most. NULL
/// with error filled when memory is refused. Caller owns the result. [main-thread]
Smf *dense_song(Error *error);

#endif
