// Makes an engine and takes it apart.
#include "engine/engine.h"

#include "engine/engine_state.h"
#include "engine/math.h"
#include "engine/voice/kernels.h"
#include "platform/carver.h"
#include "platform/memory.h"

#include <assert.h>
#include <string.h>

#define SQUARE_ROOT_OF_2 1.41421356f
// Drum pads and files let a key go as it comes down; FluidSynth has such notes last as long, too.
#define NOTE_SECONDS_MIN 0.01f
// Volume, pan and every knob go through two one-pole filters of so long each: one alone begins with a corner,
// which is heard as a click of -58 dB where two leave -82 (tests/render/steps.c).
#define SMOOTH_SECONDS 0.006f
#define SMOOTH_ARRIVAL 20.0f // such times, after which less than the last bit of a float is left to go
#define LOG2_E         1.44269504f
enum {
    OFFLINE_OVERSAMPLING = 2,
    ALIGNMENT_BYTES = KERNEL_ALIGNMENT_BYTES, // of the engine and each of its arrays
};
_Static_assert((int)ALIGNMENT_BYTES >= (int)POOL_ALIGN_BYTES && ALIGNMENT_BYTES >= _Alignof(Engine),
               "buffers of different ids share no line");

EngineConfig engine_config_default(void) {
    return (EngineConfig){
        .rate_hz = 48000,
        .polyphony = 128,
        .simd = SIMD_AUTO,
        .quality = QUALITY_LIVE,
        .seed = 1,
        .pool = {.workers = POOL_WORKERS_AUTO, .wait = WAIT_PREDICT, .pin = PIN_AUTO},
    };
}

bool engine_config_same(const EngineConfig *a, const EngineConfig *b) {
    return a->rate_hz == b->rate_hz && a->polyphony == b->polyphony && a->simd == b->simd &&
           a->quality == b->quality && a->seed == b->seed && a->sheds == b->sheds &&
           a->pool.workers == b->pool.workers && a->pool.wait == b->pool.wait && a->pool.pin == b->pool.pin &&
           a->pool.share_always == b->pool.share_always;
}

static bool check_bank(const Bank *bank, Error *error) {
    uint32_t count = bank->patch_count;
    if (count < 1 || count > BANK_PATCHES_MAX) {
        error_set(error, "the bank holds %u patches; give it 1 to %d", (unsigned)count, BANK_PATCHES_MAX);
        return false;
    }
    bool whole = bank->drum_patch < count && bank->first_patch < count;
    for (int program = 0; program < 128; program++) {
        whole = whole && bank->program_patch[program] < count;
    }
    if (!whole) {
        error_set(error, "the bank points to a patch that it does not hold; it holds %u", (unsigned)count);
    }
    return whole;
}

static bool check_config(const EngineConfig *config, const Bank *bank, Error *error) {
    if (config->rate_hz < ENGINE_RATE_MIN_HZ || config->rate_hz > ENGINE_RATE_MAX_HZ) {
        error_set(error, "sample rate is %u Hz; use %d to %d Hz", (unsigned)config->rate_hz,
                  ENGINE_RATE_MIN_HZ, ENGINE_RATE_MAX_HZ);
        return false;
    }
    if (config->polyphony < 1 || config->polyphony > ENGINE_POLYPHONY_MAX) {
        error_set(error, "polyphony is %u voices; use 1 to %d", (unsigned)config->polyphony,
                  ENGINE_POLYPHONY_MAX);
        return false;
    }
    if (!simd_kind_available(config->simd)) {
        error_set(error, "instruction set %s: this processor or this build does not have it; use auto or %s",
                  SIMD_KIND_NAMES[config->simd], SIMD_KIND_NAMES[simd_kind_best()]);
        return false;
    }
    return check_bank(bank, error);
}

static void set_up_quality(Engine *engine) {
    bool offline = engine->config.quality == QUALITY_OFFLINE;
    engine->quality = (int)engine->config.quality;
    engine->oversampling = offline ? OFFLINE_OVERSAMPLING : 1;
    engine->inner_rate_hz = engine->config.rate_hz * engine->oversampling;
    engine->noise_gain =
        offline ? SQUARE_ROOT_OF_2 : 1.0f; // at twice the rate its power is spread twice as far
    float smooth_points = SMOOTH_SECONDS * (float)engine->inner_rate_hz / (float)GRID_FRAMES;
    engine->smooth_share = 1.0f - math_exp2(-LOG2_E / smooth_points);
    engine->smooth_frames = (uint32_t)(SMOOTH_ARRIVAL * smooth_points) * GRID_FRAMES;
}

