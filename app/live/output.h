// Plays: opens an audio device, or a silent clock in its place, and has it call back for sound.
#ifndef APP_LIVE_OUTPUT_H
#define APP_LIVE_OUTPUT_H

#include "app/live/callback.h"
#include "app/live/output_request.h"
#include "platform/error.h"
#include "platform/workgroup.h"

#include <stdbool.h>
#include <stdint.h>

/// Decides what to open. False with error filled: no such API or device, none at all. list may be NULL for
/// the null output. [main-thread]
bool output_plan(const OutputRequest *request, const AudioList *list, OutputPlan *plan, Error *error);

/// The null output at the rate and block asked for. [any-thread]
void output_plan_silent(const OutputRequest *request, OutputPlan *plan);

typedef struct Output Output;

/// Opens the device and starts it; callback belongs to its thread until output_close. NULL with error filled:
/// busy, gone, a rate or block it refuses. show_messages: lets the drivers write to standard error.
/// [main-thread]
Output *output_open(const OutputPlan *plan, Callback *callback, bool show_messages, Error *error);

/// Stops and closes; the callback runs no more on return. NULL is harmless. [main-thread]
void output_close(Output *output);

/// False when the device went away, and for NULL. [main-thread]
bool output_running(const Output *output);

/// What the workers may join while this output, which calls back every period_ns, is open. NULL where there
/// is none. Caller owns. [main-thread]
Workgroup *output_workgroup(const Output *output, uint64_t period_ns);

/// From callback to loudspeaker, as far as the driver says; 0 for NULL. [main-thread]
double output_latency_seconds(const Output *output);

#endif
