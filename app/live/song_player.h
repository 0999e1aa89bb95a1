// Plays a song live: a thread of its own keeps the engine supplied with its events.
#ifndef APP_LIVE_SONG_PLAYER_H
#define APP_LIVE_SONG_PLAYER_H

#include "app/live/heard.h"
#include "engine/engine.h"
#include "engine/midi/smf.h"
#include "platform/error.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct SongPlayer SongPlayer;

/// Starts playing at song frame song_start, at the engine's present frame. engine, heard and smf must outlive
/// the player, which uses EVENT_SOURCE_SONG alone; what it sends also goes to heard. NULL with error filled
/// when the system refuses memory or a thread. [main-thread]
SongPlayer *song_player_create(const Smf *smf, Engine *engine, Heard *heard, uint32_t rate_hz,
                               uint64_t song_start, Error *error);

/// Stops. Notes that it began still sound, as after a key that is held: the caller says what becomes of them.
/// NULL is harmless. [main-thread]
void song_player_destroy(SongPlayer *player);

/// True when the song is over. [any-thread]
bool song_player_done(const SongPlayer *player);

/// Where the song is now, in its frames. [main-thread]
uint64_t song_player_position(const SongPlayer *player);

#endif
