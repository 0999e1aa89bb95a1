// Recordings of live play: whole to the end, without a cut, and refused when they cannot be.
#include "app/live/live.h"
#include "app/live/live_output.h"
#include "app/live/live_record.h"
#include "app/live/live_state.h"
#include "tests/support/scratch_folder.h"
#include "tests/support/silent_live.h"
#include "tests/support/tiny_song.h"

#include <criterion/criterion.h>
#include <math.h>
#include <sndfile.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

TestSuite(live_record, .init = scratch_folder_enter, .fini = scratch_folder_leave);

Test(live_record, records_what_is_heard_until_the_end) {
    Smf *song = tiny_song();
    LiveConfig config = silent_live_config();
    config.song = song;
    config.record = "take.wav";
    Live *live = silent_live(&config);
    silent_live_wait(live, silent_live_frames(live) + 48000); // the take began after the engine
    Error error = {""};
    cr_assert(live_destroy(live, &error), "%s", error.text);
    smf_destroy(song);
    SF_INFO info = {0};
    SNDFILE *file = sf_open("take.wav", SFM_READ, &info);
    cr_assert(file);
    cr_assert_geq(info.frames, 48000);
    float *samples = malloc((size_t)info.frames * 2 * sizeof *samples);
    sf_readf_float(file, samples, info.frames);
    float peak = 0;
    for (sf_count_t i = 0; i < info.frames * 2; i++) {
        peak = samples[i] > peak ? samples[i] : peak;
    }
    cr_expect_gt(peak, 0.01f);
    free(samples);
    sf_close(file);
}

// Records while notes lie ahead, as a song's thread sends them, and tells how loud the take is, and its end.
static void record_to_the_end(float *peak, float *last_peak) {
    enum { NOTES = 2000, APART_FRAMES = 24, LAST_SAMPLES = 2 * 64 };
    LiveConfig config = silent_live_config();
    config.record = "take.wav";
    Live *live = silent_live(&config);
    silent_live_wait(live, 1024);
    uint64_t first_frame = silent_live_frames(live);
    for (uint32_t i = 0; i < NOTES; i++) {
        Event event = {.kind = EVENT_MIDI,
                       .frame = first_frame + (uint64_t)i * APART_FRAMES,
                       .midi = {0x90, (uint8_t)(40 + i % 40), 100}};
        cr_assert(engine_push(live->engine, EVENT_SOURCE_SONG, &event));
    }
    silent_live_wait(live, first_frame + 4800);
    Error error = {""};
    cr_assert(live_destroy(live, &error), "%s", error.text);
    SF_INFO info = {0};
    SNDFILE *file = sf_open("take.wav", SFM_READ, &info);
    cr_assert(file);
    float *samples = malloc((size_t)info.frames * 2 * sizeof *samples);
    sf_readf_float(file, samples, info.frames);
    sf_close(file);
    remove("take.wav");
    *peak = 0;
    *last_peak = 0;
    for (sf_count_t i = 0; i < info.frames * 2; i++) {
        *peak = fmaxf(*peak, fabsf(samples[i]));
        *last_peak = i < info.frames * 2 - LAST_SAMPLES ? 0 : fmaxf(*last_peak, fabsf(samples[i]));
    }
    free(samples);
}

Test(live_record, ends_in_silence_though_notes_lie_ahead) {
    float peak = 0;
    float last_peak = 1;
    for (int round = 0; round < 20 && last_peak > 1e-4f; round++) { // a busy machine fades too slowly
        record_to_the_end(&peak, &last_peak);
        cr_assert_gt(peak, 0.01f);
    }
    cr_expect_lt(last_peak, 1e-4f, "cut at %g", (double)last_peak);
}

Test(live_record, refuses_a_second_recording_and_a_new_rate_within_one) {
    LiveConfig config = silent_live_config();
    Live *live = silent_live(&config);
    Error error = {""};
    RecorderFigures figures;
    cr_expect_not(live_record_stop(live, &figures, &error));
    cr_assert(live_record_start(live, "take.flac", &error), "%s", error.text);
    cr_expect_not(live_record_start(live, "other.wav", &error));
    OutputRequest request = {.api = AUDIO_API_NULL, .rate_hz = 44100};
    cr_expect_not(live_set_output(live, &request, &error));
    cr_expect(strstr(error.text, "within a recording"), "%s", error.text);
    silent_live_wait(live, silent_live_frames(live) + 4800);
    cr_expect(live_recording(live, &figures));
    cr_assert(live_record_stop(live, &figures, &error), "%s", error.text);
    cr_expect_geq(figures.frames, 4800);
    cr_expect_not(live_recording(live, &figures));
    live_destroy(live, NULL);
}
