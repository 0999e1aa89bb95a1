// Random scenes at the edges: extreme rates, polyphonies and parameters, crowds in one frame and events that
// no sender should send give the same bits however they are rendered, finite ones, and end in silence.
//
// usage: render_stress [SCENES [FIRST]]
#include "engine/engine.h"
#include "engine/pool/pool_testing.h"
#include "engine/voice/kernels.h"
#include "platform/clock.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    SCENE_FRAMES = 6000,
    SCENE_EVENTS_MAX = 6000, // of one source: fewer than its ring holds
    PATCHES = 4,
    WAYS = 3,
    HELP_LIMIT_MS = 60000, // for a worker to have rendered something: a busy machine runs them seldom
};

typedef struct Scene {
    uint32_t rate_hz;
    uint32_t polyphony;
    Quality quality;
    Bank bank;
    Event events[EVENT_SOURCE_COUNT][SCENE_EVENTS_MAX];
    uint32_t event_count[EVENT_SOURCE_COUNT];
} Scene;

typedef struct Sound {
    float channel[CHANNEL_COUNT][SCENE_FRAMES];
    uint64_t stolen;
} Sound;

static uint64_t helped; // batches that workers rendered, of all scenes

static uint32_t random_bits;
static uint32_t draw(uint32_t below) {
    random_bits ^= random_bits << 13;
    random_bits ^= random_bits >> 17;
    random_bits ^= random_bits << 5;
    return random_bits % below;
}

static float draw_value(ParamId id) {
    const ParamInfo *info = &PARAM_INFOS[id];
    switch (draw(4)) {
    case 0:
        return info->minimum;
    case 1:
        return info->maximum;
    default:
        return param_from_travel(id, (float)draw(1001) * 0.001f);
    }
}

static void draw_bank(Bank *bank) {
    memset(bank, 0, sizeof *bank);
    bank->patch_count = PATCHES;
    for (uint32_t index = 0; index < PATCHES; index++) {
        Patch *patch = &bank->patches[index];
        patch_init(patch);
        for (int id = 0; id < PARAM_COUNT; id++) {
            patch->values[id] = draw_value((ParamId)id);
        }
        if (draw(2)) { // short, or few lanes are ever used again
            patch->values[PARAM_AMP_ATTACK] = 0.001f;
            patch->values[PARAM_AMP_RELEASE] = 0.001f + 0.001f * (float)draw(20);
        }
    }
    for (int program = 0; program < 128; program++) {
        bank->program_patch[program] = (uint8_t)(program % PATCHES);
    }
    bank->drum_patch = 1;
}

static Event draw_midi(void) {
    static const uint8_t CONTROLLERS[] = {1, 6, 7, 10, 11, 38, 64, 66, 67, 96, 100, 101, 120, 121, 123};
    static const uint8_t STATUSES[] = {0x90, 0x90, 0x90, 0x90, 0x80, 0x80, 0xB0, 0xB0, 0xC0, 0xD0, 0xE0};
    Event event = {.kind = EVENT_MIDI};
    uint32_t limit = draw(50) ? 128 : 256; // the rest are not MIDI
    uint8_t status = STATUSES[draw(sizeof STATUSES)];
    event.midi[0] = (uint8_t)(status | draw(16));
    event.midi[1] = (uint8_t)draw(limit);
    event.midi[2] = (uint8_t)draw(limit);
    if (status == 0xB0 && draw(20)) {
        event.midi[1] = CONTROLLERS[draw(draw(8) ? 12 : sizeof CONTROLLERS)];
    }
    return event;
}

static Event draw_event(void) {
    static const float HOSTILE[] = {NAN, INFINITY, -INFINITY, 1e38f, -1e38f, 1e-40f};
    Event event = {.part = (uint8_t)draw(256)};
    uint32_t choice = draw(100);
    if (choice < 70) {
        return draw_midi();
    }
    event.param = (uint16_t)draw(PARAM_COUNT);
    event.value = draw_value((ParamId)event.param);
    event.kind = EVENT_PARAM;
    if (choice >= 99) {
        event.kind = (uint8_t)draw(256);
        event.param = (uint16_t)draw(65536);
        event.value = HOSTILE[draw(sizeof HOSTILE / sizeof HOSTILE[0])];
    } else if (choice >= 97) {
        event.value = HOSTILE[draw(sizeof HOSTILE / sizeof HOSTILE[0])];
    } else if (choice >= 93) {
        event.kind = choice == 93 ? EVENT_BANK : EVENT_PATCH;
    }
    return event;
}

