// Plays live, watched over in the terminal.
#include "app/commands.h"

#include "app/demo_song.h"
#include "app/live.h"
#include "app/setup.h"
#include "app/terminal.h"
#include "platform/console.h"

#include <stdlib.h>
#include <string.h>

static void print_opened(const Live *live, const Options *options) {
    const OutputPlan *output = live_output(live);
    const EngineConfig *engine = live_engine_config(live);
    const MidiList *midi = live_midi(live);
    char block[32] = "blocks as it likes";
    if (output->block_frames) {
        snprintf(block, sizeof block, "blocks of %u", output->block_frames);
    }
    printf("Playing on %s (%s) at %u Hz, %s, with %s.\n", output->device, output->api, output->rate_hz, block,
           simd_kind_name(engine->simd == SIMD_AUTO ? simd_kind_best() : engine->simd));
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

static Live *create(const Options *options, Bank *bank, Smf **song, Error *error) {
    PatchLibrary *library = setup_library(error);
    bool found = library && setup_bank(options, library, bank, error);
    patch_library_destroy(library);
    if (!found) {
        return NULL;
    }
    if (options->demo) {
        *song = smf_parse(DEMO_SONG[0].bytes, DEMO_SONG[0].size_bytes, "the demo song", error);
        if (!*song) {
            return NULL;
        }
    }
    LiveConfig config = {.engine = setup_engine(options),
                         .bank = bank,
                         .output = {.api = options->audio_api,
                                    .device = options->device,
                                    .rate_hz = options->rate_hz,
                                    .block_frames = options->block_frames},
                         .midi = options->midi,
                         .midi_count = options->midi_count,
                         .record = options->record,
                         .song = *song,
                         .show_messages = options->driver_messages};
    return live_create(&config, error);
}

int command_live(const Options *options, uint64_t start_ns) {
    Error error;
    if (!console_catch_interrupts(&error)) {
        setup_complain(error.text);
    }
    Smf *song = NULL;
    Bank *bank = calloc(1, sizeof *bank);
    Live *live = NULL;
    if (bank) {
        live = create(options, bank, &song, &error);
    } else {
        error_set(&error, "out of memory; close other programs");
    }
    free(bank);
    bool done = live != NULL;
    if (live) {
        for (Error notice; live_notice(live, &notice);) {
            setup_complain(notice.text);
        }
        print_opened(live, options);
        terminal_run(live, options->seconds, options->verbose, start_ns);
        done = live_destroy(live, &error);
    }
    if (!done) {
        setup_complain(error.text);
    }
    smf_destroy(song);
    return done ? EXIT_DONE : EXIT_FAILED;
}
