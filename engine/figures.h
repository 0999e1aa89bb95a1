// The figures that the engine keeps about itself, as any other thread may read them.
#ifndef ENGINE_FIGURES_H
#define ENGINE_FIGURES_H

#include "engine/channels.h"
#include "engine/pool/pool.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    FIGURES_HISTOGRAM_BINS = 32, // block time in 1/16 of the deadline; the last bin holds all beyond
    XRUN_LEDGER_ENTRIES = 256,   // the newest are kept
};

typedef enum XrunCause {
    XRUN_DRIVER,       // the audio interface reported an underflow
    XRUN_DEADLINE,     // rendering took longer than the block lasts
    XRUN_CALLBACK_GAP, // the system called back late
} XrunCause;

typedef struct XrunEntry {
    uint64_t time_ns; // clock_now_ns() of the report
    uint64_t frame;
    uint64_t block_ns;    // how long the block took; XRUN_CALLBACK_GAP: from callback to callback
    uint64_t deadline_ns; // how long it had
    XrunCause cause;
    uint32_t voices;
    uint32_t slowest_worker;
    int32_t slowest_cpu; // where that worker ran then, -1 unknown
} XrunEntry;

typedef struct EngineFigures {
    uint32_t serial; // of the engine in this process, from 1: another engine counts everything from 0
    uint64_t frame;  // rendered so far
    uint64_t blocks;
    uint64_t block_ns; // last block's time
    uint64_t worst_block_ns;
    uint64_t deadline_ns; // what the last block had; 0 offline
    uint64_t histogram[FIGURES_HISTOGRAM_BINS];
    uint32_t voices;  // sounding
    uint64_t stolen;  // voices taken from older notes
    uint64_t dropped; // notes that found no lane
    uint64_t shed;    // voices faded because the machine could not keep up
    bool lowered;     // so is the quality: draft, until there is room again
    uint64_t rescues;
    float peak[CHANNEL_COUNT]; // linear, since the last reading of these figures by engine_figures' caller
    uint64_t xruns;
    uint32_t xrun_entries; // valid in ledger, the newest last
    XrunEntry ledger[XRUN_LEDGER_ENTRIES];
    uint32_t workers;
    WorkerFigures worker[POOL_WORKERS_MAX];
} EngineFigures;

#endif