static void draw_scene(Scene *scene, uint32_t seed) {
    static const uint32_t RATES[] = {ENGINE_RATE_MIN_HZ, 11025, 44100, 48000, 192000, ENGINE_RATE_MAX_HZ};
    static const uint32_t POLYPHONIES[] = {1, 3, 24, 24, 100, 100, 600, ENGINE_POLYPHONY_MAX};
    random_bits = seed * 2654435761u + 1u;
    scene->rate_hz = RATES[draw(sizeof RATES / sizeof RATES[0])];
    scene->polyphony = POLYPHONIES[draw(sizeof POLYPHONIES / sizeof POLYPHONIES[0])];
    scene->quality = (Quality)draw(QUALITY_COUNT);
    draw_bank(&scene->bank);
    for (int source = 0; source < EVENT_SOURCE_COUNT; source++) {
        uint32_t count = source == EVENT_SOURCE_MIDI ? 200 + draw(1000) : 1 + draw(100);
        uint32_t crowd = draw(count);
        uint32_t crowd_size = draw(3) ? draw(200) : draw(SCENE_EVENTS_MAX - count);
        uint64_t frame = 0;
        scene->event_count[source] = 0;
        for (uint32_t index = 0; index < count + crowd_size; index++) {
            bool crowded = index > crowd && index <= crowd + crowd_size;
            if (index == crowd && draw(2)) {
                frame = (frame + 16) / 16 * 16; // a crowd at a control point
            } else if (!crowded && draw(3)) {
                frame += draw(2 * SCENE_FRAMES / count);
            }
            Event event = draw_event();
            event.frame = frame < SCENE_FRAMES ? frame : SCENE_FRAMES - 1;
            scene->events[source][scene->event_count[source]++] = event;
        }
    }
}

static void count_help(Engine *engine, uint64_t *stolen) {
    static EngineFigures figures;
    engine_figures(engine, &figures);
    *stolen = figures.stolen;
    for (uint32_t worker = 1; worker < figures.workers; worker++) {
        helped += figures.worker[worker].batches;
    }
}

static void push(Engine *engine, EventSource source, const Event *event, const Bank *bank) {
    if (event->kind != EVENT_PATCH && event->kind != EVENT_BANK) {
        engine_push(engine, source, event);
    } else if (source == EVENT_SOURCE_MAIN) {
        engine_push_patch(engine, event, bank->patches[event->param % bank->patch_count].values,
                          event->param);
    }
}

static bool render(const Scene *scene, SimdKind simd, uint32_t workers, uint32_t block_frames, Sound *sound) {
    EngineConfig config = engine_config_default();
    config.rate_hz = scene->rate_hz;
    config.polyphony = scene->polyphony;
    config.quality = scene->quality;
    config.simd = simd;
    config.pool.workers = workers;
    config.pool.share_always = workers > 1;
    config.pool.wait = (WaitMode)draw(WAIT_MODE_COUNT);
    Error error;
    Engine *engine = engine_create(&config, &scene->bank, &error);
    if (!engine) {
        fprintf(stderr, "%s\n", error.text);
        return false;
    }
    if (pool_test_wait != config.pool.wait) {
        fprintf(stderr, "workers do not wait as they are told to\n");
        return false;
    }
    for (int source = 0; source < EVENT_SOURCE_COUNT; source++) {
        for (uint32_t index = 0; index < scene->event_count[source]; index++) {
            push(engine, (EventSource)source, &scene->events[source][index], &scene->bank);
        }
    }
    for (uint32_t done = 0; done < SCENE_FRAMES;) {
        uint32_t length = block_frames ? block_frames : 1 + draw(draw(4) ? 40 : 700);
        length = SCENE_FRAMES - done < length ? SCENE_FRAMES - done : length;
        engine_render(engine, CHANNELS_AT(sound->channel, done), length, 0);
        done += length;
    }
    count_help(engine, &sound->stolen);
    const Event panic = {.kind = EVENT_PANIC, .frame = SCENE_FRAMES};
    engine_push(engine, EVENT_SOURCE_SONG, &panic);
    for (uint32_t done = 0; done < scene->rate_hz / 4; done += ENGINE_BLOCK_MAX_FRAMES) {
        static float rest[CHANNEL_COUNT][ENGINE_BLOCK_MAX_FRAMES];
        engine_render(engine, CHANNELS_AT(rest, 0), ENGINE_BLOCK_MAX_FRAMES, 0);
    }
    uint32_t sounding = engine_voices_sounding(engine);
    engine_destroy(engine);
    if (sounding > 0) {
        fprintf(stderr, "%u voices sound after a panic\n", (unsigned)sounding);
    }
    return sounding == 0;
}

