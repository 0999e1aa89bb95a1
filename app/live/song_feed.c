// Walks through a song's events; after the last one every channel is told to let its notes go.
#include "app/live/song_feed.h"

#include "engine/midi/midi_names.h"
#include "engine/midi/midi_parser.h"

enum {
    SILENCING_MESSAGES = 2 * PART_COUNT,
};

void song_feed_init(SongFeed *feed, const Smf *smf, uint32_t rate_hz, uint64_t engine_start,
                    uint64_t song_start) {
    *feed = (SongFeed){.smf = smf,
                       .rate_hz = rate_hz,
                       .engine_start = engine_start,
                       .song_start = song_start,
                       .song_frames = smf_length_frames(smf, rate_hz)};
}

static uint64_t to_engine_frame(const SongFeed *feed, uint64_t song_frame) {
    return song_frame > feed->song_start ? feed->engine_start + (song_frame - feed->song_start)
                                         : feed->engine_start;
}

// Message number `index` of those after the end: each channel's pedal up, then its notes off.
static Event silencing_event(const SongFeed *feed, size_t index) {
    Event event;
    uint8_t controller = index % 2 == 0 ? MIDI_CC_SUSTAIN : MIDI_CC_ALL_NOTES_OFF;
    midi_channel_event((uint8_t)(MIDI_CONTROLLER | index / 2), controller, 0, &event);
    event.frame = song_feed_end(feed);
    return event;
}

static bool push(Engine *engine, EventSource source, Heard *heard, const Event *event) {
    bool pushed = engine_push(engine, source, event);
    if (pushed && heard) {
        heard_push(heard, event);
    }
    return pushed;
}

uint64_t song_feed_push(SongFeed *feed, Engine *engine, EventSource source, Heard *heard, uint64_t until) {
    size_t count = smf_event_count(feed->smf);
    for (; feed->next < count; feed->next++) {
        Event event = smf_event(feed->smf, feed->next, feed->rate_hz);
        if (event.frame < feed->song_start) { // done, and what was turned since must stay
            continue;
        }
        event.frame = to_engine_frame(feed, event.frame);
        if (event.frame >= until) {
            return until;
        }
        if (!push(engine, source, heard, &event)) {
            return event.frame;
        }
    }
    for (; feed->silenced < SILENCING_MESSAGES && song_feed_end(feed) < until; feed->silenced++) {
        Event event = silencing_event(feed, feed->silenced);
        if (!push(engine, source, heard, &event)) {
            return event.frame;
        }
    }
    return until;
}

bool song_feed_done(const SongFeed *feed) {
    return feed->next == smf_event_count(feed->smf) && feed->silenced == SILENCING_MESSAGES;
}

uint64_t song_feed_end(const SongFeed *feed) {
    return to_engine_frame(feed, feed->song_frames);
}
