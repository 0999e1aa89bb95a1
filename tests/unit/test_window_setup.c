// What the window offers of the table's settings is played when it is chosen, and recalled at the next start.
#include "app/live/live.h"
#include "app/options.h"
#include "app/recall.h"
#include "app/window/window_host.h"
#include "tests/support/tiny_song.h"

#include "tests/support/scratch_folder.h"

#include <criterion/criterion.h>

typedef struct Playing {
    Options options;
    Settings *settings;
    PatchLibrary *library;
    Live *live;
    WindowHost *host;
    const Host *functions;
} Playing;

TestSuite(window_setup, .init = scratch_folder_enter, .fini = scratch_folder_leave);

static Options default_options(void) {
    Options options;
    Error error;
    char program[] = "polycore";
    char *argv[] = {program, NULL};
    cr_assert(options_parse(&options, 1, argv, &error), "%s", error.text);
    return options;
}

static void begin(Playing *playing) {
    static const char *const NO_MIDI[] = {"none"};
    Error error;
    playing->options = default_options();
    playing->options.audio = (OutputRequest){.api = AUDIO_API_NULL, .rate_hz = 48000, .block_frames = 128};
    playing->settings = settings_create("settings.ini", &error, &error);
    playing->library = patch_library_create(NULL, NULL, NULL, &error);
    LiveConfig config = {.engine = playing->options.engine,
                         .bank = tiny_bank(),
                         .output = playing->options.audio,
                         .midi = NO_MIDI,
                         .midi_count = 1};
    playing->live = live_create(&config, &error);
    cr_assert(playing->settings && playing->library && playing->live, "%s", error.text);
    playing->host = window_host_create(playing->live, playing->library, playing->settings, 0, false, &error);
    cr_assert(playing->host, "%s", error.text);
    playing->functions = window_host_functions(playing->host);
}

static void end(Playing *playing) {
    window_host_destroy(playing->host);
    live_destroy(playing->live, NULL);
    patch_library_destroy(playing->library);
    settings_destroy(playing->settings);
}

// Chooses what follows what is in use. False where there is nothing else.
static bool choose_next(const Playing *playing, int32_t index) {
    static HostSetting setting;
    Error error;
    playing->functions->setting(playing->functions->user, index, &setting);
    int32_t next = setting.current + 1 < setting.choice_count ? setting.current + 1 : 0;
    if (next == setting.current) {
        return false;
    }
    cr_assert(playing->functions->choose(playing->functions->user, index, next, &error), "%s", error.text);
    playing->functions->setting(playing->functions->user, index, &setting);
    cr_expect_eq(setting.current, next, "%s", setting.label);
    return true;
}

Test(window_setup, what_is_chosen_plays_and_is_recalled) {
    Playing playing;
    begin(&playing);
    int32_t index = 0;
    int chosen = 0;
    for (int row = 0; row < OPTION_TOTAL; row++) {
        if (OPTION_ROWS[row].label) {
            // The machine's own outputs are left alone.
            chosen += OPTION_ROWS[row].kind != OPTION_API && choose_next(&playing, index);
            index++;
        }
    }
    cr_expect_eq(playing.functions->setting_count(playing.functions->user), index);
    cr_expect_geq(chosen, 7);
    const EngineConfig *played = live_engine_config(playing.live);
    cr_expect_not(engine_config_same(played, &playing.options.engine));
    Options recalled = default_options();
    recall_options(playing.settings, &recalled);
    recalled.engine.rate_hz = played->rate_hz;
    cr_expect(engine_config_same(played, &recalled.engine));
    cr_expect_eq(recalled.audio.rate_hz, live_output(playing.live)->rate_hz);
    cr_expect_eq(recalled.audio.block_frames, live_output(playing.live)->block_frames);
    cr_expect_null(recalled.audio.api, "an output that was not chosen is not remembered");
    cr_expect_null(recalled.audio.device);
    end(&playing);
}
