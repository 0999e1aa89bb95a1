// Goes back to what played before when a change is refused, and to silence when a device goes away.
#include "app/live/live_output.h"

#include "app/live/live_notices.h"
#include "app/live/live_play.h"
#include "app/live/live_sources.h"
#include "app/live/live_state.h"
#include "platform/clock.h"

#include <inttypes.h>
#include <string.h>

// Between looks for a lost device: each interrupts the main thread.
enum { LOOK_PERIOD_NS = 2 * 1000 * 1000 * 1000u };

void live_audio_close(Live *live) {
    audio_list_destroy(live->audio_list);
    live->audio_list = NULL;
    if (live->audio_started) {
        audio_system_stop();
        live->audio_started = false;
    }
}

bool live_audio_open(Live *live, Error *error) {
    if (live->audio_list) {
        return true;
    }
    live->audio_started = audio_system_start(live->show_messages, error);
    live->audio_list = live->audio_started ? audio_list_create(error) : NULL;
    if (!live->audio_list) {
        live_audio_close(live);
        return false;
    }
    return true;
}

bool live_plan(Live *live, const OutputRequest *request, OutputPlan *plan, Error *error) {
    if (output_request_is_null(request)) {
        return output_plan(request, NULL, plan, error);
    }
    bool nothing_asked = !request->api && !request->device;
    bool there = live_audio_open(live, error) && output_plan(request, live->audio_list, plan, error);
    if (there || !nothing_asked || (live->audio_list && live->audio_list->default_device != AUDIO_NONE)) {
        return there;
    }
    output_plan_silent(request, plan);
    Error notice;
    error_set(&notice, "No audio output was found: playing silently. Connect one or start a JACK server, "
                       "then start Polycore again.");
    live_notice_add(live, &notice);
    return true;
}

// Replaces the engine by one of that configuration, with nothing running. False with error filled: the old
// one stays.
static bool engine_replace(Live *live, const EngineConfig *config, Error *error) {
    Engine *engine = engine_create(config, &live->parts.bank, error);
    if (!engine) {
        return false;
    }
    if (live->engine) {
        engine_take_parts(engine, live->engine);
        live_hear_the_end(live, engine_frame(live->engine));
        engine_destroy(live->engine);
    }
    live->engine = engine;
    live->engine_config = *config;
    live->last_pushed_frame = 0;
    parts_restart(&live->parts);
    SoundRing *ring = live->recorder ? recorder_ring(live->recorder) : NULL;
    uint64_t first_sound_ns = atomic_load_explicit(&live->callback.first_sound_ns, memory_order_relaxed);
    callback_init(&live->callback, engine, config->rate_hz);
    live->callback.first_sound_ns = first_sound_ns;
    callback_set_take(&live->callback, ring);
    return true;
}

bool live_build(Live *live, const EngineConfig *config, const OutputPlan *plan, Error *error) {
    EngineConfig wanted = *config;
    wanted.rate_hz = plan->rate_hz;
    bool same = live->engine && engine_config_same(&wanted, &live->engine_config);
    if (!same && !engine_replace(live, &wanted, error)) {
        return false;
    }
    engine_hush(live->engine, false);
    live->output = output_open(plan, &live->callback, live->show_messages, error);
    if (live->output) {
        live->plan = *plan;
    }
    return live->output != NULL;
}

void live_output_close(Live *live) {
    if (live->output) {
        engine_leave_workgroup(live->engine); // it ends with the stream
    }
    output_close(live->output);
    live->output = NULL;
}

// Builds what was before; the null output is the last resort.
static void build_again(Live *live, const EngineConfig *config, const OutputPlan *plan) {
    Error trouble;
    if (live_build(live, config, plan, &trouble)) {
        return;
    }
    OutputRequest silent = {.rate_hz = config->rate_hz};
    OutputPlan last_resort;
    output_plan_silent(&silent, &last_resort);
    live_notice_add(live, &trouble);
    live_build(live, config, &last_resort, &trouble);
    live->lost = true;
}

static void sources_start(Live *live, uint64_t position) {
    Error trouble;
    if (!live_sources_start(live, position, &trouble)) {
        live_notice_add(live, &trouble);
    }
}

