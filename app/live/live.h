// Live play as one object: engine, output, MIDI inputs, recorder and song, changed while playing by one
// thread.
#ifndef APP_LIVE_LIVE_H
#define APP_LIVE_LIVE_H

#include "app/live/audio_list.h"
#include "app/live/grant_text.h"
#include "app/live/input.h"
#include "app/live/output_request.h"
#include "app/live/recorder.h"
#include "app/settings.h"
#include "engine/engine.h"
#include "engine/midi/smf.h"
#include "platform/error.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct Live Live;

typedef struct LiveConfig {
    EngineConfig engine;  // its rate is the output's
    const Bank *bank;     // copied; in the library's order
    OutputRequest output; // nothing asked for and no device: the null output, with a notice
    const char *const *midi;
    uint32_t midi_count; // as midi_list_choose takes them
    const char *record;  // NULL: nothing is recorded from the start
    const Smf *song;     // NULL: no song; must outlive the result
    Settings *settings;  // keeps what controllers are learned; NULL: nothing does; must outlive the result
    bool show_messages;  // the drivers may write to standard error
} LiveConfig;

/// Opens everything and starts to play. NULL with error filled when anything that was asked for is refused;
/// what was not asked for and fails is a notice. [main-thread]
Live *live_create(const LiveConfig *config, Error *error);

/// Fades what sounds, stops, closes, completes a recording. False with error filled when the recording lost
/// anything. NULL is harmless and true. [main-thread]
bool live_destroy(Live *live, Error *error);

/// Looks after devices that went away, recordings that failed and controllers that were learned. Call about
/// ten times a second. [main-thread]
void live_watch(Live *live);

/// Tells once for each output and engine what priority its threads were granted. False when there is nothing
/// new. [main-thread]
bool live_grants(Live *live, char text[GRANTS_TEXT_BYTES]);

/// What plays now; replaced by live_set_output and live_set_engine, and valid until then. [main-thread]
Engine *live_engine(const Live *live);
const EngineConfig *live_engine_config(const Live *live);
const OutputPlan *live_output(const Live *live);
double live_latency_seconds(const Live *live);

/// Is the device that was asked for away, and the null output in its place? [main-thread]
bool live_lost(const Live *live);

/// The most frames that the device has wanted at once, 0 before the first time. [main-thread]
uint32_t live_block_frames(const Live *live);

/// The outputs as last looked at; NULL when PortAudio is not used. [main-thread]
const AudioList *live_audio_list(const Live *live);

/// clock_now_ns() when the first sound was ready, 0 before. [main-thread]
uint64_t live_first_sound_ns(const Live *live);

#endif
