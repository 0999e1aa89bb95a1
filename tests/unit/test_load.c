// Engines under a steady load, as benchmarks and calibration need them.
#include "app/calibrate/load.h"

#include <criterion/criterion.h>

static void expect_voices(uint32_t voices, LoadPatch patch, int blocks) {
    EngineConfig config = engine_config_default();
    config.pool.workers = 1;
    Error error;
    Engine *engine = load_create(&config, patch, voices, &error);
    cr_assert(engine, "%s", error.text);
    float sound[CHANNEL_COUNT][512];
    for (int block = 0; block < blocks; block++) {
        engine_render(engine, CHANNELS_AT(sound, 0), 512, 0);
    }
    cr_expect_eq(engine_voices_sounding(engine), voices, "%u voices", voices);
    EngineFigures figures;
    engine_figures(engine, &figures);
    cr_expect_eq(figures.stolen, 0);
    cr_expect_eq(figures.dropped, 0);
    cr_expect_gt(figures.peak[CHANNEL_LEFT], 0.0f);
    engine_destroy(engine);
}

Test(load, as_many_voices_sound_as_were_asked_for_and_go_on_sounding) {
    expect_voices(1, LOAD_TWO_SAWS, 100);
    expect_voices(100, LOAD_EVERYTHING, 20);
    expect_voices(2049, LOAD_TWO_SAWS, 4); // more than there are keys
}

// More voices than any machine renders in time.
Test(load, nothing_is_shed_of_it) {
    enum { VOICES = 2048, BLOCKS = 10 };
    EngineConfig config = engine_config_default();
    config.rate_hz = ENGINE_RATE_MAX_HZ;
    config.simd = SIMD_SCALAR;
    config.pool.workers = 1;
    config.sheds = true; // as live play is set up
    Error error;
    Engine *engine = load_create(&config, LOAD_TWO_SAWS, VOICES, &error);
    cr_assert(engine, "%s", error.text);
    float sound[CHANNEL_COUNT][256];
    for (int block = 0; block < BLOCKS; block++) {
        engine_render(engine, CHANNELS_AT(sound, 0), 256, 1);
    }
    EngineFigures figures;
    engine_figures(engine, &figures);
    cr_expect_gt(figures.xruns, 0);
    cr_expect_eq(engine_voices_sounding(engine), VOICES);
    cr_expect_eq(figures.shed, 0);
    cr_expect_not(figures.lowered);
    engine_destroy(engine);
}

Test(load, a_run_renders_the_blocks_asked_for_and_ends_at_the_first_late_one) {
    EngineConfig config = engine_config_default();
    config.pool.workers = 1;
    Error error;
    Engine *engine = load_create(&config, LOAD_TWO_SAWS, 4, &error);
    cr_assert(engine, "%s", error.text);
    LoadPlan plan = {.rate_hz = config.rate_hz, .block_frames = 480, .seconds = 0.1};
    LoadResult result;
    cr_assert(load_run(engine, &plan, &result, &error), "%s", error.text);
    cr_expect_gt(result.blocks, 0);
    cr_expect_gt(result.worst_ns, 0);
    cr_expect(result.late == 0 ? result.blocks == 11 : result.late == 1, "%u late of %u", result.late,
              result.blocks);
    engine_destroy(engine);
}

Test(load, a_run_can_be_cancelled) {
    EngineConfig config = engine_config_default();
    Error error;
    Engine *engine = load_create(&config, LOAD_TWO_SAWS, 1, &error);
    cr_assert(engine, "%s", error.text);
    _Atomic bool cancel = true;
    LoadPlan plan = {.rate_hz = config.rate_hz, .block_frames = 480, .seconds = 1000, .cancel = &cancel};
    LoadResult result;
    cr_assert(load_run(engine, &plan, &result, &error), "%s", error.text);
    cr_expect_eq(result.blocks, 1);
    engine_destroy(engine);
}

static uint32_t sounding_after(Engine *engine, int blocks) {
    float sound[CHANNEL_COUNT][512];
    for (int block = 0; block < blocks; block++) {
        engine_render(engine, CHANNELS_AT(sound, 0), 512, 0);
    }
    return engine_voices_sounding(engine);
}

Test(load, steps_up_and_down) {
    EngineConfig config = engine_config_default();
    config.pool.workers = 1;
    config.polyphony = 64;
    Error error;
    Engine *engine = load_create_silent(&config, LOAD_TWO_SAWS, &error);
    cr_assert(engine, "%s", error.text);
    static const uint32_t VOICES[] = {64, 4, 32};
    for (int step = 0; step < 3; step++) {
        cr_assert(load_push_notes(engine, 0, VOICES[step]));
        cr_expect_eq(sounding_after(engine, 10), VOICES[step]);
        cr_assert(load_silence(engine));
        cr_expect_eq(sounding_after(engine, 3), 0); // 32 ms
    }
    engine_destroy(engine);
}
