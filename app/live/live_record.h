// Records what live play sounds like, one take at a time.
#ifndef APP_LIVE_LIVE_RECORD_H
#define APP_LIVE_LIVE_RECORD_H

#include "app/live/recorder.h"
#include "platform/error.h"

#include <stdbool.h>

typedef struct Live Live;

/// Starts a take; refused while another runs. [main-thread]
bool live_record_start(Live *live, const char *path, Error *error);

/// Completes the take. False with error filled when any of it was lost, or none runs. figures may be NULL.
/// [main-thread]
bool live_record_stop(Live *live, RecorderFigures *figures, Error *error);

/// False when nothing is recorded. [main-thread]
bool live_recording(const Live *live, RecorderFigures *figures);

// For live play's own files.

/// Tells once of a take that the disk refuses. [main-thread]
void live_record_watch(Live *live);

#endif