static bool same(const Sound *a, const Sound *b, uint32_t *frame) {
    for (*frame = 0; *frame < SCENE_FRAMES; ++*frame) {
        for (int channel = 0; channel < CHANNEL_COUNT; channel++) {
            if (memcmp(&a->channel[channel][*frame], &b->channel[channel][*frame], sizeof(float)) != 0) {
                return false;
            }
        }
    }
    return a->stolen == b->stolen;
}

static bool is_finite(const Sound *sound, uint32_t *frame) {
    for (*frame = 0; *frame < SCENE_FRAMES; ++*frame) {
        for (int channel = 0; channel < CHANNEL_COUNT; channel++) {
            if (!isfinite(sound->channel[channel][*frame])) {
                return false;
            }
        }
    }
    return true;
}

static float peak_of(const Sound *sound) {
    float peak = 0.0f;
    for (int channel = 0; channel < CHANNEL_COUNT; channel++) {
        for (uint32_t frame = 0; frame < SCENE_FRAMES; frame++) {
            peak = fmaxf(peak, fabsf(sound->channel[channel][frame]));
        }
    }
    return peak;
}

static bool try_scene(uint32_t seed, float *peak) {
    static Scene scene;
    static Sound reference;
    static Sound sound;
    draw_scene(&scene, seed);
    if (!render(&scene, SIMD_SCALAR, 1, ENGINE_BLOCK_MAX_FRAMES, &reference)) {
        return false;
    }
    uint32_t frame = 0;
    if (!is_finite(&reference, &frame)) {
        fprintf(stderr, "scene %u: not a number at frame %u\n", (unsigned)seed, (unsigned)frame);
        return false;
    }
    *peak = fmaxf(*peak, peak_of(&reference));
    for (int way = 0; way < WAYS; way++) {
        SimdKind simd = SIMD_SCALAR;
        do {
            simd = (SimdKind)draw(SIMD_KIND_COUNT);
        } while (!simd_kind_available(simd));
        uint32_t workers = 1 + draw(3);
        if (!render(&scene, simd, workers, way == 0 ? 1 : 0, &sound)) {
            return false;
        }
        if (!same(&reference, &sound, &frame)) {
            fprintf(stderr,
                    "scene %u: %s, %u workers: differs at frame %u (%u Hz, %u voices): %g not %g; %u, %u "
                    "stolen\n",
                    (unsigned)seed, SIMD_KIND_NAMES[simd], (unsigned)workers, (unsigned)frame,
                    (unsigned)scene.rate_hz, (unsigned)scene.polyphony,
                    (double)sound.channel[CHANNEL_LEFT][frame],
                    (double)reference.channel[CHANNEL_LEFT][frame], (unsigned)sound.stolen,
                    (unsigned)reference.stolen);
            return false;
        }
    }
    return true;
}

int main(int argc, char **argv) {
    uint32_t scenes = argc > 1 ? (uint32_t)strtoul(argv[1], NULL, 10) : 12;
    uint32_t first = argc > 2 ? (uint32_t)strtoul(argv[2], NULL, 10) : 1;
    uint32_t failed = 0;
    uint32_t seed = first;
    float peak = 0.0f;
    uint64_t end_ns = clock_now_ns() + HELP_LIMIT_MS * UINT64_C(1000000);
    pool_test_keep_wait = true;
    for (; seed < first + scenes || (helped == 0 && clock_now_ns() < end_ns); seed++) {
        failed += !try_scene(seed, &peak);
    }
    fprintf(stderr, "%u scenes, %u failed, peak %g, %" PRIu64 " batches by helpers\n",
            (unsigned)(seed - first), (unsigned)failed, (double)peak, helped);
    return failed > 0 || !(peak > 0.01f) || helped == 0 ? 1 : 0;
}
