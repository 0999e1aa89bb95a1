// A score made to reach every corner of the engine, and the hash of what it sounds like.
#ifndef TESTS_SUPPORT_DENSE_SCORE_H
#define TESTS_SUPPORT_DENSE_SCORE_H

#include "engine/engine.h"

#include <stdint.h>

/// Patches that between them use every wave, response, envelope and depth.
void dense_bank(Bank *bank);

/// A score of notes, pedals, bends, controllers, patch changes and parameter moves on every part, as it is
/// being played.
typedef struct DensePlayer {
    uint32_t random;
    Event next; // to be pushed
    uint64_t frames;
    uint64_t hash[CHANNEL_COUNT];
    float sound[CHANNEL_COUNT][ENGINE_BLOCK_MAX_FRAMES];
} DensePlayer;

/// The score depends on score_seed alone.
void dense_begin(DensePlayer *player, uint32_t score_seed);

/// Pushes the next frames' events, renders these frames and takes them into the hash. frames and deadline_ns
/// as for engine_render.
void dense_play(DensePlayer *player, Engine *engine, uint32_t frames, uint64_t deadline_ns);

/// Of the bits of all channels so far (FNV-1a).
uint64_t dense_hash_so_far(const DensePlayer *player);

/// Plays `frames` frames offline in blocks of block_frames (0: of random length) and returns their hash.
uint64_t dense_hash(Engine *engine, uint64_t frames, uint32_t block_frames, uint32_t score_seed);

/// An engine as the tests want it: 48 kHz, 24 voices so that notes are stolen.
EngineConfig dense_config(SimdKind simd, uint32_t workers);

#endif
