// Patches chosen for parts: what sounds rings out, what is edited reaches it, and names follow the engine.
#include "app/live/parts.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_FRAMES = 256, CHANGE_FRAME = 40 * BLOCK_FRAMES, FRAMES = 48000 / BLOCK_FRAMES * BLOCK_FRAMES };

static Parts parts;
static Engine *engine;
static uint64_t frame;

// Three patches that sound nothing alike; program 2 chooses the last.
static void set_up(void) {
    static Bank bank;
    static const char *const NAMES[] = {"Saw", "Sub", "Bright"};
    memset(&bank, 0, sizeof bank);
    bank.patch_count = 3;
    for (int i = 0; i < 3; i++) {
        patch_init(&bank.patches[i]);
        snprintf(bank.patches[i].name, sizeof bank.patches[i].name, "%s", NAMES[i]);
        bank.patches[i].values[PARAM_FILTER_CUTOFF] = i == 1 ? 200.0f : 2000.0f * (float)(1 + i);
    }
    bank.program_patch[2] = 2;
    EngineConfig config = engine_config_default();
    config.pool.workers = 1;
    Error error = {""};
    parts_init(&parts, &bank);
    frame = 0;
    engine = engine_create(&config, &parts.bank, &error);
    cr_assert(engine, "%s", error.text);
}

static void tear_down(void) {
    engine_destroy(engine);
}

TestSuite(parts, .init = set_up, .fini = tear_down);

static void push(Event event) {
    event.frame = frame;
    cr_assert(engine_push(engine, EVENT_SOURCE_MAIN, &event));
}

static void render(float *left, uint32_t count) {
    static float right[BLOCK_FRAMES];
    for (uint32_t done = 0; done < count; done += BLOCK_FRAMES) {
        float *const channels[CHANNEL_COUNT] = {left + done, right};
        engine_render(engine, channels, BLOCK_FRAMES, 0);
    }
    frame += count;
}

static void choose(int part, int32_t index) {
    Error error = {""};
    cr_assert(parts_choose(&parts, engine, frame, part, index, &error), "%s", error.text);
}

static const char *name_of(int part) {
    static Patch patch;
    parts_playing(&parts, engine, part, &patch);
    return patch.name;
}

typedef void Change(void);

static void change_nothing(void) {}

static void choose_on_this_part(void) {
    choose(0, 1);
}

static void choose_on_another(void) {
    choose(4, 2);
}

static void turn_a_knob(void) {
    push((Event){.kind = EVENT_PARAM, .part = 0, .param = PARAM_FILTER_CUTOFF, .value = 300.0f});
}

// A second of one held note, with a change in its midst.
static void play_held_note(Change *change, float sound[FRAMES]) {
    tear_down();
    set_up();
    push((Event){.kind = EVENT_MIDI, .midi = {0x90, 57, 100}});
    render(sound, CHANGE_FRAME);
    change();
    render(sound + CHANGE_FRAME, FRAMES - CHANGE_FRAME);
}

static int count_differing(const float *a, const float *b) {
    int count = 0;
    for (int i = 0; i < FRAMES; i++) {
        count += memcmp(&a[i], &b[i], sizeof a[i]) != 0;
    }
    return count;
}

Test(parts, a_chosen_patch_changes_no_sample_of_a_held_note) {
    static float plain[FRAMES];
    static float changed[FRAMES];
    play_held_note(change_nothing, plain);
    play_held_note(choose_on_this_part, changed);
    cr_expect_eq(count_differing(plain, changed), 0);
    cr_expect_str_eq(name_of(0), "Sub");
    play_held_note(choose_on_another, changed);
    cr_expect_eq(count_differing(plain, changed), 0);
    cr_expect_str_eq(name_of(4), "Bright");
    play_held_note(turn_a_knob, changed);
    cr_expect_gt(count_differing(plain, changed), FRAMES / 2, "an edit is heard at once");
}

