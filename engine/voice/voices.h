// Decides which lane plays which note, and which note gives way when there are too many.
#ifndef ENGINE_VOICE_VOICES_H
#define ENGINE_VOICE_VOICES_H

#include "engine/chunk.h"
#include "platform/thread_tags.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { LANE_NONE = -1 };

typedef enum VoiceStage {
    VOICE_FREE,
    VOICE_HELD,     // its key is down
    VOICE_PEDALLED, // its key is up, a pedal holds it
    VOICE_RELEASED, // on its way to silence
    VOICE_FADING,   // taken away: silent in 5 ms
} VoiceStage;

/// One lane as the allocator sees it.
typedef struct Voice {
    uint8_t stage; // VoiceStage
    uint8_t part;
    uint8_t key;            // 0..127
    bool sostenuto;         // caught by that pedal
    bool waits;             // let go too soon to be heard: its lane is released at release_frame
    float velocity;         // 0..1
    float level;            // linear, as last reported; KERNEL_LEVEL_RISING before the first report
    uint32_t serial;        // notes started before it, ever
    uint64_t release_frame; // not before it
} Voice;

/// What a lane is to be told: entries wait here until the chunk has room.
typedef struct VoiceOrder {
    uint16_t lane;
    uint8_t kind; // CommandKind
} VoiceOrder;

/// Owned by the audio thread. Memory belongs to whoever made it.
typedef struct Voices {
    Voice *voice; // lane_count
    uint32_t lane_count;
    uint32_t lanes_used; // every lane from it on is free
    uint32_t polyphony;  // lanes that sound and do not fade, at most
    uint32_t playing;    // of them now
    uint32_t sounding;   // with those that fade
    uint32_t serial;
    uint64_t frame;        // of what is called next: the audio thread sets it
    uint32_t note_frames;  // that a note lasts at least
    uint32_t waiting;      // notes that wait for their release
    uint64_t next_release; // frame at which voices_release_due has something to do, at the earliest;
                           // UINT64_MAX: never
    uint64_t stolen;
    uint64_t shed;
    uint64_t dropped;
    VoiceOrder *orders; // lane_count + VOICES_ORDERS_SPARE
    uint32_t order_first;
    uint32_t order_count;
} Voices;

enum {
    VOICES_ORDERS_SPARE = 4,
    VOICES_SHED_MAX = 64, // at once: they are looked for in one pass
};

/// Bytes that voices_init needs for this many lanes. [any-thread]
size_t voices_bytes(uint32_t lane_count);

/// Starts with every lane free. memory: voices_bytes(lane_count), aligned as for any object; owned by the
/// caller. lane_count: 1..65535, more than polyphony, so that a stolen note can fade while the new one
/// begins. note_frames: a note whose key comes up sooner is released so long after its start. [main-thread]
void voices_init(Voices *voices, void *memory, uint32_t lane_count, uint32_t polyphony, uint32_t note_frames);

/// Starts a note on the lowest free lane. The same key of the part is released at once; with `polyphony`
/// lanes playing one fades: released ones first, then pedalled, then held, of those the quietest, of equals
/// the oldest. Returns the lane, or LANE_NONE, counted as dropped, when every lane still fades. Call with no
/// order waiting. [audio-thread]
RT int32_t voices_note_on(Voices *voices, uint8_t part, uint8_t key, float velocity);

/// Lets a key go: released, or pedalled while a pedal holds. [audio-thread]
RT void voices_note_off(Voices *voices, uint8_t part, uint8_t key, bool sustain);

/// The sustain pedal came up. [audio-thread]
RT void voices_sustain_up(Voices *voices, uint8_t part);

/// The sostenuto pedal went down (catches what is held) or up. sustain: that pedal is down. [audio-thread]
RT void voices_sostenuto(Voices *voices, uint8_t part, bool down, bool sustain);

/// Lets every key of the part go. [audio-thread]
RT void voices_all_notes_off(Voices *voices, uint8_t part, bool sustain);

/// Fades every note of the part. [audio-thread]
RT void voices_all_sound_off(Voices *voices, uint8_t part);

/// Fades so many notes, at most VOICES_SHED_MAX, in the order in which they would be stolen, but never the
/// newest. Call with no order waiting. [audio-thread]
RT void voices_shed(Voices *voices, uint32_t count);

/// Releases those that are due. Call with no order waiting. [audio-thread]
RT void voices_release_due(Voices *voices);

/// Takes the next order; false when none waits. [audio-thread]
RT bool voices_take_order(Voices *voices, VoiceOrder *order);

/// True when every order has been taken. [audio-thread]
RT bool voices_no_order(const Voices *voices);

/// What became of a lane, as the kernel says: frees it when it is silent. [audio-thread]
RT void voices_report(Voices *voices, uint32_t lane, bool alive, float level);

#endif
