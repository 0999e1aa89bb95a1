// What many changes at once do to an engine: rows find room, and nothing that was asked for is lost.
#include "engine/engine_state.h"
#include "engine/midi/midi_names.h"

#include <criterion/criterion.h>
#include <string.h>

enum { BLOCK_FRAMES = 256 };

static Bank bank;
static Engine *engine;

static Engine *make(void) {
    EngineConfig config = engine_config_default();
    config.pool.workers = 1;
    Error error = {""};
    Engine *made = engine_create(&config, &bank, &error);
    cr_assert_not_null(made, "%s", error.text);
    return made;
}

static void set_up(void) {
    bank.patch_count = 1;
    patch_init(&bank.patches[0]);
    engine = make();
}

static void tear_down(void) {
    engine_destroy(engine);
}

TestSuite(engine_control, .init = set_up, .fini = tear_down);

// Renders blocks and tells the most rows that a chunk held.
static uint32_t render_most_rows(uint32_t blocks) {
    static float sound[CHANNEL_COUNT][BLOCK_FRAMES];
    uint32_t most = 0;
    for (uint32_t block = 0; block < blocks; block++) {
        engine_render(engine, CHANNELS_AT(sound, 0), BLOCK_FRAMES, 0);
        for (uint32_t context = 0; context < pool_context_count(engine->pool); context++) {
            uint32_t rows = engine_chunk(engine, context)->row_count;
            most = rows > most ? rows : most;
        }
    }
    return most;
}

static void control_all(uint64_t frame, uint8_t status, uint8_t first, uint8_t second) {
    for (uint8_t part = 0; part < PART_COUNT; part++) {
        const Event event = {.kind = EVENT_MIDI,
                             .frame = frame,
                             .part = part,
                             .midi = {(uint8_t)(status | part), first, second}};
        cr_assert(engine_push(engine, EVENT_SOURCE_SONG, &event));
    }
}

Test(engine_control, rows_find_room_when_what_moved_arrives_while_more_is_moved) {
    control_all(725, MIDI_CONTROLLER, MIDI_CC_VOLUME, 50);
    control_all(741, MIDI_CONTROLLER, MIDI_CC_PAN, 20);
    control_all(757, MIDI_CONTROLLER, MIDI_CC_WHEEL, 90);
    for (uint8_t step = 0; step < 5; step++) {
        control_all(6401 + 16 * (uint64_t)step, MIDI_BEND, (uint8_t)(step * 9), 70);
    }
    uint32_t most = render_most_rows(60);
    cr_expect(most <= CHUNK_ROWS_MAX, "%u rows of %d", (unsigned)most, CHUNK_ROWS_MAX);
    cr_expect(most > 2 * PART_COUNT, "every part moved");
}

Test(engine_control, rows_find_room_when_every_knob_of_every_part_arrives_apart) {
    for (int param = 0; param < 24;
         param++) { // one a grid interval; from 6912 on, where a chunk begins, they arrive
        for (uint8_t part = 0; part < PART_COUNT; part++) {
            const Event event = {.kind = EVENT_PARAM,
                                 .part = part,
                                 .frame = 1137 + 16 * (uint64_t)param,
                                 .param = (uint16_t)param,
                                 .value = 42};
            cr_assert(engine_push(engine, EVENT_SOURCE_SONG, &event));
        }
    }
    uint32_t most = render_most_rows(60);
    cr_expect(most <= CHUNK_ROWS_MAX, "%u rows of %d", (unsigned)most, CHUNK_ROWS_MAX);
}

Test(engine_control, a_new_engine_knows_what_the_old_one_was_still_to_be_told) {
    ControllerRow row = controller_row_none();
    row.controller = 74;
    Event bind = {.kind = EVENT_CONTROLLER, .param = PARAM_FILTER_CUTOFF};
    memcpy(bind.midi, &row, sizeof row);
    const Event focus = {.kind = EVENT_FOCUS, .part = 5};
    const Event level = {.kind = EVENT_PARAM, .part = 2, .param = PARAM_LEVEL, .value = -7.0f};
    const Event patch = {.kind = EVENT_PATCH, .part = 3};
    float values[PARAM_COUNT];
    memcpy(values, bank.patches[0].values, sizeof values);
    values[PARAM_PAN] = 30.0f;
    cr_assert(engine_push(engine, EVENT_SOURCE_MAIN, &bind));
    cr_assert(engine_push(engine, EVENT_SOURCE_MAIN, &focus));
    cr_assert(engine_push(engine, EVENT_SOURCE_MAIN, &level));
    cr_assert(engine_push_patch(engine, &patch, values, BANK_PATCHES_MAX + 9));
    Engine *old = engine; // which never rendered
    engine = make();
    engine_take_parts(engine, old);
    engine_destroy(old);
    cr_expect(engine_controller(engine, PARAM_FILTER_CUTOFF).controller == 74);
    cr_expect(engine->focus == 5);
    engine_part_values(engine, 2, values);
    cr_expect(values[PARAM_LEVEL] == -7.0f);
    engine_part_values(engine, 3, values);
    cr_expect(values[PARAM_PAN] == 30.0f);
    cr_expect(engine_part_patch(engine, 3) == BANK_PATCHES_MAX + 9);
}

Test(engine_control, what_is_set_up_counts_for_what_is_played_at_the_same_frame) {
    ControllerRow row = controller_row_none();
    row.controller = 74;
    Event bind = {.kind = EVENT_CONTROLLER, .param = PARAM_PAN};
    memcpy(bind.midi, &row, sizeof row);
    const Event turn = {.kind = EVENT_MIDI, .midi = {MIDI_CONTROLLER, 74, 127}};
    cr_assert(engine_push(engine, EVENT_SOURCE_MIDI, &turn));
    cr_assert(engine_push(engine, EVENT_SOURCE_MAIN, &bind));
    render_most_rows(1);
    float values[PARAM_COUNT];
    engine_part_values(engine, 0, values);
    cr_expect(values[PARAM_PAN] == 100.0f);
}
