// A score made to reach every corner of the engine, and the hash of what it sounds like.
#ifndef TESTS_ENGINE_DENSE_SCORE_H
#define TESTS_ENGINE_DENSE_SCORE_H

#include "engine/engine.h"

#include <stdint.h>

/// Patches that between them use every wave, response, envelope and depth.
void dense_bank(Bank *bank);

/// Renders `frames` frames of a score of notes, pedals, bends, controllers, patch changes and parameter moves
/// on every part, in blocks of block_frames (0: of random length), and hashes the bits of both channels
/// (FNV-1a). The score depends on score_seed alone.
uint64_t dense_hash(Engine *engine, uint64_t frames, uint32_t block_frames, uint32_t score_seed);

/// An engine as the tests want it: 48 kHz, 24 voices so that notes are stolen.
EngineConfig dense_config(SimdKind simd, uint32_t workers);

#endif
