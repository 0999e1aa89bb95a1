// The synthesizer: events in, sound and figures out.
#ifndef ENGINE_ENGINE_H
#define ENGINE_ENGINE_H

#include "engine/channels.h"
#include "engine/event.h"
#include "engine/figures.h"
#include "engine/midi/controller_map.h"
#include "engine/patch/patch.h"
#include "engine/pool/pool.h"
#include "engine/quality.h"
#include "engine/voice/simd_kind.h"
#include "platform/error.h"
#include "platform/thread.h"
#include "platform/thread_tags.h"
#include "platform/workgroup.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct Engine Engine;

enum {
    ENGINE_RATE_MIN_HZ = 8000,
    ENGINE_RATE_MAX_HZ = 384000,
    ENGINE_POLYPHONY_MAX = 4096,
    ENGINE_BLOCK_MAX_FRAMES = 4096,
    BANK_PATCHES_MAX = 128,
};

/// The patches that program changes choose from. Copied by engine_create.
typedef struct Bank {
    Patch patches[BANK_PATCHES_MAX];
    uint32_t patch_count;       // 1..BANK_PATCHES_MAX
    uint8_t program_patch[128]; // which patch a program change means
    uint8_t drum_patch;         // what MIDI channel 10 plays, whatever its program
    uint8_t first_patch;        // what the other channels play before a program change
} Bank;

typedef struct EngineConfig {
    uint32_t rate_hz;   // ENGINE_RATE_MIN_HZ..ENGINE_RATE_MAX_HZ
    uint32_t polyphony; // voices that sound at once, 1..ENGINE_POLYPHONY_MAX
    SimdKind simd;
    Quality quality;
    uint32_t seed; // of noise and random phases
    bool sheds; // quality falls to draft and then voices fade when blocks come near their deadline: for live
                // play, as the sound then depends on the machine
    PoolConfig pool;
} EngineConfig;

/// 48 kHz, 128 voices, the widest kernel the CPU has, automatic workers. [any-thread]
EngineConfig engine_config_default(void);

/// Do both ask for the same, field by field? [any-thread]
bool engine_config_same(const EngineConfig *a, const EngineConfig *b);

/// Allocates everything the engine will ever need and starts its workers. bank is copied. NULL with error
/// filled when a value is out of range, the CPU lacks the instruction set, or memory is refused; refused
/// threads, priority or pinning only show in the figures. [main-thread]
Engine *engine_create(const EngineConfig *config, const Bank *bank, Error *error);

/// Gives an engine the parts' parameters and controllers, the learned controllers and the master volume of
/// another, with what EVENT_SOURCE_MAIN has pushed there and it has not reached, notes left out.
/// [main-thread & no engine_render running in either]
void engine_take_parts(Engine *engine, Engine *from);

/// Stops the workers and frees all. NULL is harmless. [main-thread, no engine_render running]
void engine_destroy(Engine *engine);

/// Who pushes events: each source is one thread with a ring of its own. Events of one frame apply source by
/// source.
typedef enum EventSource {
    EVENT_SOURCE_MAIN, // first: what is set up counts for what is played at the same frame
    EVENT_SOURCE_MIDI,
    EVENT_SOURCE_SONG,
    EVENT_SOURCE_COUNT
} EventSource;
enum { EVENT_RING_EVENTS = 8192 }; // for each source

/// Hands an event over; frames of one source never go back. False when the ring is full: try again after a
/// block. Not for EVENT_PATCH and EVENT_BANK, which engine_push_patch takes. [the source's thread]
bool engine_push(Engine *engine, EventSource source, const Event *event);

/// Hands over a whole patch with its event, into EVENT_SOURCE_MAIN's ring. EVENT_PATCH: event->part plays
/// these values from its next note on, and what sounds rings out in what it began with; tag is the caller's
/// own number for the patch, BANK_PATCHES_MAX or above. EVENT_BANK: program changes to the bank's patch
/// event->part play these values from now on; tag is not looked at. values: clamped. False when too much
/// waits: try again after a block. [main-thread]
bool engine_push_patch(Engine *engine, const Event *event, const float values[PARAM_COUNT], uint32_t tag);

