// The engine makes sound of its events, the same bits however it is run.
#include "engine/engine.h"

#include "engine/pool/pool_testing.h"
#include "engine/voice/kernels.h"
#include "platform/clock.h"
#include "tests/support/dense_score.h"

#include <criterion/criterion.h>
#include <string.h>

enum { SCORE_FRAMES = 24000 };
static const uint64_t LIMIT_NS = 60000000000u; // a busy machine runs some workers seldom

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

// By position, so that the compiler misses a value for a field that is new; each value is one byte.
static const EngineConfig ONE_CONFIG = {
    1, 1, SIMD_SSE, QUALITY_LIVE, 1, false, {1, WAIT_PREDICT, PIN_ON, false}};
static const EngineConfig OTHER_CONFIG = {
    2, 2, SIMD_AVX2, QUALITY_DRAFT, 2, true, {2, WAIT_SPIN, PIN_OFF, true}};
enum { CONFIG_FIELDS = 10 };

Test(engine, configurations_are_the_same_only_when_each_field_is) {
    int fields = 0;
    cr_expect(engine_config_same(&ONE_CONFIG, &ONE_CONFIG));
    for (size_t i = 0; i < sizeof ONE_CONFIG; i++) {
        EngineConfig config;
        memcpy(&config, &ONE_CONFIG, sizeof config); // the bytes between the fields too
        unsigned char byte = ((const unsigned char *)&OTHER_CONFIG)[i];
        if (byte != ((const unsigned char *)&config)[i]) {
            ((unsigned char *)&config)[i] = byte;
            fields++;
            cr_expect_not(engine_config_same(&ONE_CONFIG, &config), "the field at byte %zu", i);
        }
    }
    cr_expect_eq(fields, CONFIG_FIELDS);
}

Test(engine, the_dense_score_steals_voices_and_is_heard) {
    static EngineFigures figures;
    hash_with(SIMD_SCALAR, 1, 256, &figures);
    cr_assert(figures.frame == SCORE_FRAMES);
    cr_assert(figures.stolen > 100, "%llu stolen", (unsigned long long)figures.stolen);
    cr_assert(figures.peak[CHANNEL_LEFT] > 0.1f && figures.peak[CHANNEL_LEFT] < 50.0f, "peak %g",
              (double)figures.peak[CHANNEL_LEFT]);
}

