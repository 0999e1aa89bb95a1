// Learned controllers come from the settings, turn parameters without a window, and go back to the settings.
#include "app/live/learned.h"
#include "app/live/live.h"
#include "app/live/live_notices.h"
#include "app/live/live_output.h"
#include "app/live/live_play.h"
#include "platform/clock.h"
#include "platform/file.h"
#include "tests/support/tiny_song.h"

#include "tests/support/scratch_folder.h"

#include <criterion/criterion.h>
#include <string.h>

enum { WAIT_STEP_NS = 5 * 1000 * 1000, WAIT_STEPS = 4000 }; // 20 s, for a machine that is busy

static const char PATH[] = "settings.ini";
static const char *const NO_MIDI[] = {"none"};

TestSuite(learned, .init = scratch_folder_enter, .fini = scratch_folder_leave);

static Settings *settings_of(const char *text) {
    Error trouble;
    Error error = {""};
    cr_assert(file_write(PATH, text, strlen(text), &error), "%s", error.text);
    Settings *settings = settings_create(PATH, &trouble, &error);
    cr_assert(settings, "%s", error.text);
    return settings;
}

static Live *create(Settings *settings) {
    LiveConfig config = {.engine = engine_config_default(),
                         .bank = tiny_bank(),
                         .output = {.api = AUDIO_API_NULL, .rate_hz = 48000, .block_frames = 128},
                         .midi = NO_MIDI,
                         .midi_count = 1,
                         .settings = settings};
    Error error = {""};
    Live *live = live_create(&config, &error);
    cr_assert(live, "%s", error.text);
    return live;
}

static void play(Live *live, uint64_t frames) {
    uint64_t end = engine_frame(live_engine(live)) + frames;
    for (int step = 0; step < WAIT_STEPS && engine_frame(live_engine(live)) < end; step++) {
        clock_sleep_until_ns(clock_now_ns() + WAIT_STEP_NS);
        live_watch(live);
    }
    cr_assert_geq(engine_frame(live_engine(live)), end);
    live_watch(live);
}

static float value(const Live *live, int part, ParamId param) {
    float values[PARAM_COUNT];
    engine_part_values(live_engine(live), part, values);
    return values[param];
}

static void midi(Live *live, uint8_t status, uint8_t first, uint8_t second) {
    cr_assert(live_push(live, (Event){.kind = EVENT_MIDI, .midi = {status, first, second}}));
}

Test(learned, rows_are_read_as_they_are_written) {
    const ControllerRow rows[] = {
        {74, CHANNEL_ANY, 0, 100}, {1, 15, 0, 100}, {7, 0, 80, 20}, {11, CHANNEL_ANY, 50, 50}};
    const char *const texts[] = {"74", "1 channel 16", "7 channel 1 from 80 to 20", "11 from 50 to 50"};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char text[LEARNED_TEXT_BYTES];
        ControllerRow row;
        learned_text(rows[i], text);
        cr_expect_str_eq(text, texts[i]);
        cr_assert(learned_read(text, &row), "%s", text);
        cr_expect_arr_eq(&row, &rows[i], sizeof row);
    }
    char none[LEARNED_TEXT_BYTES];
    learned_text(controller_row_none(), none);
    cr_expect_str_eq(none, "");
}

Test(learned, what_means_no_row_is_refused) {
    const char *const texts[] = {"",
                                 "x",
                                 "-1",
                                 "64",
                                 "120",
                                 "255",
                                 "74 x",
                                 "74 channel",
                                 "74 channel 0",
                                 "74 channel 17",
                                 "74 from 10",
                                 "74 from 10 to 101",
                                 "74 to 10",
                                 "74 channel 3 9"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        ControllerRow row;
        cr_expect_not(learned_read(texts[i], &row), "\"%s\"", texts[i]);
    }
}

