// The inside of live play, shared by the files that take it apart and put it together again.
#ifndef APP_LIVE_LIVE_STATE_H
#define APP_LIVE_LIVE_STATE_H

#include "app/live/live.h"
#include "app/live/song_player.h"

enum { NOTICES_MAX = 8 };

struct Live {
    EngineConfig engine_config;
    Bank bank;
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

// All below: [main-thread].

/// False with error filled while live_suspend holds.
bool live_plays(const Live *live, Error *error);

/// Decides what to open; nothing asked for and nothing there is the null output, with a notice.
bool live_plan(Live *live, const OutputRequest *request, OutputPlan *plan, Error *error);

/// Ends PortAudio and its list.
void live_audio_close(Live *live);

/// Ends the output, the workers out of its workgroup. Harmless without one.
void live_output_close(Live *live);

/// Makes engine and output what is asked for, with nothing running. False with error filled when either
/// refuses; the engine may be a new one all the same.
bool live_build(Live *live, const EngineConfig *config, const OutputPlan *plan, Error *error);

/// Stops the song and the inputs, which lean on the engine and its clock. Returns where in the song it was.
uint64_t live_sources_stop(Live *live);

/// Fades what sounds, lets nothing else begin, and waits until it is silent, so that closing the output is
/// not heard. The sources are stopped; live_build ends it.
void live_fade(Live *live);

/// What silences a part and leaves its controllers.
Event live_sound_off(int part);

bool live_input_start(Live *live, Error *error);

/// Decides which inputs to listen to, as live_set_midi; live_input_start opens them.
bool live_midi_open(Live *live, const char *const *wanted, uint32_t wanted_count, Error *error);

/// Takes note of inputs that came, went, or brought too much at once.
void live_midi_watch(Live *live);

bool live_song_start(Live *live, uint64_t position, Error *error);

/// Replaces a request, whose texts are copied.
bool live_request_copy(OutputRequest *to, const OutputRequest *from, Error *error);

/// The same, by the names of what was found: numbers change when a device comes or goes.
bool live_request_settle(OutputRequest *to, const OutputRequest *asked, const OutputPlan *found,
                         Error *error);
void live_request_free(OutputRequest *request);

/// Plays on without the device that went away; then looks for it now and then.
void live_output_lose(Live *live);
void live_output_look(Live *live);

#endif
