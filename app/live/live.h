// Live play as one object: engine, output, MIDI inputs, recorder and song, changed while playing by one
// thread.
#ifndef APP_LIVE_LIVE_H
#define APP_LIVE_LIVE_H

#include "app/live/audio_list.h"
#include "app/live/grant_text.h"
#include "app/live/input.h"
#include "app/live/output.h"
#include "app/live/recorder.h"
#include "engine/engine.h"
#include "engine/midi/smf.h"
#include "platform/error.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct Live Live;

typedef struct LiveConfig {
    EngineConfig engine;  // its rate is the output's
    const Bank *bank;     // copied
    OutputRequest output; // nothing asked for and no device: the null output, with a notice
    const char *const *midi;
    uint32_t midi_count; // as midi_list_choose takes them
    const char *record;  // NULL: nothing is recorded from the start
    const Smf *song;     // NULL: no song; must outlive the result
    bool show_messages;  // the drivers may write to standard error
} LiveConfig;

/// Opens everything and starts to play. NULL with error filled when anything that was asked for is refused;
/// what was not asked for and fails is a notice. [main-thread]
Live *live_create(const LiveConfig *config, Error *error);

/// Fades what sounds, stops, closes, completes a recording. False with error filled when the recording lost
/// anything. NULL is harmless and true. [main-thread]
bool live_destroy(Live *live, Error *error);

/// Looks after devices that went away and recordings that failed. Call about ten times a second.
/// [main-thread]
void live_watch(Live *live);

/// Keeps something to tell the user; what is too much is dropped. [main-thread]
void live_notice_add(Live *live, const Error *notice);

/// Takes the next thing to tell the user. False when there is none. [main-thread]
bool live_notice(Live *live, Error *notice);

/// Tells once for each output and engine what priority its threads were granted. False when there is nothing
/// new. [main-thread]
bool live_grants(Live *live, char text[GRANTS_TEXT_BYTES]);

/// Plays another device, rate or block. A new rate means a new engine: its parts keep their parameters, its
/// notes end. False with error filled when refused; what played before plays on. [main-thread]
bool live_set_output(Live *live, const OutputRequest *request, Error *error);

/// Plays with other workers, waiting, pinning, polyphony, instruction set or quality: a new engine, as above.
/// Between draft and live alone the engine stays, and notes sound on.
/// config->rate_hz is not looked at. [main-thread]
bool live_set_engine(Live *live, const EngineConfig *config, Error *error);

/// Falls silent and lets go of output, inputs and song, so that the machine can be measured; until
/// live_resume what would sound or be recorded is refused, and keys are lost. False with error filled during
/// a recording. [main-thread]
bool live_suspend(Live *live, Error *error);

/// Plays on as before live_suspend; on the null output, with a notice, when the device is gone. Harmless when
/// it plays. [main-thread]
void live_resume(Live *live);

/// Listens to other inputs, as midi_list_choose takes them; those newly connected are found too. False with
/// error filled when one is not there: what was open stays. [main-thread]
bool live_set_midi(Live *live, const char *const *wanted, uint32_t wanted_count, Error *error);

/// Starts a take; refused while another runs. [main-thread]
bool live_record_start(Live *live, const char *path, Error *error);

/// Completes the take. False with error filled when any of it was lost, or none runs. figures may be NULL.
/// [main-thread]
bool live_record_stop(Live *live, RecorderFigures *figures, Error *error);

/// False when nothing is recorded. [main-thread]
bool live_recording(const Live *live, RecorderFigures *figures);

/// Does a song play? [main-thread]
bool live_song_playing(const Live *live);

/// Hands an event to the engine as soon as may be; its frame is filled in. False when the engine's ring is
/// full. [main-thread]
bool live_push(Live *live, Event event);

/// Has program changes to the bank's patch `index` play these values from now on; one past the bank's end is
/// chosen by no program. False when the engine's ring is full. [main-thread]
bool live_set_patch(Live *live, int32_t index, const Patch *patch);

/// What plays now; replaced by live_set_output and live_set_engine, and valid until then. [main-thread]
Engine *live_engine(const Live *live);
const EngineConfig *live_engine_config(const Live *live);
const OutputPlan *live_output(const Live *live);
double live_latency_seconds(const Live *live);

/// Is the device that was asked for away, and the null output in its place? [main-thread]
bool live_lost(const Live *live);

/// The most frames that the device has wanted at once, 0 before the first time. [main-thread]
uint32_t live_block_frames(const Live *live);

/// Looks at the outputs unless that is done already: takes up to a second, while the sound goes on. False
/// with error filled. [main-thread]
bool live_audio_open(Live *live, Error *error);

/// The outputs as last looked at; NULL when PortAudio is not used. [main-thread]
const AudioList *live_audio_list(const Live *live);

/// The MIDI inputs that are listened to. [main-thread]
const MidiList *live_midi(const Live *live);
void live_input_figures(const Live *live, InputFigures *figures);

/// Takes the next event that has reached the engine, from whatever source. False when there is none.
/// [main-thread]
bool live_heard(Live *live, Event *event);

/// Copies the newest frames of the output, the newest last. frames: 1..SCOPE_READ_FRAMES. [main-thread]
void live_scope(const Live *live, float *const channels[CHANNEL_COUNT], uint32_t frames);

/// clock_now_ns() when the first sound was ready, 0 before. [main-thread]
uint64_t live_first_sound_ns(const Live *live);

#endif
