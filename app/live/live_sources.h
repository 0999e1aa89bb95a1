// The song and the inputs: what plays by itself, and stops while the engine or the output is replaced.
#ifndef APP_LIVE_LIVE_SOURCES_H
#define APP_LIVE_LIVE_SOURCES_H

#include "platform/error.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct Live Live;

/// Does a song play? [main-thread]
bool live_song_playing(const Live *live);

// For live play's own files.

/// Begins the song, if there is one, at that frame of it, and listens to the inputs. False with error filled
/// when either is refused. [main-thread]
bool live_sources_start(Live *live, uint64_t position, Error *error);

/// Stops both, which lean on the engine and its clock. Returns where in the song it was. [main-thread]
uint64_t live_sources_stop(Live *live);

/// Drops what the song has sent ahead: it comes again when it goes on. [main-thread, the sources stopped and
/// no output open]
void live_sources_forget_ahead(Live *live);

#endif