// Stops, builds anew and goes on; when that is refused, what was before is built again.
static bool rebuild(Live *live, const EngineConfig *config, const OutputPlan *plan, Error *error) {
    EngineConfig old_config = live->engine_config;
    OutputPlan old_plan = live->plan;
    bool rate_changes = plan->rate_hz != old_config.rate_hz;
    if (!live_plays(live, error)) {
        return false;
    }
    if (rate_changes && live->recorder) {
        error_set(error,
                  "the rate cannot change from %" PRIu32 " to %" PRIu32
                  " Hz within a recording; stop it first",
                  old_config.rate_hz, plan->rate_hz);
        return false;
    }
    uint64_t position = live_sources_stop(live);
    live_fade(live);
    live_output_close(live);
    live_sources_forget_ahead(live);
    bool built = live_build(live, config, plan, error);
    if (!built) {
        build_again(live, &old_config, &old_plan);
    } else if (rate_changes) {
        position = (uint64_t)((double)position * plan->rate_hz / old_config.rate_hz);
    }
    sources_start(live, position);
    return built;
}

bool live_suspend(Live *live, Error *error) {
    if (live->recorder) {
        error_set(error, "the sound cannot be switched off within a recording; stop it first");
        return false;
    }
    if (!live->suspended) {
        live->suspended_position = live_sources_stop(live);
        live_fade(live);
        live_output_close(live);
        live_sources_forget_ahead(live);
        live->suspended = true;
    }
    return true;
}

void live_resume(Live *live) {
    if (live->suspended) {
        EngineConfig config = live->engine_config;
        OutputPlan plan = live->plan;
        live->suspended = false;
        build_again(live, &config, &plan);
        sources_start(live, live->suspended_position);
    }
}

bool live_set_output(Live *live, const OutputRequest *request, Error *error) {
    OutputPlan plan;
    if (!live_plan(live, request, &plan, error) || !rebuild(live, &live->engine_config, &plan, error)) {
        return false;
    }
    live->lost = false;
    return output_request_settle(&live->request, request, &plan, error);
}

bool live_set_engine(Live *live, const EngineConfig *config, Error *error) {
    if (!live_plays(live, error)) {
        return false;
    }
    EngineConfig wanted = live->engine_config;
    wanted.quality = config->quality;
    EngineConfig asked = *config;
    asked.rate_hz = wanted.rate_hz;
    if (!engine_config_same(&asked, &wanted) || !engine_set_quality(live->engine, wanted.quality)) {
        return rebuild(live, config, &live->plan, error);
    }
    live->engine_config = wanted;
    return true;
}

// Silence keeps the song, the meters and a recording going until the device is back.
static void lose(Live *live) {
    Error notice;
    live->lost = true;
    live->next_look_ns = clock_now_ns() + LOOK_PERIOD_NS;
    OutputRequest request = {.rate_hz = live->plan.rate_hz, .block_frames = live->plan.block_frames};
    OutputPlan silent;
    output_plan_silent(&request, &silent);
    char device[AUDIO_NAME_BYTES];
    memcpy(device, live->plan.device, sizeof device);
    if (!rebuild(live, &live->engine_config, &silent, &notice)) {
        live_notice_add(live, &notice);
    }
    error_set(&notice, "%s went away: playing silently%s", device,
              audio_system_restartable() ? " until it is back." : "; start Polycore again when it is back.");
    live_notice_add(live, &notice);
}

// A part of its name would do to ask for a device, not to take another one for it.
static bool is_the_lost(const OutputRequest *request, const OutputPlan *plan) {
    return !request->device || strcmp(request->device, plan->device) == 0;
}

static void look(Live *live) {
    if (clock_now_ns() < live->next_look_ns || !audio_system_restartable()) {
        return;
    }
    live->next_look_ns = clock_now_ns() + LOOK_PERIOD_NS;
    live_audio_close(live); // PortAudio sees new devices only when it starts
    Error trouble;
    OutputPlan plan;
    if (!audio_system_restartable() || !live_audio_open(live, &trouble) ||
        !output_plan(&live->request, live->audio_list, &plan, &trouble) ||
        !is_the_lost(&live->request, &plan) || !rebuild(live, &live->engine_config, &plan, &trouble)) {
        return;
    }
    live->lost = false;
    Error notice;
    error_set(&notice, "%s is back.", live->plan.device);
    live_notice_add(live, &notice);
}

void live_output_watch(Live *live) {
    if (!live->lost && !output_running(live->output)) {
        lose(live);
    } else if (live->lost) {
        look(live);
    }
}
