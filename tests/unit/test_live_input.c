// Keys that are held when their input or the engine is taken away do not sound on, nor stay lit.
#include "app/live/live.h"
#include "app/live/live_midi.h"
#include "app/live/live_output.h"
#include "app/live/live_play.h"
#include "platform/clock.h"
#include "tests/support/scratch_folder.h"
#include "tests/support/tiny_song.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { WAIT_STEP_NS = 5 * 1000 * 1000, WAIT_STEPS = 4000 }; // 20 s, for a machine that is busy

static const char *const NO_MIDI[] = {"none"};
static const char *const PIPE[] = {"./keys"};
static int keys; // the pipe's end that is written
static Live *live;

static void wait_for_voices(bool some) {
    for (int step = 0; step < WAIT_STEPS && (engine_voices_sounding(live_engine(live)) > 0) != some; step++) {
        clock_sleep_until_ns(clock_now_ns() + WAIT_STEP_NS);
    }
    cr_assert_eq(engine_voices_sounding(live_engine(live)) > 0, some);
}

// Plays a key and the pedal of a pipe whose writer stays.
static void set_up(void) {
    scratch_folder_enter();
    cr_assert_eq(mkfifo(PIPE[0], 0600), 0);
    LiveConfig config = {.engine = engine_config_default(),
                         .bank = tiny_bank(),
                         .output = {.api = AUDIO_API_NULL, .rate_hz = 48000, .block_frames = 128},
                         .midi = PIPE,
                         .midi_count = 1};
    Error error = {""};
    live = live_create(&config, &error);
    cr_assert(live, "%s", error.text);
    keys = open(PIPE[0], O_WRONLY);
    const uint8_t played[] = {0xB2, 64, 127, 0x92, 60, 100};
    cr_assert_eq(write(keys, played, sizeof played), sizeof played);
    wait_for_voices(true);
}

static void tear_down(void) {
    close(keys);
    live_destroy(live, NULL);
    scratch_folder_leave();
}

Test(live_input, lets_held_keys_go_when_it_is_switched_off, .init = set_up, .fini = tear_down) {
    Error error = {""};
    cr_assert(live_set_midi(live, NO_MIDI, 1, &error), "%s", error.text);
    wait_for_voices(false);
}

Test(live_input, leaves_no_key_sounding_when_the_block_changes, .init = set_up, .fini = tear_down) {
    Error error = {""};
    OutputRequest request = {.api = AUDIO_API_NULL, .rate_hz = 48000, .block_frames = 64};
    const Engine *before = live_engine(live);
    cr_assert(live_set_output(live, &request, &error), "%s", error.text);
    cr_assert_eq(live_engine(live), before, "the engine stays, and its notes with it");
    wait_for_voices(false);
}

Test(live_input, tells_that_notes_ended_with_their_engine, .init = set_up, .fini = tear_down) {
    EngineConfig config = *live_engine_config(live);
    config.polyphony = 64;
    Error error = {""};
    cr_assert(live_set_engine(live, &config, &error), "%s", error.text);
    bool struck = false;
    bool ended = false;
    for (Event event; live_heard(live, &event);) {
        struck |= event.midi[0] == 0x92 && event.midi[1] == 60;
        ended = struck && (ended || (event.midi[0] == 0xB2 && event.midi[1] == 120));
    }
    cr_expect(struck, "what the old engine played is heard");
    cr_expect(ended, "and that it sounds no more");
}
