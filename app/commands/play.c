// Puts live play together for a command and takes it apart.
#include "app/commands/play.h"

#include "app/files/demo_song.h"
#include "app/live/live_midi.h"
#include "app/live/live_notices.h"
#include "app/live/live_play.h"
#include "app/nearest.h"
#include "app/options.h"
#include "app/recall.h"
#include "app/setup.h"
#include "engine/voice/kernels.h"
#include "platform/console.h"

#include <stdio.h>
#include <stdlib.h>

static void print_opened(const Live *live, const Options *options) {
    const OutputPlan *output = live_output(live);
    const EngineConfig *engine = live_engine_config(live);
    const MidiList *midi = live_midi(live);
    char block[32] = "blocks as it likes";
    if (output->block_frames) {
        snprintf(block, sizeof block, "blocks of %u", output->block_frames);
    }
    printf("Playing on %s (%s) at %u Hz, %s, with %s, in %s quality.\n", output->device, output->api,
           output->rate_hz, block,
           SIMD_KIND_NAMES[engine->simd == SIMD_AUTO ? simd_kind_best() : engine->simd],
           QUALITY_NAMES[engine->quality]);
    if (options->verbose) {
        printf("latency of the output %.1f ms, %u voices at most\n", live_latency_seconds(live) * 1000,
               engine->polyphony);
    }
    for (uint32_t i = 0; i < midi->count; i++) {
        printf("MIDI from %s.\n", midi->inputs[i].name);
    }
    if (midi->count == 0) {
        printf("No MIDI input%s.\n", options->midi_count ? "" : " is connected");
    }
    if (options->record) {
        printf("Recording to %s.\n", options->record);
    }
    fflush(stdout);
}

static bool remembers(const Play *play) {
    return play->settings && !play->options.headless;
}

static bool load(Play *play, Error *error) {
    const char *patch = play->options.patch;
    play->library = setup_library(error);
    if (play->library && patch && !options_given(&play->options, "patch") &&
        patch_library_find(play->library, patch) == PATCH_NONE) {
        play->options.patch = NULL; // remembered, and there no more
    }
    if (!play->library || !setup_bank(&play->options, play->library, &play->bank, error)) {
        return false;
    }
    if (play->options.demo) {
        play->song = smf_parse(DEMO_SONG[0].bytes, DEMO_SONG[0].size_bytes, "the demo song", error);
    }
    return !play->options.demo || play->song;
}

// The parameter of --learn, PARAM_COUNT without. False with error filled when there is none of that name.
static bool find_learned(const Options *options, ParamId *param, Error *error) {
    const char *names[PARAM_COUNT];
    *param = options->learn ? param_find(options->learn) : PARAM_COUNT;
    if (!options->learn || *param != PARAM_COUNT) {
        return true;
    }
    for (int id = 0; id < PARAM_COUNT; id++) {
        names[id] = PARAM_INFOS[id].name;
    }
    const char *near = nearest_name(options->learn, names, PARAM_COUNT);
    error_set(error, "--learn: there is no parameter '%s'; %s%s", options->learn,
              near ? "did you mean " : "use a name of a patch file, such as filter_cutoff", near ? near : "");
    return false;
}

static Live *create_live(const Play *play, Error *error) {
    const Options *options = &play->options;
    LiveConfig config = {.engine = options->engine,
                         .bank = &play->bank,
                         .output = options->audio,
                         .midi = options->midi,
                         .midi_count = options->midi_count,
                         .record = options->record,
                         .song = play->song,
                         .settings = play->settings,
                         .show_messages = options->driver_messages};
    return live_create(&config, error);
}

// What was remembered and is there no more does not keep anyone from playing.
static bool start(Play *play, Error *error) {
    ParamId learn;
    if (!find_learned(&play->options, &learn, error) || !load(play, error)) {
        return false;
    }
    play->live = create_live(play, error);
    if (!play->live && remembers(play) && recall_forget_output(&play->options)) {
        Error refused = *error;
        play->live = create_live(play, error);
        if (play->live) {
            live_notice_add(play->live, &refused);
        }
    }
    if (play->live && learn != PARAM_COUNT) {
        live_push(play->live, (Event){.kind = EVENT_LEARN, .param = (uint16_t)learn});
    }
    return play->live != NULL;
}

Play *play_create(const Options *options) {
    Error error;
    Play *play = calloc(1, sizeof *play);
    if (!play) {
        setup_complain("out of memory; close other programs");
        return NULL;
    }
    play->options = *options;
    if (!console_catch_interrupts(&error)) {
        setup_complain(error.text);
    }
    play->settings = recall_settings(&play->settings_trouble);
    if (remembers(play)) {
        recall_options(play->settings, &play->options);
    }
    return play;
}

void play_print_notices(Play *play) {
    for (Error notice; live_notice(play->live, &notice);) {
        setup_complain(notice.text);
    }
}

bool play_begin(Play *play, Error *error) {
    if (!start(play, error)) {
        return false;
    }
    bool kept = play->settings || !play->options.headless; // else there was nothing to recall
    if (kept && play->settings_trouble.text[0]) {
        live_notice_add(play->live, &play->settings_trouble);
    }
    if (play->options.headless) { // else the window tells
        play_print_notices(play);
    }
    print_opened(play->live, &play->options);
    return true;
}

bool play_destroy(Play *play, Error *error) {
    bool kept = live_destroy(play->live, error);
    smf_destroy(play->song);
    patch_library_destroy(play->library);
    settings_destroy(play->settings);
    free(play);
    return kept;
}
