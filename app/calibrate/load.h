// Engines that sound a given number of voices without end, and whether they keep up with the clock.
#ifndef APP_CALIBRATE_LOAD_H
#define APP_CALIBRATE_LOAD_H

#include "engine/engine.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

/// What the voices play.
typedef enum LoadPatch {
    LOAD_TWO_SAWS,   // two saws, low-pass filter, both envelopes, LFO: a usual voice
    LOAD_EVERYTHING, // every wave of both oscillators, noise, all filter responses: the most that a voice can
                     // be
} LoadPatch;

/// An engine with room for just so many voices, all of which sound. config->polyphony is not looked at.
/// voices: 1..ENGINE_POLYPHONY_MAX. NULL with error filled. The caller destroys it. [main-thread]
Engine *load_create(const EngineConfig *config, LoadPatch patch, uint32_t voices, Error *error);

/// The same with room for config->polyphony voices, none of which sounds yet. [main-thread]
Engine *load_create_silent(const EngineConfig *config, LoadPatch patch, Error *error);

/// Begins notes first..end-1 of the load with the next block, and ends all of them. end: at most 2048, and
/// the engine's polyphony. False when the engine's ring is full. [one thread, no load_create running]
bool load_push_notes(Engine *engine, uint32_t first, uint32_t end);
bool load_silence(Engine *engine);

/// How an engine did against the clock.
typedef struct LoadResult {
    uint32_t blocks;
    uint32_t late;            // not ready when the next was due
    uint32_t late_by_waiting; // of those, ready had the audio thread not had to wait for others
    uint64_t worst_ns;        // to render one
    uint64_t worst_wake_ns;   // by which the system was late to call
    uint64_t rescues;
    uint64_t hash; // of all samples' bits (FNV-1a)
    bool realtime; // the thread was granted real-time priority
} LoadResult;

/// How an engine is to be played.
typedef struct LoadPlan {
    uint32_t rate_hz; // the engine's
    uint32_t block_frames;
    double seconds;
    const _Atomic bool *cancel; // ends it when it becomes true; NULL: nothing does
    bool to_the_end;            // goes on after a late block
    bool pinned; // the thread stays on one core; the workers' are others, where there are so many
} LoadPlan;

/// Renders blocks as a device would ask for them. False with error filled when the system refuses the thread.
/// [main-thread]
bool load_run(Engine *engine, const LoadPlan *plan, LoadResult *result, Error *error);

#endif
