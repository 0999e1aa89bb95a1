// Live play with a song, a recording and changes of everything while it goes on, for ThreadSanitizer to
// watch.
#include "app/live/live.h"
#include "app/live/live_output.h"
#include "app/live/live_play.h"
#include "app/live/live_record.h"
#include "platform/clock.h"
#include "tests/support/tiny_song.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CHANGES = 6, BETWEEN_NS = 100 * 1000 * 1000, NOTES = 50 };

static int fail(const char *what, const Error *error) {
    fprintf(stderr, "%s: %s\n", what, error->text);
    return 1;
}

static void play_notes(Live *live) {
    for (int i = 0; i < NOTES; i++) {
        live_push(live,
                  (Event){.kind = EVENT_MIDI, .midi = {i % 2 ? 0x80 : 0x90, (uint8_t)(40 + i / 2), 100}});
    }
}

static int choose_patches(Live *live, Error *error) {
    Patch patch;
    for (int part = 0; part < PART_COUNT; part++) {
        if (!live_choose_patch(live, part, 0, error)) {
            return fail("choose", error);
        }
        live_part_patch(live, part, &patch);
    }
    return live_replace_patch(live, 0, &patch, error) ? 0 : fail("replace", error);
}

static int change(Live *live, int step, Error *error) {
    EngineConfig engine = *live_engine_config(live);
    engine.pool.workers = 1 + (uint32_t)step % 3;
    OutputRequest request = {.api = AUDIO_API_NULL, .rate_hz = 48000, .block_frames = 64u << step % 3};
    if (!(step % 2 ? live_set_engine(live, &engine, error) : live_set_output(live, &request, error))) {
        return fail("change", error);
    }
    return 0;
}

int main(void) {
    static const char path[] = "live_runs.wav"; // where the test is run
    remove(path);
    static const char *const NO_MIDI[] = {"none"};
    Smf *song = tiny_song();
    LiveConfig config = {.engine = engine_config_default(),
                         .bank = tiny_bank(),
                         .output = {.api = AUDIO_API_NULL, .rate_hz = 48000, .block_frames = 64},
                         .midi = NO_MIDI,
                         .midi_count = 1,
                         .record = path,
                         .song = song};
    Error error;
    Live *live = live_create(&config, &error);
    if (!live) {
        return fail("live_create", &error);
    }
    int failed = 0;
    for (int step = 0; step < CHANGES && !failed; step++) {
        play_notes(live);
        failed = choose_patches(live, &error);
        clock_sleep_until_ns(clock_now_ns() + BETWEEN_NS);
        live_watch(live);
        failed = failed || change(live, step, &error);
    }
    RecorderFigures take = {0};
    if (!live_record_stop(live, &take, &error)) {
        failed = fail("live_record_stop", &error);
    }
    uint64_t first_ns = live_first_sound_ns(live);
    live_destroy(live, NULL);
    smf_destroy(song);
    remove(path);
    printf("%llu frames recorded\n", (unsigned long long)take.frames);
    return failed || take.frames < 4800 || first_ns == 0;
}
