// Puts live play together and takes it apart, and looks after what may go wrong meanwhile.
#include "app/live/live.h"

#include "app/live/live_midi.h"
#include "app/live/live_notices.h"
#include "app/live/live_output.h"
#include "app/live/live_play.h"
#include "app/live/live_record.h"
#include "app/live/live_sources.h"
#include "app/live/live_state.h"
#include "platform/midi_ports.h"

#include <stdlib.h>
#include <string.h>

// False with error filled when the engine does not take them, which holds more than there are.
static bool bind_learned(Live *live, Error *error) {
    Event event;
    for (int param = 0; param < PARAM_COUNT; param++) {
        if (learned_event(&live->learned, (ParamId)param, &event) && !live_push(live, event)) {
            error_set(error, "the learned controllers find no room in the engine; start again");
            return false;
        }
    }
    learned_told(&live->learned, live->last_pushed_frame);
    return true;
}

Live *live_create(const LiveConfig *config, Error *error) {
    Live *live = calloc(1, sizeof *live);
    if (!live) {
        error_set(error, "out of memory; close other programs");
        return NULL;
    }
    parts_init(&live->parts, config->bank);
    Error unread;
    if (!learned_init(&live->learned, config->settings, &unread)) {
        live_notice_add(live, &unread);
    }
    live->song = config->song;
    live->show_messages = config->show_messages;
    OutputPlan plan;
    if (!output_request_copy(&live->request, &config->output, error) ||
        !live_plan(live, &live->request, &plan, error) ||
        !output_request_settle(&live->request, &config->output, &plan, error) ||
        !live_midi_open(live, config->midi, config->midi_count, error)) {
        goto failed;
    }
    EngineConfig engine_config = config->engine;
    engine_config.rate_hz = plan.rate_hz;
    // What is recorded and heard begins when all is there to record and to hear it.
    if (!live_build(live, &engine_config, &plan, error) || !bind_learned(live, error) ||
        (config->record && !live_record_start(live, config->record, error)) ||
        !live_sources_start(live, 0, error)) {
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
    output_request_free(&live->request);
    free(live);
    return kept;
}

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
    live_output_watch(live);
    live_record_watch(live);
    live_midi_watch(live);
    Error notice;
    if (learned_watch(&live->learned, live->engine, &notice)) {
        live_notice_add(live, &notice);
    }
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
