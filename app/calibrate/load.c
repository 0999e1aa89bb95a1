// Holds notes down, and renders them against the clock.
#include "app/calibrate/load.h"

#include "app/calibrate/paced.h"
#include "engine/midi/midi_names.h"
#include "platform/clock.h"

#include <stdlib.h>
#include <string.h>

enum {
    KEYS = 128,
    KEY_STEP = 37, // odd, so that i * KEY_STEP meets every key
    VELOCITY = 100,
    WARM_UP_FRAMES = 4096, // all attacks are over
    WARM_UP_BLOCK_FRAMES = 256,
};

static const double NS_PER_SECOND = 1e9;
static const uint64_t FNV_BASIS = 14695981039346656037u;
static const uint64_t FNV_PRIME = 1099511628211u;

static void fill_patch(Patch *patch, LoadPatch kind) {
    patch_init(patch);
    float *values = patch->values;
    values[PARAM_OSC2_SAW] = 100;
    values[PARAM_OSC2_FINE] = 7;
    values[PARAM_FILTER_CUTOFF] = 2000;
    values[PARAM_FILTER_RESONANCE] = 30;
    values[PARAM_FILTER_ENVELOPE] = 1200;
    values[PARAM_FILTER_SUSTAIN] = 50;
    values[PARAM_LFO_PITCH] = 10;
    values[PARAM_LEVEL] = -40; // thousands of voices stay in range
    // Longer than any measurement: a key has only one note that is held, so the voices beyond 2048 are those
    // that were let go.
    values[PARAM_AMP_RELEASE] = PARAM_INFOS[PARAM_AMP_RELEASE].maximum;
    if (kind == LOAD_EVERYTHING) {
        for (int source = PARAM_OSC1_SAW; source <= PARAM_OSC1_SINE; source++) {
            values[source] = 50;
        }
        for (int source = PARAM_OSC2_SAW; source <= PARAM_OSC2_SINE; source++) {
            values[source] = 50;
        }
        values[PARAM_NOISE] = 30;
        values[PARAM_FILTER_BANDPASS] = 30;
        values[PARAM_FILTER_HIGHPASS] = 20;
        values[PARAM_LFO_WIDTH] = 20;
        values[PARAM_LFO_CUTOFF] = 600;
        values[PARAM_LFO_LEVEL] = 20;
    }
}

bool load_push_notes(Engine *engine, uint32_t first, uint32_t end) {
    for (uint32_t i = first; i < end; i++) {
        uint8_t part = (uint8_t)(i % PART_COUNT);
        uint8_t key = (uint8_t)(i / PART_COUNT * KEY_STEP % KEYS);
        Event event = {
            .kind = EVENT_MIDI, .part = part, .midi = {(uint8_t)(MIDI_NOTE_ON | part), key, VELOCITY}};
        if (!engine_push(engine, EVENT_SOURCE_MAIN, &event)) {
            return false;
        }
    }
    return true;
}

static void warm_up(Engine *engine) {
    float sound[CHANNEL_COUNT][WARM_UP_BLOCK_FRAMES];
    for (int done = 0; done < WARM_UP_FRAMES; done += WARM_UP_BLOCK_FRAMES) {
        engine_render(engine, CHANNELS_AT(sound, 0), WARM_UP_BLOCK_FRAMES, 0);
    }
}

// A note that is let go before it has begun to sound never does: so the second of a key waits for the first.
static bool hold_notes(Engine *engine, uint32_t voices) {
    for (uint32_t first = 0; first < voices; first += KEYS * PART_COUNT) {
        uint32_t rest = voices - first;
        if (!load_push_notes(engine, first, first + (rest < KEYS * PART_COUNT ? rest : KEYS * PART_COUNT))) {
            return false;
        }
        warm_up(engine);
    }
    return engine_voices_sounding(engine) == voices;
}

bool load_silence(Engine *engine) {
    const Event panic = {.kind = EVENT_PANIC};
    return engine_push(engine, EVENT_SOURCE_MAIN, &panic);
}

