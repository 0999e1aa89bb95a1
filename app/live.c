// Holds the parts of live play together, and takes them apart and together again while it goes on.
#include "app/live.h"

#include "app/song_player.h"
#include "platform/clock.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum {
    NOTICES_MAX = 8,
    LOOK_PERIOD_NS =
        2 * 1000 * 1000 * 1000u, // between looks for a lost device: each interrupts the main thread
    FADE_NS = 20 * 1000 * 1000,  // for voices that fade in 5 ms, and a block before they begin to
};

struct Live {
    EngineConfig engine_config;
    Bank bank;
    Engine *engine;
    Callback callback;
    OutputRequest request; // its texts are owned
    OutputPlan plan;       // what plays; the null output while a device is lost
    Output *output;
    AudioList *audio_list;
    bool audio_started;
    bool show_messages;
    bool lost; // the device that request means went away
    uint64_t next_look_ns;

    MidiList midi;
    bool midi_started;
    Input *input;
    uint64_t overflows_told;

    Recorder *recorder;
    bool recorder_failure_told;
    const Smf *song;
    SongPlayer *player;
    uint64_t last_pushed_frame;
    Heard heard[EVENT_SOURCE_COUNT];

    Error notices[NOTICES_MAX]; // oldest first
    uint32_t notice_count;
};

