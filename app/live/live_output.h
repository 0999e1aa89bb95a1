// The engine and the output of live play: chosen, opened and replaced while it plays.
#ifndef APP_LIVE_LIVE_OUTPUT_H
#define APP_LIVE_LIVE_OUTPUT_H

#include "app/live/output_request.h"
#include "engine/engine.h"
#include "platform/error.h"

#include <stdbool.h>

typedef struct Live Live;

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

/// Looks at the outputs unless that is done already: takes up to a second, while the sound goes on. False
/// with error filled. [main-thread]
bool live_audio_open(Live *live, Error *error);

// For live play's own files.

/// Decides what to open; nothing asked for and nothing there is the null output, with a notice. False with
/// error filled: as output_plan. [main-thread]
bool live_plan(Live *live, const OutputRequest *request, OutputPlan *plan, Error *error);

/// Makes engine and output what is asked for, with nothing running. False with error filled when either
/// refuses; the engine may be a new one all the same. [main-thread]
bool live_build(Live *live, const EngineConfig *config, const OutputPlan *plan, Error *error);

/// Ends the output, the workers out of its workgroup. Harmless without one. [main-thread]
void live_output_close(Live *live);

/// Ends PortAudio and its list. [main-thread, no output open]
void live_audio_close(Live *live);

/// Plays on without the device when it has gone away, and looks for it now and then. [main-thread]
void live_output_watch(Live *live);

#endif
