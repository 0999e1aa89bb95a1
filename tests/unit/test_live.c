// Live play on the null output: it sounds, it is recorded, and everything can be changed while it goes on.
#include "app/live/heard.h"
#include "app/live/live.h"
#include "app/live/live_midi.h"
#include "app/live/live_notices.h"
#include "app/live/live_output.h"
#include "app/live/live_play.h"
#include "app/live/live_record.h"
#include "app/live/live_sources.h"
#include "app/live/live_state.h"
#include "platform/clock.h"
#include "tests/support/scratch_folder.h"
#include "tests/support/silent_live.h"
#include "tests/support/tiny_song.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WAIT_STEP_NS = 5 * 1000 * 1000, WAIT_STEPS = 4000 }; // 20 s, for a machine that is busy

static const char *const NO_MIDI[] = {"none"};

TestSuite(live, .init = scratch_folder_enter, .fini = scratch_folder_leave);

Test(live, keeps_time_and_sounds) {
    LiveConfig config = silent_live_config();
    Live *live = silent_live(&config);
    cr_expect_eq(live_first_sound_ns(live), 0);
    uint64_t begin_frame = silent_live_frames(live);
    uint64_t begin_ns = clock_now_ns();
    cr_expect(live_push(live, (Event){.kind = EVENT_MIDI, .midi = {0x90, 60, 100}}));
    silent_live_wait(live, begin_frame + 24000);
    double seconds = (double)(clock_now_ns() - begin_ns) / 1e9;
    cr_expect_gt(seconds, 0.45, "half a second of sound was asked for within %g s", seconds);
    cr_expect_gt(live_first_sound_ns(live), begin_ns);
    cr_expect(live_destroy(live, NULL));
}

Test(live, tells_notices_in_order_and_keeps_only_so_many) {
    LiveConfig config = silent_live_config();
    Live *live = silent_live(&config);
    Error notice;
    while (live_notice(live, &notice)) { // what the start had to say
    }
    for (int i = 0; i <= NOTICES_MAX; i++) {
        error_set(&notice, "notice %d", i);
        live_notice_add(live, &notice);
    }
    for (int i = 0; i < NOTICES_MAX; i++) {
        char expected[32];
        snprintf(expected, sizeof expected, "notice %d", i);
        cr_assert(live_notice(live, &notice));
        cr_expect_str_eq(notice.text, expected);
    }
    cr_expect_not(live_notice(live, &notice));
    live_destroy(live, NULL);
}

Test(live, plays_a_song_to_its_end) {
    Smf *song = tiny_song();
    LiveConfig config = silent_live_config();
    config.song = song;
    Live *live = silent_live(&config);
    cr_expect(live_song_playing(live));
    for (int step = 0; step < WAIT_STEPS && live_song_playing(live); step++) {
        clock_sleep_until_ns(clock_now_ns() + WAIT_STEP_NS);
    }
    cr_expect_not(live_song_playing(live));
    cr_expect_geq(silent_live_frames(live), smf_length_frames(song, 48000));
    cr_expect_gt(live_first_sound_ns(live), 0);
    live_destroy(live, NULL);
    smf_destroy(song);
}

Test(live, plays_on_through_a_change_of_quality) {
    LiveConfig config = silent_live_config();
    Live *live = silent_live(&config);
    live_push(live, (Event){.kind = EVENT_MIDI, .midi = {0x90, 60, 100}});
    silent_live_wait(live, silent_live_frames(live) + 4800);
    Engine *engine = live_engine(live);
    uint64_t first_sound_ns = live_first_sound_ns(live);
    EngineConfig draft = *live_engine_config(live);
    draft.quality = QUALITY_DRAFT;
    Error error = {""};
    cr_assert(live_set_engine(live, &draft, &error), "%s", error.text);
    silent_live_wait(live, silent_live_frames(live) + 4800);
    cr_expect_eq(live_engine(live), engine);
    cr_expect_eq(engine_voices_sounding(engine), 1);
    cr_expect_eq(live_engine_config(live)->quality, QUALITY_DRAFT);
    cr_expect_eq(live_first_sound_ns(live), first_sound_ns);

    EngineConfig offline = draft;
    offline.quality = QUALITY_OFFLINE; // another engine: the note ends, and the next one sounds
    cr_assert(live_set_engine(live, &offline, &error), "%s", error.text);
    cr_expect_eq(engine_delay_frames(live_engine(live)), 35);
    live_push(live, (Event){.kind = EVENT_MIDI, .midi = {0x90, 62, 100}});
    silent_live_wait(live, silent_live_frames(live) + 4800);
    cr_expect_eq(engine_voices_sounding(live_engine(live)), 1);
    live_destroy(live, NULL);
}

