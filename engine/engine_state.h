// What an Engine holds; only engine_*.c looks inside.
#ifndef ENGINE_ENGINE_STATE_H
#define ENGINE_ENGINE_STATE_H

#include "engine/channels.h"
#include "engine/chunk.h"
#include "engine/engine.h"
#include "engine/event_ring.h"
#include "engine/meter.h"
#include "engine/midi/controller_map.h"
#include "engine/mix/decimator.h"
#include "engine/mix/slot.h"
#include "engine/overload.h"
#include "engine/patch/part.h"
#include "engine/patch/patch_queue.h"
#include "engine/pool/pool.h"
#include "engine/voice/kernel.h"
#include "engine/voice/voices.h"

#include <stdatomic.h>
#include <stddef.h>

enum {
    BATCHES_MAX = 128,    // with more lanes each holds more registers
    BATCH_LANES_MIN = 16, // fewer, and handing a batch over costs more than rendering it
    LANES_STEP = 64, // lanes are a multiple of it for every kernel, so that all of them play the same lanes
};
_Static_assert(ENGINE_POLYPHONY_MAX * 2 <= BATCHES_MAX * BATCH_LANES_MAX, "every lane is in a batch");

/// How the lanes are shared out to batches.
typedef struct LanePlan {
    uint32_t lane_count;
    uint32_t batch_count;
    uint32_t batch_lanes;
    uint32_t batch_registers;
    size_t state_bytes; // of one batch
    size_t chunk_bytes; // with first_command
} LanePlan;

struct Engine {
    uint32_t serial; // in this process, from 1
    EngineConfig config;
    const Kernel *kernel;
    Bank bank;
    Pool *pool;

    uint32_t oversampling;  // 1, or 2: what follows counts frames of a rate so many times config.rate_hz
    uint32_t inner_rate_hz; // that rate
    float noise_gain;       // keeps the power of each Hz, whatever the inner rate
    float smooth_share;     // of the way that a smoothed number goes from one grid point to the next
    uint32_t smooth_frames; // until it has arrived

    LanePlan plan;
    // Behind the engine itself, in the same allocation.
    unsigned char *states; // pool_state_count * state_bytes
    Slot *slots;           // pool_slot_count
    unsigned char *chunks; // pool_context_count * chunk_bytes
    void *voices_memory;   // voices_bytes

    EventRing rings[EVENT_SOURCE_COUNT];
    PatchQueue patches;

    // Written by the audio thread for whoever asks.
    _Atomic uint32_t part_values[PART_COUNT][PARAM_COUNT]; // bits of floats
    _Atomic uint32_t part_patch[PART_COUNT];               // index into the bank, or a tag
    _Atomic uint32_t controllers[PARAM_COUNT];             // packed ControllerRow
    _Atomic uint32_t learning;                             // ParamId
    _Atomic uint32_t learn_refusals;                       // count << 8 | the last controller

    // Owned by the audio thread.
    uint64_t frame; // of the inner rate, as all below
    Part parts[PART_COUNT];
    ControllerMap controller_map;
    uint8_t focus;           // what EVENT_FOCUS says
    bool played[PART_COUNT]; // a note has begun on it
    float master_gain;
    Voices voices;
    uint16_t part_row[PART_COUNT]; // in the chunk being filled
    uint32_t row_stamp;            // grows with each change of a row; never 0
    uint64_t rows_due_frame;       // when lanes have arrived somewhere
    uint64_t arrival;              // of lanes that follow the last event smoothly
    bool rows_due;                 // an event may have changed a part since the rows were looked at
    uint32_t events_left[EVENT_SOURCE_COUNT]; // that this callback still takes
    uint64_t grid_done; // grid points before this frame have their rows in the chunk being filled

    _Atomic int quality; // Quality, as chosen
    _Atomic bool hushed;
    bool draft; // in force
    Overload overload;
    Decimator decimator[CHANNEL_COUNT];           // when oversampling is 2
    float inner[CHANNEL_COUNT][CHUNK_MAX_FRAMES]; // what they take
    Meter meter;
};

/// [audio-thread]
static inline Chunk *engine_chunk(const Engine *engine, uint32_t context) {
    return (Chunk *)(void *)(engine->chunks + context * engine->plan.chunk_bytes);
}

/// The quality asked for, whatever the load has made of it. [audio-thread]
RT static inline bool engine_draft_chosen(const Engine *engine) {
    return atomic_load_explicit(&engine->quality, memory_order_relaxed) == QUALITY_DRAFT; // stands alone
}

/// Brings a part's row up to date, as it is at `frame`. False when it was. [main-thread or audio-thread]
RT static inline bool engine_refresh_part(Engine *engine, int part, uint64_t frame) {
    const RowContext context = {.rate_hz = (float)engine->inner_rate_hz,
                                .noise_gain = engine->noise_gain,
                                .master_gain = engine->master_gain,
                                .frame = frame,
                                .arrival = engine->arrival};
    return part_refresh(&engine->parts[part], &context);
}

/// Makes the parts as they are at power-on. [main-thread or audio-thread]
RT void engine_reset_parts(Engine *engine);

/// Learned controllers as they are at power-on: none. [main-thread]
void engine_reset_controllers(Engine *engine);

/// Applies one event at the engine's present frame; its orders wait in the voices. [audio-thread]
RT void engine_apply_event(Engine *engine, const Event *event);

/// Turns the events of the next `frames` frames, 1..CHUNK_MAX_FRAMES, into a chunk's rows and commands. The
/// chunk ends earlier when it is full. Valid until the next call. [audio-thread]
RT Chunk *engine_fill_chunk(Engine *engine, uint32_t frames);

/// Renders one batch of a chunk; user: the engine. [audio-thread or worker-thread]
RT void engine_render_job(void *user, const PoolJob *job);

#endif
