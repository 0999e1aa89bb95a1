// Feeds a song to the engine from a thread that wakes a few times in each look-ahead.
#include "app/live/song_player.h"

#include "app/live/song_feed.h"
#include "platform/clock.h"
#include "platform/thread.h"

#include <stdatomic.h>
#include <stdlib.h>

static const double LOOK_AHEAD_SECONDS = 0.2; // a busy machine leaves an ordinary thread waiting for so long
enum { FEED_PERIOD_NS = 20 * 1000 * 1000 };   // ten looks in each look-ahead

struct SongPlayer {
    Engine *engine;
    Heard *heard;
    uint32_t rate_hz;
    uint64_t engine_start;
    uint64_t song_start;
    SongFeed feed; // the thread's own
    Thread *thread;
    _Atomic bool stop;
    _Atomic bool done;
};

static void feed_ahead(SongPlayer *player) {
    uint64_t ahead = (uint64_t)(LOOK_AHEAD_SECONDS * player->rate_hz);
    song_feed_push(&player->feed, player->engine, EVENT_SOURCE_SONG, player->heard,
                   engine_frame(player->engine) + ahead);
}

static void run(void *argument) {
    SongPlayer *player = argument;
    // Both flags stand alone: nothing is read on their account.
    while (!atomic_load_explicit(&player->stop, memory_order_relaxed)) {
        feed_ahead(player);
        if (song_feed_done(&player->feed) && engine_frame(player->engine) >= song_feed_end(&player->feed)) {
            atomic_store_explicit(&player->done, true, memory_order_relaxed);
            return;
        }
        clock_sleep_until_ns(clock_now_ns() + FEED_PERIOD_NS);
    }
}

SongPlayer *song_player_create(const Smf *smf, Engine *engine, Heard *heard, uint32_t rate_hz,
                               uint64_t song_start, Error *error) {
    SongPlayer *player = calloc(1, sizeof *player);
    if (!player) {
        error_set(error, "%s: out of memory; close other programs", smf_name(smf));
        return NULL;
    }
    player->engine = engine;
    player->heard = heard;
    player->rate_hz = rate_hz;
    player->engine_start = engine_frame(engine);
    player->song_start = song_start;
    song_feed_init(&player->feed, smf, rate_hz, player->engine_start, song_start);
    feed_ahead(player); // so that the first block already has its notes
    player->thread = thread_create("song", run, player, error);
    if (!player->thread) {
        free(player);
        return NULL;
    }
    return player;
}

void song_player_destroy(SongPlayer *player) {
    if (player) {
        atomic_store_explicit(&player->stop, true, memory_order_relaxed);
        thread_join(player->thread);
        free(player);
    }
}

bool song_player_done(const SongPlayer *player) {
    return atomic_load_explicit(&player->done, memory_order_relaxed);
}

uint64_t song_player_position(const SongPlayer *player) {
    return engine_frame(player->engine) - player->engine_start + player->song_start;
}
