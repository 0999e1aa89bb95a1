// Waits in short steps, so that a busy machine has its time and a quick one loses none.
#include "tests/support/silent_live.h"
#include "platform/clock.h"
#include "tests/support/tiny_song.h"

#include <criterion/criterion.h>

enum { WAIT_STEP_NS = 5 * 1000 * 1000, WAIT_STEPS = 4000 }; // 20 s, for a machine that is busy

LiveConfig silent_live_config(void) {
    static const char *const NO_MIDI[] = {"none"};
    return (LiveConfig){.engine = engine_config_default(),
                        .bank = tiny_bank(),
                        .output = {.api = AUDIO_API_NULL, .rate_hz = 48000, .block_frames = 128},
                        .midi = NO_MIDI,
                        .midi_count = 1};
}

Live *silent_live(const LiveConfig *config) {
    Error error = {""};
    Live *live = live_create(config, &error);
    cr_assert(live, "%s", error.text);
    return live;
}

uint64_t silent_live_frames(const Live *live) {
    EngineFigures figures;
    engine_figures(live_engine(live), &figures);
    return figures.frame;
}

void silent_live_wait(const Live *live, uint64_t wanted) {
    for (int step = 0; step < WAIT_STEPS && silent_live_frames(live) < wanted; step++) {
        clock_sleep_until_ns(clock_now_ns() + WAIT_STEP_NS);
    }
    cr_assert_geq(silent_live_frames(live), wanted);
}