/// Drops what a source has pushed and the engine has not reached; not EVENT_SOURCE_MAIN, whose patches would
/// stay in their queue. [main-thread & no engine_render running, the source stopped]
void engine_forget(Engine *engine, EventSource source);

/// While hushed no note begins; those that sound go on. [main-thread]
void engine_hush(Engine *engine, bool hushed);

/// Renders the next frames into the channels (overwritten). frames: 1..ENGINE_BLOCK_MAX_FRAMES.
/// deadline_ns: clock_now_ns() time by which the block is needed, 0 for offline. The output is a function of
/// the events and the bank alone. [audio-thread]
RT void engine_render(Engine *engine, float *const channels[CHANNEL_COUNT], uint32_t frames,
                      uint64_t deadline_ns);

/// Plays on in another quality, within 256 frames and without a click. False to and from QUALITY_OFFLINE,
/// which is another engine's. [any-thread]
bool engine_set_quality(Engine *engine, Quality quality);

/// Frames by which the sound comes after its events: not 0 in QUALITY_OFFLINE. [any-thread]
uint32_t engine_delay_frames(const Engine *engine);

/// Notes where the audio thread runs. Call it in the first callback. [audio-thread]
RT void engine_adopt_audio_thread(Engine *engine);

/// Has the workers take the callback thread's priority and cores next to its own; returns at once.
/// [main-thread, after engine_adopt_audio_thread]
void engine_match_audio_thread(Engine *engine, ThreadPriority priority);

/// The pool, to be traced and for nothing else (engine/pool/pool_trace.h). Valid as long as the engine.
/// [main-thread]
Pool *engine_pool(const Engine *engine);

/// Has the workers join the workgroup of the device that calls back, and takes it over; NULL for none.
/// [main-thread, after engine_match_audio_thread]
void engine_join_workgroup(Engine *engine, Workgroup *group);

/// Has them leave it, which must be before the device's stream ends. Waits for them, though not for long.
/// [main-thread]
void engine_leave_workgroup(Engine *engine);

/// Tells what was asked of the system and refused: threads, pinning, priority. False when there is nothing to
/// tell. [main-thread]
bool engine_notice(const Engine *engine, Error *notice);

/// Tells what worker 1 and up asked for and was granted; worker 0 is the audio thread, which others made.
/// False while that is not yet known. worker: below the figures' workers. [main-thread]
bool engine_grant(const Engine *engine, uint32_t worker, ThreadGrant *grant);

/// Frames rendered so far: the absolute frame of the next block. [any-thread]
RT uint64_t engine_frame(const Engine *engine);

/// Voices sounding after the last block, fading and releasing ones too. 0 with no event pending is silence.
/// [any-thread]
uint32_t engine_voices_sounding(const Engine *engine);

/// Bytes that engine_create allocated: the engine's and its pool's, but for what threads have for a stack.
/// [any-thread]
size_t engine_memory_bytes(const Engine *engine);

/// Voices that have memory: more than the polyphony, so that those taken away can fade. [any-thread]
uint32_t engine_lanes(const Engine *engine);

/// Which patch a part plays now: an index into the bank, or the tag of engine_push_patch. [any-thread, may be
/// a block old]
uint32_t engine_part_patch(const Engine *engine, int part);

/// What turns a parameter. [any-thread, may be a block old]
ControllerRow engine_controller(const Engine *engine, ParamId param);

/// The parameter that waits for a controller, or PARAM_COUNT. [any-thread, may be a block old]
ParamId engine_learning(const Engine *engine);

/// How many controllers were refused while one was waited for, and in *controller the last of them.
/// [any-thread]
uint32_t engine_learn_refusals(const Engine *engine, uint8_t *controller);

/// What a part plays now: every parameter's value. [any-thread, may be a block old]
void engine_part_values(const Engine *engine, int part, float values[PARAM_COUNT]);

/// Copies the figures without ever making the audio thread wait. [any-thread]
void engine_figures(Engine *engine, EngineFigures *figures);

/// Tells the engine that the driver reported an xrun or that a callback came late, for the ledger. gap_ns: of
/// a late callback, the time since the one before; 0 otherwise, and the last block's time is kept.
/// [audio-thread]
RT void engine_note_xrun(Engine *engine, XrunCause cause, uint64_t gap_ns);

#endif