Test(engine, every_instruction_set_gives_the_same_bits) {
    uint64_t reference = hash_with(SIMD_SCALAR, 1, 256, NULL);
    int compared = 0;
    for (int kind = 0; kind < SIMD_KIND_COUNT; kind++) {
        if (simd_kind_available((SimdKind)kind)) {
            cr_assert(hash_with((SimdKind)kind, 1, 256, NULL) == reference, "%s", SIMD_KIND_NAMES[kind]);
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

static uint64_t hash_of_many(uint32_t workers, WaitMode wait, EngineFigures *figures) {
    Bank bank;
    dense_bank(&bank);
    EngineConfig config = dense_config(SIMD_AUTO, workers);
    config.polyphony = 128; // two batches of the widest register for each of eight workers
    config.pool.wait = wait;
    Error error;
    Engine *engine = engine_create(&config, &bank, &error);
    cr_assert(engine, "%s", error.text);
    cr_assert_eq(pool_test_wait, wait);
    uint64_t hash = dense_hash(engine, SCORE_FRAMES / 4, 128, 1);
    engine_figures(engine, figures);
    engine_destroy(engine);
    return hash;
}

// Renders until every worker has done something, each time waiting in another way.
static void compare_until_all_help(uint32_t workers, uint64_t reference) {
    static EngineFigures figures;
    uint64_t batches[POOL_WORKERS_MAX] = {0};
    uint32_t idle = workers;
    uint64_t end_ns = clock_now_ns() + LIMIT_NS;
    for (int turn = 0; turn < WAIT_MODE_COUNT || idle > 0; turn++) {
        cr_assert_lt(clock_now_ns(), end_ns, "of %u workers %u rendered nothing", (unsigned)workers,
                     (unsigned)idle);
        cr_assert(hash_of_many(workers, (WaitMode)(turn % WAIT_MODE_COUNT), &figures) == reference,
                  "%u workers", (unsigned)workers);
        idle = 0;
        for (uint32_t worker = 0; worker < workers; worker++) {
            batches[worker] += figures.worker[worker].batches;
            idle += batches[worker] == 0;
        }
    }
}

Test(engine, every_number_of_workers_gives_the_same_bits) {
    static EngineFigures figures;
    pool_test_keep_wait = true;
    uint64_t reference = hash_of_many(1, WAIT_PARK, &figures);
    for (uint32_t workers = 2; workers <= 8; workers++) {
        compare_until_all_help(workers, reference);
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

static void push_midi(Engine *engine, uint8_t status, uint8_t first, uint8_t second) {
    Event event = {.kind = EVENT_MIDI, .frame = engine_frame(engine), .midi = {status, first, second}};
    cr_assert(engine_push(engine, EVENT_SOURCE_MAIN, &event));
}

// More voices than any machine renders in time: what follows does not depend on how fast it is.
static Engine *overloaded(bool sheds) {
    static Bank bank;
    dense_bank(&bank);
    EngineConfig config = engine_config_default();
    config.rate_hz = ENGINE_RATE_MAX_HZ;
    config.polyphony = 2048;
    config.simd = SIMD_SCALAR;
    config.sheds = sheds;
    config.pool.workers = 1;
    Error error;
    Engine *engine = engine_create(&config, &bank, &error);
    cr_assert(engine, "%s", error.text);
    for (int note = 0; note < 2048; note++) {
        Event event = {.kind = EVENT_MIDI,
                       .part = (uint8_t)(note % 16),
                       .midi = {(uint8_t)(0x90 | note % 16), (uint8_t)(note / 16), 100}};
        cr_assert(engine_push(engine, EVENT_SOURCE_MAIN, &event));
    }
    return engine;
}

static void render_live(Engine *engine, EngineFigures *figures) {
    static float sound[CHANNEL_COUNT][256];
    engine_render(engine, CHANNELS_AT(sound, 0), 256, clock_now_ns() + 1);
    engine_figures(engine, figures);
}

Test(engine, lowers_its_quality_before_it_sheds_voices) {
    static EngineFigures figures;
    Engine *engine = overloaded(true);
    for (int block = 0; block < 30 && !figures.lowered; block++) {
        render_live(engine, &figures);
    }
    cr_assert(figures.lowered);
    cr_expect_eq(figures.shed, 0);
    for (int block = 0; block < 300 && figures.shed == 0; block++) {
        render_live(engine, &figures);
    }
    cr_expect_gt(figures.shed, 0);
    cr_expect(figures.lowered);
    engine_destroy(engine);
}

Test(engine, keeps_quality_and_voices_where_it_must_not_shed) {
    static EngineFigures figures;
    Engine *engine = overloaded(false);
    for (int block = 0; block < 10; block++) {
        render_live(engine, &figures);
    }
    cr_expect_gt(figures.xruns, 0);
    cr_expect_not(figures.lowered);
    cr_expect_eq(figures.shed, 0);
    engine_destroy(engine);
}

Test(engine, takes_the_parts_of_another_with_their_controllers) {
    enum { FRAMES = 1024 };
    static float sound[3][CHANNEL_COUNT][FRAMES];
    static const uint8_t SET[][3] = {{0xB2, 7, 90},  {0xB2, 10, 30}, {0xB2, 101, 0},
                                     {0xB2, 100, 0}, {0xB2, 6, 12},  {0xE2, 0, 100}};
    Bank bank = {.patch_count = 1};
    patch_init(&bank.patches[0]);
    bank.patches[0].values[PARAM_OSC_RANDOM_PHASE] = 0;
    EngineConfig config = dense_config(SIMD_AUTO, 1);
    Error error;
    Engine *engines[3];
    for (int i = 0; i < 3; i++) {
        engines[i] = engine_create(&config, &bank, &error);
        cr_assert(engines[i], "%s", error.text);
    }
    for (size_t i = 0; i < sizeof SET / sizeof SET[0]; i++) {
        push_midi(engines[0], SET[i][0], SET[i][1], SET[i][2]);
    }
    Event volume = {.kind = EVENT_MASTER_VOLUME, .value = 0.5f};
    engine_push(engines[0], EVENT_SOURCE_MAIN, &volume);
    engine_render(engines[0], CHANNELS_AT(sound[0], 0), FRAMES, 0);
    engine_take_parts(engines[1], engines[0]);
    for (int i = 0; i < 3; i++) {
        push_midi(engines[i], 0x92, 60, 100);
        engine_render(engines[i], CHANNELS_AT(sound[i], 0), FRAMES, 0);
        engine_destroy(engines[i]);
    }
    cr_assert(memcmp(sound[0], sound[1], sizeof sound[0]) == 0, "the note sounds as before");
    cr_assert(memcmp(sound[0], sound[2], sizeof sound[0]) != 0);
}
