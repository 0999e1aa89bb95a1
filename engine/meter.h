// Keeps the engine's figures: written by the audio thread, read by any other without making it wait.
#ifndef ENGINE_METER_H
#define ENGINE_METER_H

#include "engine/channels.h"
#include "engine/figures.h"
#include "platform/thread_tags.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

enum { METER_ENTRY_WORDS = 6 };

/// One xrun, told apart from a half-written one by its sequence number: odd while it is written.
typedef struct MeterEntry {
    _Atomic uint32_t sequence;
    _Atomic uint64_t words[METER_ENTRY_WORDS];
} MeterEntry;

/// Zero-filled is a fresh meter. Every field is written by the audio thread alone, but the peaks, which a
/// reader resets.
typedef struct Meter {
    _Atomic uint64_t frame;
    _Atomic uint64_t blocks;
    _Atomic uint64_t block_ns;
    _Atomic uint64_t worst_block_ns;
    _Atomic uint64_t deadline_ns;
    _Atomic uint64_t histogram[FIGURES_HISTOGRAM_BINS];
    _Atomic uint32_t voices;
    _Atomic uint64_t stolen;
    _Atomic uint64_t dropped;
    _Atomic uint64_t shed;
    _Atomic bool lowered;
    _Atomic uint32_t peak[CHANNEL_COUNT]; // bits of floats >= 0, which order as the floats do
    _Atomic uint64_t xruns;
    MeterEntry ledger[XRUN_LEDGER_ENTRIES];
} Meter;

/// What a block came to.
typedef struct MeterBlock {
    uint64_t frame; // after it
    uint64_t took_ns;
    uint64_t had_ns; // 0 offline
    uint32_t voices;
    uint64_t stolen;
    uint64_t dropped;
    uint64_t shed;
    bool lowered;
    float peak[CHANNEL_COUNT];
} MeterBlock;

/// [audio-thread]
RT void meter_block(Meter *meter, const MeterBlock *block);

/// [audio-thread]
RT void meter_xrun(Meter *meter, const XrunEntry *entry);

/// Fills all but the pool's part, and takes the peaks. [any-thread]
void meter_read(Meter *meter, EngineFigures *figures);

#endif