Test(live, keeps_the_parts_parameters_in_a_new_engine) {
    LiveConfig config = silent_live_config();
    Live *live = silent_live(&config);
    live_push(live, (Event){.kind = EVENT_PARAM, .part = 3, .param = PARAM_FILTER_CUTOFF, .value = 440});
    live_push(live, (Event){.kind = EVENT_MIDI, .midi = {0xB3, 7, 0}}); // no volume
    silent_live_wait(live, silent_live_frames(live) + 1024);
    EngineConfig engine = *live_engine_config(live);
    engine.pool.workers = 2;
    engine.polyphony = 64;
    Error error = {""};
    cr_assert(live_set_engine(live, &engine, &error), "%s", error.text);
    silent_live_wait(live, 1024);
    float values[PARAM_COUNT];
    engine_part_values(live_engine(live), 3, values);
    cr_expect_float_eq(values[PARAM_FILTER_CUTOFF], 440.f, 0.01f);
    EngineFigures figures;
    engine_figures(live_engine(live), &figures);
    cr_expect_eq(figures.workers, 2);
    live_push(live, (Event){.kind = EVENT_MIDI, .midi = {0x93, 60, 100}});
    silent_live_wait(live, silent_live_frames(live) + 4800);
    cr_expect_gt(engine_voices_sounding(live_engine(live)), 0);
    cr_expect_eq(live_first_sound_ns(live), 0, "the volume of 0 is forgotten");
    live_destroy(live, NULL);
}

Test(live, changes_rate_and_block_while_a_song_plays) {
    Smf *song = tiny_song();
    LiveConfig config = silent_live_config();
    config.song = song;
    Live *live = silent_live(&config);
    silent_live_wait(live, 4800);
    Error error = {""};
    OutputRequest request = {.api = AUDIO_API_NULL, .rate_hz = 96000, .block_frames = 64};
    cr_assert(live_set_output(live, &request, &error), "%s", error.text);
    cr_expect_eq(live_engine_config(live)->rate_hz, 96000);
    cr_expect_eq(live_output(live)->block_frames, 64);
    cr_expect(live_song_playing(live));
    silent_live_wait(live, 9600);
    live_destroy(live, NULL);
    smf_destroy(song);
}

// A list of two devices, numbered from `first` on.
static AudioList two_devices(AudioDevice devices[2], int32_t first) {
    for (int32_t i = 0; i < 2; i++) {
        devices[i] = (AudioDevice){.number = first + i, .channels = 2, .rate_hz = 48000};
        snprintf(devices[i].name, sizeof devices[i].name, i == 0 ? "Built-in" : "Interface");
    }
    AudioList list = {.apis[0] = {.name = "ALSA"}, .api_count = 1, .devices = devices, .device_count = 2};
    return list;
}

