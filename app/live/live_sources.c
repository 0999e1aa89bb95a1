// Starts the inputs and the song with the engine of now, and takes the song up where it was.
#include "app/live/live_sources.h"

#include "app/live/live_midi.h"
#include "app/live/live_state.h"

bool live_song_playing(const Live *live) {
    return live->player && !song_player_done(live->player);
}

static bool song_start(Live *live, uint64_t position, Error *error) {
    if (live->song) {
        live->player = song_player_create(live->song, live->engine, &live->heard[EVENT_SOURCE_SONG],
                                          live->engine_config.rate_hz, position, error);
    }
    return !live->song || live->player;
}

bool live_sources_start(Live *live, uint64_t position, Error *error) {
    return live_input_start(live, error) && song_start(live, position, error);
}

uint64_t live_sources_stop(Live *live) {
    uint64_t position = live->player ? song_player_position(live->player) : 0;
    song_player_destroy(live->player);
    live->player = NULL;
    input_destroy(live->input);
    live->input = NULL;
    return position;
}

void live_sources_forget_ahead(Live *live) {
    engine_forget(live->engine, EVENT_SOURCE_SONG);
    heard_restart(&live->heard[EVENT_SOURCE_SONG], engine_frame(live->engine) + 1);
}