Engine *load_create_silent(const EngineConfig *config, LoadPatch patch, Error *error) {
    Bank *bank = calloc(1, sizeof *bank);
    if (!bank) {
        error_set(error, "out of memory; close other programs");
        return NULL;
    }
    bank->patch_count = 1;
    fill_patch(&bank->patches[0], patch);
    Engine *engine = engine_create(config, bank, error);
    free(bank);
    return engine;
}

Engine *load_create(const EngineConfig *config, LoadPatch patch, uint32_t voices, Error *error) {
    EngineConfig held = *config;
    held.polyphony = voices;
    held.sheds = false; // a load that is shed is not the load that was asked for
    Engine *engine = load_create_silent(&held, patch, error);
    if (engine && !hold_notes(engine, voices)) {
        error_set(error, "%u voices were begun, but %u sound", voices, engine_voices_sounding(engine));
        engine_destroy(engine);
        return NULL;
    }
    return engine;
}

typedef struct LoadRun {
    Engine *engine;
    const LoadPlan *plan;
    uint64_t period_ns;
    LoadResult *result;
    EngineFigures figures;
    float sound[CHANNEL_COUNT][ENGINE_BLOCK_MAX_FRAMES];
} LoadRun;

static void begin(void *user, ThreadPriority priority) {
    LoadRun *run = user;
    if (run->plan->pinned) {
        thread_pin(thread_current_cpu(), NULL);
    }
    run->result->realtime = priority.scheduling == THREAD_CLASS_REALTIME;
    engine_adopt_audio_thread(run->engine);
    engine_match_audio_thread(run->engine, priority);
}

static uint64_t hash_samples(uint64_t hash, const float *samples, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        uint32_t bits;
        memcpy(&bits, &samples[i], sizeof bits);
        hash = (hash ^ bits) * FNV_PRIME;
    }
    return hash;
}

// Whatever the audio thread did besides rendering counts as waiting.
static bool is_late_by_waiting(LoadRun *run, uint64_t start_ns, uint64_t deadline_ns) {
    engine_figures(run->engine, &run->figures);
    return start_ns + run->figures.worker[0].last_busy_ns <= deadline_ns;
}

static bool play_block(void *user, uint64_t due_ns) {
    LoadRun *run = user;
    LoadResult *result = run->result;
    uint64_t start_ns = clock_now_ns();
    engine_render(run->engine, CHANNELS_AT(run->sound, 0), run->plan->block_frames, due_ns + run->period_ns);
    uint64_t end_ns = clock_now_ns();
    uint64_t wake_ns = start_ns > due_ns ? start_ns - due_ns : 0;
    result->blocks++;
    result->worst_ns = end_ns - start_ns > result->worst_ns ? end_ns - start_ns : result->worst_ns;
    result->worst_wake_ns = wake_ns > result->worst_wake_ns ? wake_ns : result->worst_wake_ns;
    if (end_ns > due_ns + run->period_ns) {
        result->late++;
        result->late_by_waiting += is_late_by_waiting(run, start_ns, due_ns + run->period_ns);
    }
    for (int channel = 0; channel < CHANNEL_COUNT; channel++) {
        result->hash = hash_samples(result->hash, run->sound[channel], run->plan->block_frames);
    }
    // Relaxed: the flag stands alone.
    const _Atomic bool *cancel = run->plan->cancel;
    bool cancelled = cancel && atomic_load_explicit(cancel, memory_order_relaxed);
    return (result->late == 0 || run->plan->to_the_end) && !cancelled;
}

bool load_run(Engine *engine, const LoadPlan *plan, LoadResult *result, Error *error) {
    LoadRun *run = calloc(1, sizeof *run);
    if (!run) {
        error_set(error, "out of memory; close other programs");
        return false;
    }
    *result = (LoadResult){.hash = FNV_BASIS};
    run->engine = engine;
    run->plan = plan;
    run->period_ns = (uint64_t)(plan->block_frames * NS_PER_SECOND / plan->rate_hz);
    run->result = result;
    Paced paced = {.period_ns = run->period_ns,
                   .calls = (uint64_t)(plan->seconds * plan->rate_hz / plan->block_frames) + 1,
                   .begin = begin,
                   .call = play_block,
                   .user = run};
    bool done = paced_run(&paced, NULL, error);
    engine_figures(engine, &run->figures);
    result->rescues = run->figures.rescues;
    free(run);
    return done;
}
