// What live play consists of: the state that its files share, below all of them.
#ifndef APP_LIVE_LIVE_STATE_H
#define APP_LIVE_LIVE_STATE_H

#include "app/live/audio_list.h"
#include "app/live/callback.h"
#include "app/live/grant_text.h"
#include "app/live/heard.h"
#include "app/live/input.h"
#include "app/live/learned.h"
#include "app/live/midi_list.h"
#include "app/live/output.h"
#include "app/live/parts.h"
#include "app/live/recorder.h"
#include "app/live/song_player.h"
#include "engine/engine.h"
#include "engine/midi/smf.h"
#include "platform/error.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct Live Live;

enum { NOTICES_MAX = 8 };

/// Everything in it belongs to the main thread, but for what its members say.
struct Live {
    EngineConfig engine_config;
    Parts parts;
    Learned learned;
    Engine *engine;
    Callback callback;
    OutputRequest request; // its texts are owned
    OutputPlan plan;       // what plays; the null output while a device is lost
    Output *output;
    AudioList *audio_list;
    bool audio_started;
    bool show_messages;
    bool lost; // the device that request means went away
    uint64_t next_look_ns;
    bool suspended;              // no output, inputs or song, until live_resume
    uint64_t suspended_position; // in the song

    MidiList midi;
    bool midi_started;
    bool grants_to_tell;           // the workers were asked to match the audio thread and have not been heard
    ThreadPriority audio_priority; // which they were to match
    bool grants_new;               // grants are for live_grants
    char grants[GRANTS_TEXT_BYTES];
    Input *input;
    uint64_t overflows_told;
    uint64_t unplugged_told;
    uint64_t plugged_told;

    Recorder *recorder;
    bool recorder_failure_told;
    const Smf *song;
    SongPlayer *player;
    uint64_t last_pushed_frame;
    Heard heard[EVENT_SOURCE_COUNT];

    Error notices[NOTICES_MAX]; // oldest first
    uint32_t notice_count;
};

#endif
