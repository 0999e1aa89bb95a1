// Plays through a PortAudio device.
#ifndef APP_LIVE_OUTPUT_PORTAUDIO_H
#define APP_LIVE_OUTPUT_PORTAUDIO_H

#include "app/live/callback.h"
#include "app/live/output_request.h"
#include "platform/error.h"
#include "platform/workgroup.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct OutputPortaudio OutputPortaudio;

/// As output_open. [main-thread, audio system started]
OutputPortaudio *output_portaudio_open(const OutputPlan *plan, Callback *callback, bool show_messages,
                                       Error *error);

/// As output_close. [main-thread]
void output_portaudio_close(OutputPortaudio *output);

/// As output_running. [main-thread]
bool output_portaudio_running(const OutputPortaudio *output);

/// As output_workgroup. [main-thread]
Workgroup *output_portaudio_workgroup(const OutputPortaudio *output, uint64_t period_ns);

/// As output_latency_seconds. [main-thread]
double output_portaudio_latency_seconds(const OutputPortaudio *output);

#endif
