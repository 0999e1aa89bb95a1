// Hands a song's events to the engine shortly before they are due, in its order and no faster than they fit.
#ifndef APP_LIVE_SONG_FEED_H
#define APP_LIVE_SONG_FEED_H

#include "app/live/heard.h"
#include "engine/engine.h"
#include "engine/midi/smf.h"

#include <stdbool.h>
#include <stdint.h>

/// Where in the song and on the engine's time line. Set by song_feed_init only.
typedef struct SongFeed {
    const Smf *smf; // must outlive the feed
    uint32_t rate_hz;
    uint64_t engine_start; // engine's frame at which the song is at song_start
    uint64_t song_start;   // what comes before has been sent already
    uint64_t song_frames;  // its length
    size_t next;           // event to push
    size_t silenced;       // messages sent after the end, so that no note hangs
} SongFeed;

/// song_start: 0..its length. [main-thread]
void song_feed_init(SongFeed *feed, const Smf *smf, uint32_t rate_hz, uint64_t engine_start,
                    uint64_t song_start);

/// Pushes every event before engine frame `until`, a copy also to heard unless NULL. Returns the frame up to
/// which the engine now knows all: `until`, or that of the first event for which there was no room. [the
/// thread of `source`]
uint64_t song_feed_push(SongFeed *feed, Engine *engine, EventSource source, Heard *heard, uint64_t until);

/// True when all events and the releases after them are pushed. [the same thread]
bool song_feed_done(const SongFeed *feed);

/// The engine's frame at which the song ends. [the same thread]
uint64_t song_feed_end(const SongFeed *feed);

#endif
