// Takes on a real engine.
#include "tests/support/take.h"

#include <criterion/criterion.h>
#include <stdlib.h>

enum {
    TAKE_MAX_FRAMES = 30 * RATE_HZ,
    BLOCK_FRAMES = 256,
};

Patch plain_patch(void) {
    Patch patch;
    patch_init(&patch);
    patch.values[PARAM_OSC1_SAW] = 0.0f;
    patch.values[PARAM_OSC1_SINE] = 100.0f;
    patch.values[PARAM_AMP_ATTACK] = 0.001f;
    patch.values[PARAM_AMP_RELEASE] = 0.001f;
    return patch;
}

Take take_start(const Patch *patch, uint32_t polyphony) {
    return take_start_in(QUALITY_LIVE, patch, polyphony);
}

Take take_start_in(Quality quality, const Patch *patch, uint32_t polyphony) {
    Bank *bank = calloc(1, sizeof *bank);
    cr_assert_not_null(bank);
    bank->patches[0] = *patch;
    bank->patch_count = 1;
    EngineConfig config = engine_config_default();
    config.rate_hz = RATE_HZ;
    config.quality = quality;
    config.polyphony = polyphony;
    config.pool.workers = 1;
    Error error = {0};
    Take take = {.engine = engine_create(&config, bank, &error)};
    cr_assert_not_null(take.engine, "%s", error.text);
    free(bank);
    take.left = malloc(TAKE_MAX_FRAMES * sizeof *take.left);
    take.right = malloc(TAKE_MAX_FRAMES * sizeof *take.right);
    cr_assert(take.left && take.right);
    return take;
}

void take_end(Take *take) {
    engine_destroy(take->engine);
    free(take->left);
    free(take->right);
    *take = (Take){0};
}

void take_midi(Take *take, size_t frame, uint8_t status, uint8_t first, uint8_t second) {
    Event event = {.frame = frame, .kind = EVENT_MIDI, .part = status & 15, .midi = {status, first, second}};
    cr_assert(engine_push(take->engine, EVENT_SOURCE_MIDI, &event));
}

void take_param(Take *take, size_t frame, ParamId param, float value) {
    Event event = {.frame = frame, .kind = EVENT_PARAM, .param = (uint16_t)param, .value = value};
    cr_assert(engine_push(take->engine, EVENT_SOURCE_MIDI, &event));
}

void take_play_blocks(Take *take, size_t frames, uint32_t block_frames) {
    cr_assert(take->frames + frames <= TAKE_MAX_FRAMES);
    while (frames > 0) {
        uint32_t count = frames < block_frames ? (uint32_t)frames : block_frames;
        float *const channels[CHANNEL_COUNT] = {take->left + take->frames, take->right + take->frames};
        engine_render(take->engine, channels, count, 0);
        take->frames += count;
        frames -= count;
    }
}

void take_play(Take *take, size_t frames) {
    take_play_blocks(take, frames, BLOCK_FRAMES);
}

Take take_note(const Patch *patch, uint8_t key, uint8_t velocity, double seconds) {
    return take_note_in(QUALITY_LIVE, patch, key, velocity, seconds);
}

Take take_note_in(Quality quality, const Patch *patch, uint8_t key, uint8_t velocity, double seconds) {
    Take take = take_start_in(quality, patch, 16);
    take_midi(&take, 0, 0x90, key, velocity);
    take_play(&take, (size_t)(seconds * RATE_HZ));
    return take;
}
