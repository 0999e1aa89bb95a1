// The engine makes sound of its events, the same bits however it is run.
#include "engine/engine.h"

#include "tests/engine/dense_score.h"

#include <criterion/criterion.h>

enum { SCORE_FRAMES = 96000 };

static uint64_t hash_with(SimdKind simd, uint32_t workers, uint32_t block_frames, EngineFigures *figures) {
    Bank bank;
    dense_bank(&bank);
    EngineConfig config = dense_config(simd, workers);
    Error error;
    Engine *engine = engine_create(&config, &bank, &error);
    cr_assert(engine, "%s", error.text);
    uint64_t hash = dense_hash(engine, SCORE_FRAMES, block_frames, 1);
    static EngineFigures own;
    engine_figures(engine, figures ? figures : &own);
    engine_destroy(engine);
    return hash;
}

Test(engine, the_dense_score_steals_voices_and_is_heard) {
    static EngineFigures figures;
    hash_with(SIMD_SCALAR, 1, 256, &figures);
    cr_assert(figures.frame == SCORE_FRAMES);
    cr_assert(figures.stolen > 100, "%llu stolen", (unsigned long long)figures.stolen);
    cr_assert(figures.peak_left > 0.1f && figures.peak_left < 50.0f, "peak %g", (double)figures.peak_left);
}

Test(engine, every_instruction_set_gives_the_same_bits) {
    uint64_t reference = hash_with(SIMD_SCALAR, 1, 256, NULL);
    int compared = 0;
    for (int kind = 0; kind < SIMD_KIND_COUNT; kind++) {
        if (simd_kind_available((SimdKind)kind)) {
            cr_assert(hash_with((SimdKind)kind, 1, 256, NULL) == reference, "%s",
                      simd_kind_name((SimdKind)kind));
            compared++;
        }
    }
    cr_assert(compared >= 2);
}

Test(engine, every_block_size_gives_the_same_bits) {
    static const uint32_t SIZES[] = {0, 1, 7, 16, 64, 100, 128, 480, 1024, 4096};
    uint64_t reference = hash_with(SIMD_AUTO, 1, 256, NULL);
    for (size_t index = 0; index < sizeof SIZES / sizeof SIZES[0]; index++) {
        cr_assert(hash_with(SIMD_AUTO, 1, SIZES[index], NULL) == reference, "blocks of %u",
                  (unsigned)SIZES[index]);
    }
}

Test(engine, every_number_of_workers_gives_the_same_bits) {
    uint64_t reference = hash_with(SIMD_AUTO, 1, 256, NULL);
    for (uint32_t workers = 2; workers <= 8; workers++) {
        cr_assert(hash_with(SIMD_AUTO, workers, 128, NULL) == reference, "%u workers", (unsigned)workers);
    }
}

Test(engine, a_score_of_another_seed_sounds_different) {
    Bank bank;
    dense_bank(&bank);
    EngineConfig config = dense_config(SIMD_AUTO, 1);
    uint64_t hashes[2];
    for (uint32_t seed = 0; seed < 2; seed++) {
        Engine *engine = engine_create(&config, &bank, NULL);
        cr_assert(engine);
        hashes[seed] = dense_hash(engine, 9600, 256, seed + 1);
        engine_destroy(engine);
    }
    cr_assert(hashes[0] != hashes[1]);
}

Test(engine, refuses_what_it_cannot_do_in_words) {
    Bank bank;
    dense_bank(&bank);
    Error error;
    EngineConfig config = engine_config_default();
    config.rate_hz = 4000;
    cr_assert(!engine_create(&config, &bank, &error));
    cr_assert(error.text[0]);
    config = engine_config_default();
    config.polyphony = 0;
    cr_assert(!engine_create(&config, &bank, &error));
    config = engine_config_default();
    bank.program_patch[127] = (uint8_t)bank.patch_count;
    cr_assert(!engine_create(&config, &bank, &error));
    bank.program_patch[127] = 0;
    bank.patch_count = 0;
    cr_assert(!engine_create(&config, &bank, &error));
}