Test(learned, a_controller_of_the_settings_turns_its_parameter_and_stays_there) {
    Settings *settings = settings_of("learn.osc1_saw = 74\nlearn.osc1_sine = 64\nlearn.nothing = 3\n");
    Live *live = create(settings);
    midi(live, 0x90, 60, 100);
    midi(live, 0xB0, 74, 127);
    play(live, 1024);
    cr_expect_float_eq(value(live, 0, PARAM_OSC1_SAW), PARAM_INFOS[PARAM_OSC1_SAW].maximum, 1e-6f);
    midi(live, 0xB0, 74, 0);
    play(live, 30000);
    cr_expect_float_eq(value(live, 0, PARAM_OSC1_SAW), PARAM_INFOS[PARAM_OSC1_SAW].minimum, 1e-6f);
    cr_expect_str_eq(settings_get(settings, "learn.osc1_saw"), "74");
    cr_expect_str_eq(settings_get(settings, "learn.osc1_sine"), "64",
                     "what nobody understands is left alone");
    live_destroy(live, NULL);
    settings_destroy(settings);
}

Test(learned, forgets_nothing_before_the_engine_knows_it) {
    Settings *settings = settings_of("learn.osc1_saw = 74\n");
    Learned learned;
    Error notice = {""};
    cr_assert(learned_init(&learned, settings, &notice));
    EngineConfig config = engine_config_default();
    config.pool.workers = 1;
    Error error = {""};
    Engine *engine = engine_create(&config, tiny_bank(), &error); // has rendered nothing
    cr_assert(engine, "%s", error.text);
    Event event;
    cr_assert(learned_event(&learned, PARAM_OSC1_SAW, &event));
    cr_assert(engine_push(engine, EVENT_SOURCE_MAIN, &event));
    learned_told(&learned, event.frame);
    cr_expect_not(learned_watch(&learned, engine, &error));
    cr_expect_str_eq(settings_get(settings, "learn.osc1_saw"), "74");
    engine_destroy(engine);
    settings_destroy(settings);
}

Test(learned, what_is_learned_and_forgotten_goes_into_the_settings) {
    Settings *settings = settings_of("learn.osc1_saw = 74\n");
    Live *live = create(settings);
    play(live, 30000);
    Error notice;
    while (live_notice(live, &notice)) { // what the start had to say
    }
    live_push(live, (Event){.kind = EVENT_LEARN, .param = PARAM_FILTER_CUTOFF});
    midi(live, 0xB0, 64, 127);
    play(live, 1024);
    cr_assert(live_notice(live, &notice));
    cr_expect(strstr(notice.text, "Controller 64 "), "%s", notice.text);
    cr_expect_null(settings_get(settings, "learn.filter_cutoff"));
    midi(live, 0xB0, 21, 127);
    play(live, 1024);
    cr_expect_str_eq(settings_get(settings, "learn.filter_cutoff"), "21");

    EngineConfig engine = *live_engine_config(live);
    engine.polyphony = 64;
    Error error = {""};
    cr_assert(live_set_engine(live, &engine, &error), "%s", error.text);
    play(live, 30000);
    cr_expect_str_eq(settings_get(settings, "learn.filter_cutoff"), "21");
    cr_expect_str_eq(settings_get(settings, "learn.osc1_saw"), "74");

    Event forget = {.kind = EVENT_CONTROLLER, .param = PARAM_OSC1_SAW};
    ControllerRow none = controller_row_none();
    memcpy(forget.midi, &none, sizeof none);
    live_push(live, forget);
    play(live, 1024);
    cr_expect_null(settings_get(settings, "learn.osc1_saw"));
    live_destroy(live, NULL);
    settings_destroy(settings);
}

Test(learned, tells_a_line_of_the_settings_that_means_nothing) {
    Settings *settings = settings_of("learn.osc1_saw = 300\nlearn.pan = 10\n");
    Learned learned;
    Error notice = {""};
    cr_assert_not(learned_init(&learned, settings, &notice));
    cr_expect(strstr(notice.text, "learn.osc1_saw is '300'"), "%s", notice.text);
    cr_expect(learned.rows[PARAM_PAN].controller == 10);
    settings_destroy(settings);
    settings = settings_of("learn.nothing = 10\n");
    cr_assert_not(learned_init(&learned, settings, &notice));
    cr_expect(strstr(notice.text, "learn.nothing"), "%s", notice.text);
    settings_destroy(settings);
}
