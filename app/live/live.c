// Starts and ends live play, and keeps its song, inputs and recording going.
#include "app/live/live.h"

#include "app/live/live_state.h"
#include "engine/midi/midi_names.h"
#include "platform/clock.h"
#include "platform/midi_ports.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum {
    FADE_NS = 10 * 1000 * 1000,       // for voices that fade in 5 ms
    FADE_LATE_NS = 300 * 1000 * 1000, // for an output that does not keep up
    FADE_LOOK_NS = 1000 * 1000,
};

static const uint64_t NS_PER_SECOND = 1000000000;

void live_notice_add(Live *live, const Error *notice) {
    if (live->notice_count < NOTICES_MAX) {
        live->notices[live->notice_count++] = *notice;
    }
}

bool live_plays(const Live *live, Error *error) {
    if (live->suspended) {
        error_set(error, "the sound is off while this machine is measured; wait for its end, or cancel it");
    }
    return !live->suspended;
}

bool live_notice(Live *live, Error *notice) {
    if (live->notice_count == 0) {
        return false;
    }
    *notice = live->notices[0];
    live->notice_count--;
    memmove(live->notices, live->notices + 1, live->notice_count * sizeof live->notices[0]);
    return true;
}

// The song and the inputs lean on the engine and its clock: they stop before it is replaced and start after.
uint64_t live_sources_stop(Live *live) {
    uint64_t position = live->player ? song_player_position(live->player) : 0;
    song_player_destroy(live->player);
    live->player = NULL;
    input_destroy(live->input);
    live->input = NULL;
    return position;
}

// No panic, which would also turn wheels, volumes and tunings back.
Event live_sound_off(int part) {
    return (Event){.kind = EVENT_MIDI, .midi = {(uint8_t)(MIDI_CONTROLLER | part), MIDI_CC_ALL_SOUND_OFF, 0}};
}

void live_fade(Live *live) {
    if (!output_running(live->output)) {
        return;
    }
    engine_hush(live->engine, true); // a song has sent its next notes ahead
    for (int part = 0; part < PART_COUNT; part++) {
        live_push(live, live_sound_off(part));
    }
    uint64_t end_frame =
        engine_frame(live->engine) + live->engine_config.rate_hz * (uint64_t)FADE_NS / NS_PER_SECOND;
    uint64_t due_ns = clock_now_ns() + FADE_NS + 2 * callback_largest_ns(&live->callback);
    clock_sleep_until_ns(due_ns);
    while (engine_frame(live->engine) < end_frame && clock_now_ns() < due_ns + FADE_LATE_NS) {
        clock_sleep_until_ns(clock_now_ns() + FADE_LOOK_NS);
    }
}

bool live_song_start(Live *live, uint64_t position, Error *error) {
    if (live->song) {
        live->player = song_player_create(live->song, live->engine, &live->heard[EVENT_SOURCE_SONG],
                                          live->engine_config.rate_hz, position, error);
    }
    return !live->song || live->player;
}

Live *live_create(const LiveConfig *config, Error *error) {
    Live *live = calloc(1, sizeof *live);
    if (!live) {
        error_set(error, "out of memory; close other programs");
        return NULL;
    }
    live->bank = *config->bank;
    live->song = config->song;
    live->show_messages = config->show_messages;
    OutputPlan plan;
    if (!live_request_copy(&live->request, &config->output, error) ||
        !live_plan(live, &live->request, &plan, error) ||
        !live_request_settle(&live->request, &config->output, &plan, error) ||
        !live_midi_open(live, config->midi, config->midi_count, error)) {
        goto failed;
    }
    EngineConfig engine_config = config->engine;
    engine_config.rate_hz = plan.rate_hz;
    // What is recorded and heard begins when all is there to record and to hear it.
    if (!live_build(live, &engine_config, &plan, error) ||
        (config->record && !live_record_start(live, config->record, error)) ||
        !live_song_start(live, 0, error) || !live_input_start(live, error)) {
        goto failed;
    }
    return live;

failed:
    live_destroy(live, NULL);
    return NULL;
}

bool live_destroy(Live *live, Error *error) {
    if (!live) {
        return true;
    }
    live_sources_stop(live);
    live_fade(live);
    live_output_close(live);
    bool kept = !live->recorder || live_record_stop(live, NULL, error);
    engine_destroy(live->engine);
    live_audio_close(live);
    if (live->midi_started) {
        midi_system_stop();
    }
    live_request_free(&live->request);
    free(live);
    return kept;
}

