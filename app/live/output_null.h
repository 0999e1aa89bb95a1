// An output without a device: a thread that asks for sound at the rate a device would, and drops it.
#ifndef APP_LIVE_OUTPUT_NULL_H
#define APP_LIVE_OUTPUT_NULL_H

#include "app/live/callback.h"
#include "app/live/output_request.h"
#include "platform/error.h"

typedef struct OutputNull OutputNull;

/// As output_open. plan->block_frames: 1..ENGINE_BLOCK_MAX_FRAMES. [main-thread]
OutputNull *output_null_open(const OutputPlan *plan, Callback *callback, Error *error);

/// As output_close. [main-thread]
void output_null_close(OutputNull *output);

#endif
