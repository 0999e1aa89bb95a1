// The score is a sequence of random events at random distances from one generator.
#include "tests/support/dense_score.h"

#include <string.h>

static uint32_t next_random(uint32_t *random) {
    *random ^= *random << 13;
    *random ^= *random >> 17;
    *random ^= *random << 5;
    return *random;
}

void dense_bank(Bank *bank) {
    memset(bank, 0, sizeof *bank);
    bank->patch_count = 6;
    uint32_t random = 77;
    for (uint32_t index = 0; index < bank->patch_count; index++) {
        Patch *patch = &bank->patches[index];
        patch_init(patch);
        for (int id = 0; id < PARAM_COUNT; id++) {
            float travel = (float)(next_random(&random) % 1001) * 0.001f;
            patch->values[id] = param_from_travel((ParamId)id, travel);
        }
        // Short enough that lanes end and are used again.
        patch->values[PARAM_AMP_ATTACK] = 0.001f + 0.01f * (float)index;
        patch->values[PARAM_AMP_DECAY] = 0.1f;
        patch->values[PARAM_AMP_RELEASE] = 0.05f * (float)(index + 1);
        patch->values[PARAM_LEVEL] = 0.0f;
    }
    // One is a bare sine: what its neighbours in a register use must not reach it.
    static const ParamId OTHERS[] = {PARAM_OSC1_SAW,  PARAM_OSC1_PULSE, PARAM_OSC1_TRIANGLE,
                                     PARAM_OSC2_SAW,  PARAM_OSC2_PULSE, PARAM_OSC2_TRIANGLE,
                                     PARAM_OSC2_SINE, PARAM_NOISE};
    for (size_t other = 0; other < sizeof OTHERS / sizeof OTHERS[0]; other++) {
        bank->patches[5].values[OTHERS[other]] = 0.0f;
    }
    bank->patches[5].values[PARAM_OSC1_SINE] = 100.0f;
    for (int program = 0; program < 128; program++) {
        bank->program_patch[program] = (uint8_t)(program % 6);
    }
    bank->drum_patch = 3;
}

static Event random_event(uint32_t *random) {
    static const uint8_t CONTROLLERS[] = {1, 7, 10, 11, 64, 66, 67, 120, 123, 121};
    Event event = {.kind = EVENT_MIDI};
    uint8_t channel = (uint8_t)(next_random(random) % 16);
    uint32_t choice = next_random(random) % 100;
    uint8_t key = (uint8_t)(24 + next_random(random) % 84);
    uint8_t value = (uint8_t)(next_random(random) % 128);
    event.part = channel;
    event.midi[1] = key;
    event.midi[2] = value;
    if (choice < 45) {
        event.midi[0] = (uint8_t)(0x90 | channel);
    } else if (choice < 75) {
        event.midi[0] = (uint8_t)(0x80 | channel);
    } else if (choice < 82) {
        event.midi[0] = (uint8_t)(0xE0 | channel);
    } else if (choice < 92) {
        event.midi[0] = (uint8_t)(0xB0 | channel);
        // Silencing messages seldom, or there is nothing to hear.
        uint32_t count = choice < 91 ? 7 : 10;
        event.midi[1] = CONTROLLERS[next_random(random) % count];
    } else if (choice < 94) {
        event.midi[0] = (uint8_t)(0xC0 | channel);
    } else if (choice < 95) {
        event.midi[0] = (uint8_t)(0xD0 | channel);
    } else {
        event.kind = EVENT_PARAM;
        event.param = (uint16_t)(next_random(random) % PARAM_COUNT);
        event.value = param_from_travel((ParamId)event.param, (float)value / 127.0f);
    }
    return event;
}

static uint64_t hash_floats(uint64_t hash, const float *samples, uint32_t count) {
    for (uint32_t index = 0; index < count; index++) {
        uint32_t bits;
        memcpy(&bits, &samples[index], sizeof bits);
        hash = (hash ^ bits) * 1099511628211ull;
    }
    return hash;
}

void dense_begin(DensePlayer *player, uint32_t score_seed) {
    *player = (DensePlayer){.random = score_seed * 2654435761u + 1u};
    for (int channel = 0; channel < CHANNEL_COUNT; channel++) {
        player->hash[channel] = 14695981039346656037ull;
    }
    player->next = random_event(&player->random);
}

void dense_play(DensePlayer *player, Engine *engine, uint32_t frames, uint64_t deadline_ns) {
    uint32_t *random = &player->random;
    while (player->next.frame < player->frames + frames &&
           engine_push(engine, EVENT_SOURCE_MIDI, &player->next)) {
        uint64_t frame = player->next.frame;
        // Now and then a crowd in one frame, else a few in every millisecond.
        uint32_t distance =
            next_random(random) % 64 == 0 ? next_random(random) % 3000 : next_random(random) % 60;
        player->next = random_event(random);
        player->next.frame = frame + (distance > 40 ? distance : 0);
    }
    engine_render(engine, CHANNELS_AT(player->sound, 0), frames, deadline_ns);
    for (int channel = 0; channel < CHANNEL_COUNT; channel++) {
        player->hash[channel] = hash_floats(player->hash[channel], player->sound[channel], frames);
    }
    player->frames += frames;
}

uint64_t dense_hash_so_far(const DensePlayer *player) {
    return player->hash[CHANNEL_LEFT] ^ (player->hash[CHANNEL_RIGHT] * 31u);
}

uint64_t dense_hash(Engine *engine, uint64_t frames, uint32_t block_frames, uint32_t score_seed) {
    DensePlayer player;
    uint32_t lengths = 99;
    dense_begin(&player, score_seed);
    while (player.frames < frames) {
        uint32_t length = block_frames ? block_frames : 1 + next_random(&lengths) % 700;
        uint64_t rest = frames - player.frames;
        dense_play(&player, engine, rest < length ? (uint32_t)rest : length, 0);
    }
    return dense_hash_so_far(&player);
}

EngineConfig dense_config(SimdKind simd, uint32_t workers) {
    EngineConfig config = engine_config_default();
    config.polyphony = 24;
    config.simd = simd;
    config.pool.workers = workers;
    config.pool.share_always = workers > 1;
    return config;
}