bool live_record_start(Live *live, const char *path, Error *error) {
    if (live->recorder) {
        error_set(error, "%s: a recording runs already; stop it first", path);
        return false;
    }
    if (!live_plays(live, error)) {
        return false;
    }
    live->recorder = recorder_create(path, live->engine_config.rate_hz, error);
    if (live->recorder) {
        live->recorder_failure_told = false;
        callback_set_take(&live->callback, recorder_ring(live->recorder));
    }
    return live->recorder != NULL;
}

bool live_record_stop(Live *live, RecorderFigures *figures, Error *error) {
    if (!live->recorder) {
        error_set(error, "nothing is recorded; start a recording first");
        return false;
    }
    callback_set_take(&live->callback, NULL);
    Recorder *recorder = live->recorder;
    live->recorder = NULL;
    RecorderFigures own;
    bool whole = recorder_finish(recorder, &own, error);
    if (whole && own.lost_frames > 0) {
        error_set(error, "the recording lacks %" PRIu64 " frames: the disk was too slow; use a faster one",
                  own.lost_frames);
        whole = false;
    }
    if (figures) {
        *figures = own;
    }
    return whole;
}

bool live_recording(const Live *live, RecorderFigures *figures) {
    if (live->recorder) {
        recorder_figures(live->recorder, figures);
    }
    return live->recorder != NULL;
}

bool live_song_playing(const Live *live) {
    return live->player && !song_player_done(live->player);
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

bool live_set_patch(Live *live, int32_t index, const Patch *patch) {
    if (index < 0 || (uint32_t)index >= live->bank.patch_count) {
        return true;
    }
    live->bank.patches[index] = *patch;
    const Event event = {.kind = EVENT_BANK, .part = (uint8_t)index, .frame = next_frame(live)};
    return engine_push_patch(live->engine, &event, patch->values, 0);
}
_Static_assert(BANK_PATCHES_MAX <= UINT8_MAX + 1, "an event's part holds a bank index");

// Workers follow the thread that calls back; what the system refuses them is told once.
static void match_priority(Live *live) {
    ThreadPriority priority;
    if (callback_take_priority(&live->callback, &priority)) {
        engine_match_audio_thread(live->engine, priority);
        engine_join_workgroup(live->engine,
                              output_workgroup(live->output, callback_largest_ns(&live->callback)));
        live->grants_to_tell = true;
        live->audio_priority = priority;
        return;
    }
    Error refused;
    if (live->grants_to_tell && grant_text_of_engine(live->engine, live->audio_priority, live->grants)) {
        live->grants_to_tell = false;
        live->grants_new = true;
        if (engine_notice(live->engine, &refused)) {
            live_notice_add(live, &refused);
        }
    }
}

bool live_grants(Live *live, char text[GRANTS_TEXT_BYTES]) {
    bool is_new = live->grants_new;
    if (is_new) {
        memcpy(text, live->grants, GRANTS_TEXT_BYTES);
    }
    live->grants_new = false;
    return is_new;
}

void live_watch(Live *live) {
    if (live->suspended) {
        return;
    }
    match_priority(live);
    if (live->midi_started) {
        midi_ports_refresh();
    }
    if (!live->lost && !output_running(live->output)) {
        live_output_lose(live);
    } else if (live->lost) {
        live_output_look(live);
    }
    Error trouble;
    if (live->recorder && !live->recorder_failure_told && recorder_failed(live->recorder, &trouble)) {
        live->recorder_failure_told = true;
        live_notice_add(live, &trouble);
    }
    live_midi_watch(live);
}

Engine *live_engine(const Live *live) {
    return live->engine;
}

const EngineConfig *live_engine_config(const Live *live) {
    return &live->engine_config;
}

const OutputPlan *live_output(const Live *live) {
    return &live->plan;
}

double live_latency_seconds(const Live *live) {
    double output_seconds = output_latency_seconds(live->output);
    double delay_frames = engine_delay_frames(live->engine);
    return output_seconds > 0 ? output_seconds + delay_frames / live->engine_config.rate_hz : 0;
}

bool live_lost(const Live *live) {
    return live->lost;
}

uint32_t live_block_frames(const Live *live) {
    return atomic_load_explicit(&live->callback.largest_frames, memory_order_relaxed);
}

const AudioList *live_audio_list(const Live *live) {
    return live->audio_list;
}

uint64_t live_first_sound_ns(const Live *live) {
    return atomic_load_explicit(&live->callback.first_sound_ns, memory_order_relaxed);
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
