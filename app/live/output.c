// Decides between PortAudio's devices and the null output, and opens what it decided on.
#include "app/live/output.h"

#include "app/live/output_null.h"
#include "app/live/output_portaudio.h"
#include "engine/engine.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    SILENT_RATE_HZ = 48000,
    SILENT_BLOCK_FRAMES = 256, // 5.3 ms: what a usual interface is set to
};

static const double LATENCY_BLOCKS = 2.0; // one plays while the next is rendered

struct Output {
    OutputNull *silent;
    OutputPortaudio *portaudio; // one of the two is NULL
};

void output_plan_silent(const OutputRequest *request, OutputPlan *plan) {
    *plan = (OutputPlan){.silent = true,
                         .number = AUDIO_NONE,
                         .channels = 2,
                         .rate_hz = request->rate_hz ? request->rate_hz : SILENT_RATE_HZ,
                         .block_frames = request->block_frames ? request->block_frames : SILENT_BLOCK_FRAMES};
    snprintf(plan->api, sizeof plan->api, "%s", AUDIO_API_NULL);
    snprintf(plan->device, sizeof plan->device, "silence");
}

bool output_plan(const OutputRequest *request, const AudioList *list, OutputPlan *plan, Error *error) {
    if (output_request_is_null(request)) {
        if (request->device) {
            error_set(error, "--audio-api null has no devices; leave out --device '%s'", request->device);
            return false;
        }
        output_plan_silent(request, plan);
        return true;
    }
    int32_t index = audio_list_find(list, request->api, request->device, error);
    if (index == AUDIO_NONE) {
        return false;
    }
    const AudioDevice *device = &list->devices[index];
    *plan = (OutputPlan){.number = device->number,
                         .channels = device->channels,
                         .rate_hz = request->rate_hz ? request->rate_hz : device->rate_hz,
                         .block_frames = request->block_frames,
                         .latency_seconds = device->latency_seconds};
    if (request->block_frames) {
        plan->latency_seconds = LATENCY_BLOCKS * request->block_frames / plan->rate_hz;
    }
    memcpy(plan->api, list->apis[device->api].name, sizeof plan->api);
    memcpy(plan->device, device->name, sizeof plan->device);
    if (plan->rate_hz < ENGINE_RATE_MIN_HZ || plan->rate_hz > ENGINE_RATE_MAX_HZ) {
        error_set(error, "%s runs at %u Hz; choose a rate of %d to %d Hz by --rate", device->name,
                  plan->rate_hz, ENGINE_RATE_MIN_HZ, ENGINE_RATE_MAX_HZ);
        return false;
    }
    return true;
}

Output *output_open(const OutputPlan *plan, Callback *callback, bool show_messages, Error *error) {
    Output *output = calloc(1, sizeof *output);
    if (!output) {
        error_set(error, "%s: out of memory; close other programs", plan->device);
        return NULL;
    }
    if (plan->silent) {
        output->silent = output_null_open(plan, callback, error);
    } else {
        output->portaudio = output_portaudio_open(plan, callback, show_messages, error);
    }
    if (!output->silent && !output->portaudio) {
        free(output);
        return NULL;
    }
    return output;
}

void output_close(Output *output) {
    if (output) {
        output_null_close(output->silent);
        output_portaudio_close(output->portaudio);
        free(output);
    }
}

bool output_running(const Output *output) {
    return output && (output->silent || output_portaudio_running(output->portaudio));
}

Workgroup *output_workgroup(const Output *output, uint64_t period_ns) {
    return output && output->portaudio ? output_portaudio_workgroup(output->portaudio, period_ns) : NULL;
}

double output_latency_seconds(const Output *output) {
    return !output || output->silent ? 0 : output_portaudio_latency_seconds(output->portaudio);
}