Test(parts, the_next_note_plays_the_chosen_patch) {
    static float first[FRAMES];
    static float chosen[FRAMES];
    play_held_note(change_nothing, first);
    tear_down();
    set_up();
    choose(0, 1);
    push((Event){.kind = EVENT_MIDI, .midi = {0x90, 57, 100}});
    render(chosen, FRAMES);
    cr_expect_gt(count_differing(first, chosen), FRAMES / 2);
}

Test(parts, names_follow_whoever_chooses) {
    static float sound[2 * ENGINE_BLOCK_MAX_FRAMES];
    cr_expect_str_eq(name_of(3), "Saw");
    choose(3, 1);
    cr_expect_str_eq(name_of(3), "Sub", "at once, although no block has passed");
    cr_expect_str_eq(name_of(2), "Saw");
    render(sound, BLOCK_FRAMES);
    cr_expect_str_eq(name_of(3), "Sub");
    push((Event){.kind = EVENT_MIDI, .midi = {0xC3, 2, 0}});
    render(sound, BLOCK_FRAMES);
    cr_expect_str_eq(name_of(3), "Bright");
    choose(3, 1);
    push((Event){.kind = EVENT_RESET}); // before the choice was looked at
    render(sound, sizeof sound / sizeof sound[0]);
    render(sound, BLOCK_FRAMES);
    cr_expect_str_eq(name_of(3), "Saw");
}

Test(parts, tells_in_words_what_is_refused) {
    static float sound[BLOCK_FRAMES];
    Error error = {""};
    cr_expect_not(parts_choose(&parts, engine, frame, 0, 3, &error));
    cr_expect(strstr(error.text, "choose one of the list"), "%s", error.text);
    int taken = 0;
    while (taken < EVENT_RING_EVENTS && parts_choose(&parts, engine, frame, 0, 1, &error)) {
        taken++;
    }
    cr_assert_lt(taken, EVENT_RING_EVENTS, "a few wait at most");
    cr_expect(strstr(error.text, "Sub: ") && strstr(error.text, "choose it again"), "%s", error.text);
    cr_expect_not(parts_choose(&parts, engine, frame, 1, 2, &error));
    cr_expect_str_eq(name_of(1), "Saw", "what was refused is not shown");
    Patch saved = parts.bank.patches[2];
    cr_expect_not(parts_replace(&parts, engine, frame, 2, &saved, &error));
    cr_expect(strstr(error.text, "save it again"), "%s", error.text);
    render(sound, BLOCK_FRAMES);
    cr_expect(parts_choose(&parts, engine, frame, 1, 2, &error), "%s", error.text);
    cr_expect(parts_replace(&parts, engine, frame, 2, &saved, &error), "%s", error.text);
}

Test(parts, a_patch_saved_since_the_start_can_be_chosen_and_has_its_name) {
    static float sound[BLOCK_FRAMES];
    Error error = {""};
    Patch saved = parts.bank.patches[0];
    snprintf(saved.name, sizeof saved.name, "Mine");
    saved.values[PARAM_FILTER_CUTOFF] = 440.0f;
    cr_assert(parts_replace(&parts, engine, frame, 3, &saved, &error), "%s", error.text);
    choose(7, 3);
    render(sound, BLOCK_FRAMES);
    Patch played;
    cr_expect_eq(parts_playing(&parts, engine, 7, &played), 3);
    cr_expect_str_eq(played.name, "Mine");
    cr_expect_float_eq(played.values[PARAM_FILTER_CUTOFF], 440.0f, 0.01f);
}

Test(parts, what_is_renamed_keeps_its_values) {
    static float sound[BLOCK_FRAMES];
    Error error = {""};
    push((Event){.kind = EVENT_PARAM, .part = 6, .param = PARAM_FILTER_CUTOFF, .value = 555.0f});
    render(sound, BLOCK_FRAMES);
    cr_assert(parts_rename(&parts, engine, frame, 6, 2, &error), "%s", error.text);
    cr_expect_str_eq(name_of(6), "Bright");
    render(sound, BLOCK_FRAMES);
    Patch played;
    cr_expect_eq(parts_playing(&parts, engine, 6, &played), 2);
    cr_expect_float_eq(played.values[PARAM_FILTER_CUTOFF], 555.0f, 0.01f);
}