// Twice the polyphony, so that as many stolen notes can fade as new ones begin.
static LanePlan plan_lanes(uint32_t polyphony, const Kernel *kernel) {
    uint32_t lanes = (polyphony * 2 + LANES_STEP - 1) / LANES_STEP * LANES_STEP;
    uint32_t batch = kernel->lanes > BATCH_LANES_MIN ? kernel->lanes : BATCH_LANES_MIN;
    while (lanes / batch > BATCHES_MAX) {
        batch *= 2;
    }
    LanePlan plan = {
        .lane_count = lanes,
        .batch_count = lanes / batch,
        .batch_lanes = batch,
        .batch_registers = batch / kernel->lanes,
        .state_bytes = batch / kernel->lanes * kernel->state_bytes,
    };
    size_t chunk = sizeof(Chunk) + plan.batch_count * sizeof(int32_t);
    plan.chunk_bytes = (chunk + ALIGNMENT_BYTES - 1) / ALIGNMENT_BYTES * ALIGNMENT_BYTES;
    return plan;
}

// Lays the arrays out behind the engine itself and returns the bytes of all. engine: NULL to measure.
static size_t lay_out(const LanePlan *plan, const Pool *pool, Engine *engine) {
    Carver carver = {.base = engine, .alignment_bytes = ALIGNMENT_BYTES};
    carver_take(&carver, 1, sizeof *engine);
    void *states = carver_take(&carver, pool_state_count(pool), plan->state_bytes);
    void *slots = carver_take(&carver, pool_slot_count(pool), sizeof(Slot));
    void *chunks = carver_take(&carver, pool_context_count(pool), plan->chunk_bytes);
    void *voices = carver_take(&carver, 1, voices_bytes(plan->lane_count));
    Event *events = carver_take(&carver, EVENT_SOURCE_COUNT, EVENT_RING_EVENTS * sizeof(Event));
    if (engine) {
        engine->states = states;
        engine->slots = slots;
        engine->chunks = chunks;
        engine->voices_memory = voices;
        for (int source = 0; source < EVENT_SOURCE_COUNT; source++) {
            engine->rings[source].events = events + source * EVENT_RING_EVENTS;
            engine->rings[source].capacity = EVENT_RING_EVENTS;
        }
    }
    return carver.used;
}

// The engine itself is all zero; what is behind it is first written by whoever uses it most.
static Engine *allocate(const LanePlan *plan, Pool *pool, Error *error) {
    size_t bytes = lay_out(plan, pool, NULL);
    Engine *engine = memory_allocate(ALIGNMENT_BYTES, bytes);
    if (!engine) {
        error_set(error, "engine: no memory (%zu bytes): close other programs or lower the polyphony", bytes);
        return NULL;
    }
    memset(engine, 0, sizeof *engine);
    engine->plan = *plan;
    engine->pool = pool;
    lay_out(plan, pool, engine);
    return engine;
}

// A worker that does not come back may still touch the memory, which then has to stay.
static void release(Engine *engine) {
    if (pool_destroy(engine->pool, NULL)) {
        memory_release(engine);
    }
}

// At first batch b has state b and slot b, and its next state is batch_count + b.
static void touch_batch(void *user, uint32_t batch) {
    const Engine *engine = user;
    for (uint32_t state = batch; state < 2 * engine->plan.batch_count; state += engine->plan.batch_count) {
        engine->kernel->clear(engine->states + state * engine->plan.state_bytes,
                              engine->plan.batch_registers);
    }
    memset(&engine->slots[batch], 0, sizeof engine->slots[batch]);
}

// Writes what no batch begins with, so that the audio thread finds every page in its place.
static void touch_spares(const Engine *engine) {
    size_t states = 2 * (size_t)engine->plan.batch_count;
    size_t slots = engine->plan.batch_count;
    memset(engine->states + states * engine->plan.state_bytes, 0,
           (pool_state_count(engine->pool) - states) * engine->plan.state_bytes);
    memset(&engine->slots[slots], 0, (pool_slot_count(engine->pool) - slots) * sizeof(Slot));
    memset(engine->chunks, 0, pool_context_count(engine->pool) * engine->plan.chunk_bytes);
}

static void clamp_values(Bank *bank) {
    for (uint32_t patch = 0; patch < bank->patch_count; patch++) {
        for (int id = 0; id < PARAM_COUNT; id++) {
            bank->patches[patch].values[id] = param_clamp((ParamId)id, bank->patches[patch].values[id]);
        }
    }
}