Test(live, is_silent_while_the_machine_is_measured_and_then_plays_on) {
    LiveConfig config = silent_live_config();
    Live *live = silent_live(&config);
    Error error = {""};
    cr_assert(live_record_start(live, "take.wav", &error), "%s", error.text);
    cr_expect_not(live_suspend(live, &error), "a take is not cut");
    silent_live_wait(live, 1024);
    cr_assert(live_record_stop(live, NULL, &error), "%s", error.text);
    cr_assert(live_suspend(live, &error), "%s", error.text);
    uint64_t before = silent_live_frames(live);
    cr_expect(live_push(live, (Event){.kind = EVENT_MIDI, .midi = {0x90, 60, 100}}));
    clock_sleep_until_ns(clock_now_ns() + 10 * WAIT_STEP_NS);
    live_watch(live);
    cr_expect_eq(silent_live_frames(live), before);
    cr_expect_not(live_record_start(live, "other.wav", &error));
    cr_expect_not(live_set_midi(live, NO_MIDI, 1, &error));
    cr_expect_not(live_set_engine(live, live_engine_config(live), &error));
    live_resume(live);
    silent_live_wait(live, before + 1024);
    cr_expect_eq(engine_voices_sounding(live_engine(live)), 0, "a key struck meanwhile sounds late");
    cr_expect(live_push(live, (Event){.kind = EVENT_MIDI, .midi = {0x90, 60, 100}}));
    silent_live_wait(live, silent_live_frames(live) + 1024);
    cr_expect_eq(engine_voices_sounding(live_engine(live)), 1);
    live_destroy(live, NULL);
}

Test(live, plays_a_patch_saved_since_the_start_by_its_program) {
    LiveConfig config = silent_live_config();
    Live *live = silent_live(&config);
    Patch patch = config.bank->patches[0];
    patch.values[PARAM_FILTER_CUTOFF] = 440;
    Error error = {""};
    cr_assert(live_replace_patch(live, 0, &patch, &error), "%s", error.text);
    cr_assert(live_replace_patch(live, 1, &patch, &error), "past the bank's end there is nothing to do");
    silent_live_wait(live, silent_live_frames(live) + 1024);
    float values[PARAM_COUNT];
    engine_part_values(live_engine(live), 5, values);
    cr_expect_gt(values[PARAM_FILTER_CUTOFF], 441.f, "what plays stays");
    live_push(live, (Event){.kind = EVENT_MIDI, .midi = {0xC5, 9, 0}});
    silent_live_wait(live, silent_live_frames(live) + 1024);
    engine_part_values(live_engine(live), 5, values);
    cr_expect_float_eq(values[PARAM_FILTER_CUTOFF], 440.f, 0.01f);
    live_destroy(live, NULL);
}

// Two patches, "Init" and "Other", which program 1 and up choose.
static const Bank *two_patches(void) {
    static Bank bank;
    bank = *tiny_bank();
    bank.patch_count = 2;
    patch_init(&bank.patches[1]);
    snprintf(bank.patches[1].name, sizeof bank.patches[1].name, "Other");
    memset(bank.program_patch + 1, 1, sizeof bank.program_patch - 1);
    return &bank;
}

Test(live, names_what_a_program_chose_though_nobody_listened_for_long) {
    LiveConfig config = silent_live_config();
    config.bank = two_patches();
    Live *live = silent_live(&config);
    Patch patch;
    cr_assert_eq(live_part_patch(live, 5, &patch), 0);
    for (int i = 0; i < HEARD_EVENTS + 100; i++) { // more than is kept for show
        cr_assert(live_push(live, (Event){.kind = EVENT_MIDI, .midi = {0xB5, 11, (uint8_t)(i % 128)}}));
    }
    cr_assert(live_push(live, (Event){.kind = EVENT_MIDI, .midi = {0xC5, 9, 0}}));
    silent_live_wait(live, silent_live_frames(live) + 1024);
    int programs = 0;
    for (Event event; live_heard(live, &event);) {
        programs += (event.midi[0] & 0xF0) == 0xC0;
    }
    cr_expect_eq(programs, 0, "the program change was not heard of");
    cr_expect_eq(live_part_patch(live, 5, &patch), 1);
    cr_expect_str_eq(patch.name, "Other");
    live_destroy(live, NULL);
}

