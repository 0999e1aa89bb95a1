// Keeps the frames of the main thread's events in order, and ends what sounds without a click.
#include "app/live/live_play.h"

#include "app/live/live_state.h"
#include "engine/midi/midi_names.h"
#include "platform/clock.h"

enum {
    FADE_NS = 10 * 1000 * 1000,       // for voices that fade in 5 ms
    FADE_LATE_NS = 300 * 1000 * 1000, // for an output that does not keep up
    FADE_LOOK_NS = 1000 * 1000,
};

static const uint64_t NS_PER_SECOND = 1000000000;

bool live_plays(const Live *live, Error *error) {
    if (live->suspended) {
        error_set(error, "the sound is off while this machine is measured; wait for its end, or cancel it");
    }
    return !live->suspended;
}

// Frames of one source never go back.
static uint64_t next_frame(Live *live) {
    uint64_t frame = engine_frame(live->engine);
    live->last_pushed_frame = frame > live->last_pushed_frame ? frame : live->last_pushed_frame;
    return live->last_pushed_frame;
}

bool live_push(Live *live, Event event) {
    if (live->suspended && event.kind == EVENT_MIDI) {
        return true; // not to sound all at once when the sound is back
    }
    event.frame = next_frame(live);
    bool pushed = engine_push(live->engine, EVENT_SOURCE_MAIN, &event);
    if (pushed) {
        heard_push(&live->heard[EVENT_SOURCE_MAIN], &event);
    }
    return pushed;
}

bool live_choose_patch(Live *live, int part, int32_t index, Error *error) {
    return parts_choose(&live->parts, live->engine, next_frame(live), part, index, error);
}

bool live_rename_patch(Live *live, int part, int32_t index, Error *error) {
    return parts_rename(&live->parts, live->engine, next_frame(live), part, index, error);
}

bool live_replace_patch(Live *live, int32_t index, const Patch *patch, Error *error) {
    return parts_replace(&live->parts, live->engine, next_frame(live), index, patch, error);
}

int32_t live_part_patch(Live *live, int part, Patch *patch) {
    return parts_playing(&live->parts, live->engine, part, patch);
}

bool live_heard(Live *live, Event *event) {
    uint64_t frame = engine_frame(live->engine) + 1;
    for (int source = 0; source < EVENT_SOURCE_COUNT; source++) {
        if (heard_pop(&live->heard[source], frame, event)) {
            return true;
        }
    }
    return false;
}

void live_scope(const Live *live, float *const channels[CHANNEL_COUNT], uint32_t frames) {
    scope_read(&live->callback.scope, channels, frames);
}

// No panic, which would also turn wheels, volumes and tunings back.
static Event sound_off(int part) {
    return (Event){.kind = EVENT_MIDI, .midi = {(uint8_t)(MIDI_CONTROLLER | part), MIDI_CC_ALL_SOUND_OFF, 0}};
}

void live_fade(Live *live) {
    if (!output_running(live->output)) {
        return;
    }
    engine_hush(live->engine, true); // a song has sent its next notes ahead
    for (int part = 0; part < PART_COUNT; part++) {
        live_push(live, sound_off(part));
    }
    uint64_t end_frame =
        engine_frame(live->engine) + live->engine_config.rate_hz * (uint64_t)FADE_NS / NS_PER_SECOND;
    uint64_t due_ns = clock_now_ns() + FADE_NS + 2 * callback_largest_ns(&live->callback);
    clock_sleep_until_ns(due_ns);
    while (engine_frame(live->engine) < end_frame && clock_now_ns() < due_ns + FADE_LATE_NS) {
        clock_sleep_until_ns(clock_now_ns() + FADE_LOOK_NS);
    }
}

void live_hear_the_end(Live *live, uint64_t frame) {
    for (int source = 0; source < EVENT_SOURCE_COUNT; source++) {
        heard_restart(&live->heard[source], frame + 1);
    }
    for (int part = 0; part < PART_COUNT; part++) {
        Event event = sound_off(part);
        heard_push(&live->heard[EVENT_SOURCE_COUNT - 1], &event); // the last to be listened to
    }
}