Engine *engine_create(const EngineConfig *config, const Bank *bank, Error *error) {
    if (!check_config(config, bank, error)) {
        return NULL;
    }
    const Kernel *kernel = kernel_for(config->simd == SIMD_AUTO ? simd_kind_best() : config->simd);
    LanePlan plan = plan_lanes(config->polyphony, kernel);
    Pool *pool = pool_create(&config->pool, plan.batch_count, error);
    if (!pool) {
        return NULL;
    }
    Engine *engine = allocate(&plan, pool, error);
    if (!engine) {
        pool_destroy(pool, NULL);
        return NULL;
    }
    static _Atomic uint32_t engines;
    engine->serial = atomic_fetch_add_explicit(&engines, 1, memory_order_relaxed) + 1; // told apart, no more
    engine->config = *config;
    engine->bank = *bank;
    clamp_values(&engine->bank);
    engine->kernel = kernel;
    engine->config.simd = kernel->kind;
    set_up_quality(engine);
    touch_spares(engine);
    voices_init(&engine->voices, engine->voices_memory, engine->plan.lane_count, config->polyphony,
                (uint32_t)(NOTE_SECONDS_MIN * (float)engine->inner_rate_hz));
    for (int part = 0; part < PART_COUNT; part++) {
        part_init(&engine->parts[part], engine->bank.patches[0].values);
    }
    engine_reset_parts(engine);
    engine_reset_controllers(engine);
    engine->row_stamp = 1;
    engine->rows_due = true;
    for (int part = 0; part < PART_COUNT; part++) {
        engine_refresh_part(engine, part, 0);
    }
    const PoolClient client = {engine, engine_render_job, touch_batch};
    if (!pool_start(pool, &client, error)) {
        release(engine);
        return NULL;
    }
    return engine;
}

void engine_destroy(Engine *engine) {
    if (engine) {
        release(engine);
    }
}

bool engine_push(Engine *engine, EventSource source, const Event *event) {
    assert(event->kind != EVENT_PATCH && event->kind != EVENT_BANK);
    return event_ring_push(&engine->rings[source], event);
}

bool engine_push_patch(Engine *engine, const Event *event, const float values[PARAM_COUNT], uint32_t tag) {
    Event numbered = *event;
    bool pushed = patch_queue_write(&engine->patches, values, tag, &numbered.param) &&
                  event_ring_push(&engine->rings[EVENT_SOURCE_MAIN], &numbered);
    if (pushed) {
        patch_queue_push(&engine->patches);
    }
    return pushed;
}

void engine_forget(Engine *engine, EventSource source) {
    while (event_ring_count(&engine->rings[source]) > 0) {
        event_ring_pop(&engine->rings[source]);
    }
}

void engine_hush(Engine *engine, bool hushed) {
    // Relaxed: an event that is pushed after it carries it along.
    atomic_store_explicit(&engine->hushed, hushed, memory_order_relaxed);
}

bool engine_set_quality(Engine *engine, Quality quality) {
    bool same_rate = (quality == QUALITY_OFFLINE) == (engine->oversampling == OFFLINE_OVERSAMPLING);
    if (same_rate) {
        atomic_store_explicit(&engine->quality, quality, memory_order_relaxed); // stands alone
    }
    return same_rate;
}

uint32_t engine_delay_frames(const Engine *engine) {
    return engine->oversampling == OFFLINE_OVERSAMPLING ? DECIMATOR_DELAY_FRAMES : 0;
}

RT void engine_adopt_audio_thread(Engine *engine) {
    pool_adopt_audio_thread(engine->pool);
}

void engine_match_audio_thread(Engine *engine, ThreadPriority priority) {
    pool_match_audio_thread(engine->pool, priority);
}

Pool *engine_pool(const Engine *engine) {
    return engine->pool;
}

void engine_join_workgroup(Engine *engine, Workgroup *group) {
    pool_join_workgroup(engine->pool, group);
}

void engine_leave_workgroup(Engine *engine) {
    pool_leave_workgroup(engine->pool);
}

bool engine_notice(const Engine *engine, Error *notice) {
    return pool_notice(engine->pool, notice);
}

bool engine_grant(const Engine *engine, uint32_t worker, ThreadGrant *grant) {
    return pool_grant(engine->pool, worker, grant);
}

size_t engine_memory_bytes(const Engine *engine) {
    return lay_out(&engine->plan, engine->pool, NULL) + pool_memory_bytes(engine->pool);
}