Test(live, keeps_the_parts_patches_in_a_new_engine) {
    LiveConfig config = silent_live_config();
    config.bank = two_patches();
    Live *live = silent_live(&config);
    Error error = {""};
    Patch patch;
    cr_assert(live_choose_patch(live, 3, 1, &error), "%s", error.text);
    cr_expect_eq(live_part_patch(live, 3, &patch), 1, "what was chosen is shown at once");
    silent_live_wait(live, silent_live_frames(live) + 1024);
    EngineConfig engine = *live_engine_config(live);
    engine.polyphony = 64;
    cr_assert(live_set_engine(live, &engine, &error), "%s", error.text);
    cr_expect_eq(live_part_patch(live, 3, &patch), 1);
    cr_expect_str_eq(patch.name, "Other");
    silent_live_wait(live, 1024);
    cr_expect_eq(live_part_patch(live, 3, &patch), 1);
    live_push(live, (Event){.kind = EVENT_MIDI, .midi = {0xC3, 0, 0}});
    silent_live_wait(live, silent_live_frames(live) + 1024);
    cr_expect_eq(live_part_patch(live, 3, &patch), 0);
    cr_expect_str_eq(patch.name, "Init");
    live_destroy(live, NULL);
}

Test(live, asks_for_a_device_by_its_name_whatever_its_number_has_become) {
    AudioDevice devices[2];
    AudioList list = two_devices(devices, 3);
    OutputPlan plan;
    OutputRequest kept = {0};
    Error error = {""};
    const OutputRequest by_number = {.device = "3", .block_frames = 64};
    cr_assert(output_plan(&by_number, &list, &plan, &error), "%s", error.text);
    cr_assert_str_eq(plan.device, "Built-in");
    cr_assert(output_request_settle(&kept, &by_number, &plan, &error));
    list = two_devices(devices, 2); // now the other one is number 3
    cr_assert(output_plan(&kept, &list, &plan, &error), "%s", error.text);
    cr_expect_str_eq(plan.device, "Built-in");
    cr_expect_eq(plan.number, 2);
    cr_expect_eq(kept.block_frames, 64);
    cr_expect_eq(kept.rate_hz, 0, "what was not asked for is the device's own");
    output_request_free(&kept);
}

Test(live, sends_each_event_of_a_song_once_though_the_block_changes) {
    Smf *song = tiny_song();
    LiveConfig config = silent_live_config();
    config.song = song;
    Live *live = silent_live(&config);
    silent_live_wait(live, 18000); // the second note, which begins at 24000, has been sent ahead
    Error error = {""};
    OutputRequest request = {.api = AUDIO_API_NULL, .rate_hz = 48000, .block_frames = 64};
    cr_assert(live_set_output(live, &request, &error), "%s", error.text);
    int struck = 0;
    int programs = 0;
    for (int step = 0; step < WAIT_STEPS && live_song_playing(live); step++) {
        clock_sleep_until_ns(clock_now_ns() + WAIT_STEP_NS);
        for (Event event; live_heard(live, &event);) {
            struck += (event.midi[0] & 0xF0) == 0x90 && event.midi[2] > 0;
            programs += (event.midi[0] & 0xF0) == 0xC0;
        }
    }
    cr_expect_eq(struck, 3);
    cr_expect_eq(programs, 1, "a second one would undo what was turned since");
    live_destroy(live, NULL);
    smf_destroy(song);
}

Test(live, plays_on_when_a_change_is_refused) {
    LiveConfig config = silent_live_config();
    Live *live = silent_live(&config);
    silent_live_wait(live, 1024);
    EngineConfig engine = *live_engine_config(live);
    engine.polyphony = 0;
    Error error = {""};
    cr_expect_not(live_set_engine(live, &engine, &error));
    cr_expect(strlen(error.text) > 10);
    OutputRequest request = {.api = AUDIO_API_NULL, .device = "loud"};
    cr_expect_not(live_set_output(live, &request, &error));
    const char *const wanted[] = {"no such keyboard"};
    cr_expect_not(live_set_midi(live, wanted, 1, &error));
    cr_expect(strstr(error.text, "no such keyboard"), "%s", error.text);
    uint64_t before = silent_live_frames(live);
    silent_live_wait(live, before + 1024);
    live_destroy(live, NULL);
}