static void add_notice(Live *live, const Error *notice) {
    if (live->notice_count < NOTICES_MAX) {
        live->notices[live->notice_count++] = *notice;
    }
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

static void free_request(OutputRequest *request) {
    free((char *)request->api);
    free((char *)request->device);
    *request = (OutputRequest){0};
}

static bool copy_request(OutputRequest *to, const OutputRequest *from, Error *error) {
    OutputRequest copy = *from;
    copy.api = from->api ? strdup(from->api) : NULL;
    copy.device = from->device ? strdup(from->device) : NULL;
    if ((from->api && !copy.api) || (from->device && !copy.device)) {
        free_request(&copy);
        error_set(error, "out of memory for the output's name; close other programs");
        return false;
    }
    free_request(to);
    *to = copy;
    return true;
}

static bool wants_null(const OutputRequest *request) {
    return request->api && strcmp(request->api, AUDIO_API_NULL) == 0;
}

static void close_audio_system(Live *live) {
    audio_list_destroy(live->audio_list);
    live->audio_list = NULL;
    if (live->audio_started) {
        audio_system_stop();
        live->audio_started = false;
    }
}

static bool open_audio_system(Live *live, Error *error) {
    live->audio_started = audio_system_start(live->show_messages, error);
    live->audio_list = live->audio_started ? audio_list_create(error) : NULL;
    if (!live->audio_list) {
        close_audio_system(live);
        return false;
    }
    return true;
}

// Decides what to open; nothing asked for and nothing there is the null output.
static bool make_plan(Live *live, const OutputRequest *request, OutputPlan *plan, Error *error) {
    if (wants_null(request)) {
        return output_plan(request, NULL, plan, error);
    }
    bool nothing_asked = !request->api && !request->device;
    bool there = (live->audio_list || open_audio_system(live, error)) &&
                 output_plan(request, live->audio_list, plan, error);
    if (there || !nothing_asked || (live->audio_list && live->audio_list->default_device != AUDIO_NONE)) {
        return there;
    }
    output_plan_silent(request, plan);
    Error notice;
    error_set(
        &notice,
        "No audio output was found: playing silently. Connect one, or start a JACK or PipeWire server.");
    add_notice(live, &notice);
    return true;
}

// The song and the inputs lean on the engine and its clock: they stop before it is replaced and start after.
static uint64_t stop_sources(Live *live) {
    uint64_t position = live->player ? song_player_position(live->player) : 0;
    song_player_destroy(live->player);
    live->player = NULL;
    input_destroy(live->input);
    live->input = NULL;
    return position;
}

static bool start_input(Live *live, Error *error) {
    Error trouble;
    live->overflows_told = 0;
    live->input = input_create(&live->midi, live->engine, &live->callback.clock,
                               &live->heard[EVENT_SOURCE_MIDI], &trouble, error);
    if (live->input && trouble.text[0]) {
        add_notice(live, &trouble);
    }
    return live->input != NULL;
}

static bool start_song(Live *live, uint64_t position, Error *error) {
    if (live->song) {
        live->player = song_player_create(live->song, live->engine, &live->heard[EVENT_SOURCE_SONG],
                                          live->engine_config.rate_hz, position, error);
    }
    return !live->song || live->player;
}

// Gives the new engine's parts the parameters that they had.
static void copy_parts(const Engine *from, Engine *to) {
    for (int part = 0; part < PART_COUNT; part++) {
        float values[PARAM_COUNT];
        engine_part_values(from, part, values);
        for (int id = 0; id < PARAM_COUNT; id++) {
            Event event = {
                .kind = EVENT_PARAM, .part = (uint8_t)part, .param = (uint16_t)id, .value = values[id]};
            engine_push(to, EVENT_SOURCE_MAIN, &event); // a new ring holds them all
        }
    }
}
_Static_assert(PART_COUNT *PARAM_COUNT <= EVENT_RING_EVENTS, "the parts' parameters fit in a new ring");

// Replaces the engine by one of that configuration, with nothing running. False with error filled: the old
// one stays.
static bool replace_engine(Live *live, const EngineConfig *config, Error *error) {
    Engine *engine = engine_create(config, &live->bank, error);
    if (!engine) {
        return false;
    }
    if (live->engine) {
        copy_parts(live->engine, engine);
        engine_destroy(live->engine);
    }
    live->engine = engine;
    live->engine_config = *config;
    live->last_pushed_frame = 0;
    for (int source = 0; source < EVENT_SOURCE_COUNT; source++) {
        for (Event event; heard_pop(&live->heard[source], UINT64_MAX, &event);) {
        }
    }
    SoundRing *ring = live->recorder ? recorder_ring(live->recorder) : NULL;
    uint64_t first_sound_ns = live_first_sound_ns(live);
    callback_init(&live->callback, engine, config->rate_hz);
    live->callback.first_sound_ns = first_sound_ns;
    callback_set_take(&live->callback, ring);
    return true;
}

// Makes engine and output what is asked for, with nothing running. False with error filled when either
// refuses.
static bool build(Live *live, const EngineConfig *config, const OutputPlan *plan, Error *error) {
    EngineConfig wanted = *config;
    wanted.rate_hz = plan->rate_hz;
    bool same = live->engine && memcmp(&wanted, &live->engine_config, sizeof wanted) == 0;
    if (!same && !replace_engine(live, &wanted, error)) {
        return false;
    }
    live->output = output_open(plan, &live->callback, live->show_messages, error);
    if (live->output) {
        live->plan = *plan;
    }
    return live->output != NULL;
}

// Stops, builds anew and goes on; when that is refused, what was before is built again. The null output is
// the last resort.
static bool rebuild(Live *live, const EngineConfig *config, const OutputPlan *plan, Error *error) {
    EngineConfig old_config = live->engine_config;
    OutputPlan old_plan = live->plan;
    bool rate_changes = plan->rate_hz != old_config.rate_hz;
    if (rate_changes && live->recorder) {
        error_set(error,
                  "the rate cannot change from %" PRIu32 " to %" PRIu32
                  " Hz within a recording; stop it first",
                  old_config.rate_hz, plan->rate_hz);
        return false;
    }
    uint64_t position = stop_sources(live);
    output_close(live->output);
    live->output = NULL;
    bool built = build(live, config, plan, error);
    Error trouble;
    if (!built && !build(live, &old_config, &old_plan, &trouble)) {
        OutputRequest silent = {.rate_hz = old_config.rate_hz};
        OutputPlan last_resort;
        output_plan_silent(&silent, &last_resort);
        add_notice(live, &trouble);
        build(live, &old_config, &last_resort, &trouble);
        live->lost = true;
    }
    if (rate_changes && built) {
        position = (uint64_t)((double)position * plan->rate_hz / old_config.rate_hz);
    }
    if (!start_input(live, &trouble) || !start_song(live, position, &trouble)) {
        add_notice(live, &trouble);
    }
    return built;
}

static bool open_midi(Live *live, const char *const *wanted, uint32_t wanted_count, Error *error) {
    Error trouble;
    bool none = wanted_count == 1 && strcmp(wanted[0], "none") == 0;
    if (!none && !live->midi_started) {
        live->midi_started = midi_system_start(live->show_messages, &trouble);
        if (!live->midi_started) {
            if (wanted_count > 0) {
                *error = trouble;
                return false;
            }
            add_notice(live, &trouble);
        }
    }
    MidiList list = {0};
    if (live->midi_started) {
        midi_list_fill(&list);
    }
    if (!midi_list_choose(&list, wanted, wanted_count, error)) {
        return false;
    }
    live->midi = list;
    return true;
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
    if (!copy_request(&live->request, &config->output, error) ||
        !make_plan(live, &live->request, &plan, error) ||
        !open_midi(live, config->midi, config->midi_count, error)) {
        goto failed;
    }
    EngineConfig engine_config = config->engine;
    engine_config.rate_hz = plan.rate_hz;
    if (!replace_engine(live, &engine_config, error) ||
        (config->record && !live_record_start(live, config->record, error)) || !start_song(live, 0, error) ||
        !build(live, &engine_config, &plan, error) || !start_input(live, error)) {
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
    stop_sources(live);
    if (live->output) {
        live_push(live, (Event){.kind = EVENT_PANIC});
        clock_sleep_until_ns(clock_now_ns() + FADE_NS);
    }
    output_close(live->output);
    bool kept = !live->recorder || live_record_stop(live, NULL, error);
    engine_destroy(live->engine);
    close_audio_system(live);
    if (live->midi_started) {
        midi_system_stop();
    }
    free_request(&live->request);
    free(live);
    return kept;
}

bool live_set_output(Live *live, const OutputRequest *request, Error *error) {
    OutputPlan plan;
    if (!make_plan(live, request, &plan, error) || !rebuild(live, &live->engine_config, &plan, error)) {
        return false;
    }
    live->lost = false;
    return copy_request(&live->request, request, error);
}

bool live_set_engine(Live *live, const EngineConfig *config, Error *error) {
    return rebuild(live, config, &live->plan, error);
}

bool live_set_midi(Live *live, const char *const *wanted, uint32_t wanted_count, Error *error) {
    input_destroy(live->input);
    live->input = NULL;
    if (live->midi_started) {
        midi_system_stop(); // PortMidi sees new devices only when it starts
        live->midi_started = false;
    }
    MidiList old = live->midi;
    bool opened = open_midi(live, wanted, wanted_count, error);
    if (!opened) {
        live->midi = old;
    }
    Error trouble;
    if (!start_input(live, &trouble)) {
        add_notice(live, &trouble);
    }
    return opened;
}

bool live_record_start(Live *live, const char *path, Error *error) {
    if (live->recorder) {
        error_set(error, "%s: a recording runs already; stop it first", path);
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

bool live_play_song(Live *live, const Smf *song, Error *error) {
    song_player_destroy(live->player);
    live->player = NULL;
    live_push(live, (Event){.kind = EVENT_PANIC}); // what the song before left sounding
    live->song = song;
    return start_song(live, 0, error);
}

bool live_song_playing(const Live *live) {
    return live->player && !song_player_done(live->player);
}

bool live_push(Live *live, Event event) {
    uint64_t frame = engine_frame(live->engine);
    live->last_pushed_frame = frame > live->last_pushed_frame ? frame : live->last_pushed_frame;
    event.frame = live->last_pushed_frame;
    bool pushed = engine_push(live->engine, EVENT_SOURCE_MAIN, &event);
    if (pushed) {
        heard_push(&live->heard[EVENT_SOURCE_MAIN], &event);
    }
    return pushed;
}

// Silence keeps the song, the meters and a recording going until the device is back.
static void lose_output(Live *live) {
    Error notice;
    live->lost = true;
    live->next_look_ns = clock_now_ns() + LOOK_PERIOD_NS;
    OutputRequest request = {.rate_hz = live->plan.rate_hz, .block_frames = live->plan.block_frames};
    OutputPlan silent;
    output_plan_silent(&request, &silent);
    char device[AUDIO_NAME_BYTES];
    memcpy(device, live->plan.device, sizeof device);
    if (!rebuild(live, &live->engine_config, &silent, &notice)) {
        add_notice(live, &notice);
    }
    error_set(&notice, "%s went away: playing silently%s", device,
              audio_system_restartable() ? " until it is back." : "; start Polycore again when it is back.");
    add_notice(live, &notice);
}

static void look_for_output(Live *live) {
    if (clock_now_ns() < live->next_look_ns || !audio_system_restartable()) {
        return;
    }
    live->next_look_ns = clock_now_ns() + LOOK_PERIOD_NS;
    close_audio_system(live); // PortAudio sees new devices only when it starts
    Error trouble;
    OutputPlan plan;
    if (!open_audio_system(live, &trouble) ||
        !output_plan(&live->request, live->audio_list, &plan, &trouble) ||
        !rebuild(live, &live->engine_config, &plan, &trouble)) {
        return;
    }
    live->lost = false;
    Error notice;
    error_set(&notice, "%s is back.", live->plan.device);
    add_notice(live, &notice);
}

void live_watch(Live *live) {
    if (!live->lost && !output_running(live->output)) {
        lose_output(live);
    } else if (live->lost) {
        look_for_output(live);
    }
    Error trouble;
    if (live->recorder && !live->recorder_failure_told && recorder_failed(live->recorder, &trouble)) {
        live->recorder_failure_told = true;
        add_notice(live, &trouble);
    }
    InputFigures figures;
    live_input_figures(live, &figures);
    if (figures.overflows > live->overflows_told) {
        live->overflows_told = figures.overflows;
        error_set(&trouble, "More MIDI came at once than the driver could keep: all notes were let go.");
        add_notice(live, &trouble);
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
    return output_latency_seconds(live->output);
}

const AudioList *live_audio_list(const Live *live) {
    return live->audio_list;
}

const MidiList *live_midi(const Live *live) {
    return &live->midi;
}

void live_input_figures(const Live *live, InputFigures *figures) {
    *figures = (InputFigures){0};
    if (live->input) {
        input_figures(live->input, figures);
    }
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

void live_scope(const Live *live, float *left, float *right, uint32_t frames) {
    scope_read(&live->callback.scope, left, right, frames);
}
