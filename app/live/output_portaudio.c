// Opens PortAudio streams and puts its refusals in words.
#include "app/live/output_portaudio.h"

#include "platform/quiet.h"

#include <portaudio.h>
#include <stdlib.h>

// Declared here because the headers that do are not on every system, or want the system's own.
#if defined(POLYCORE_PORTAUDIO_ALSA)
void PaAlsa_EnableRealtimeScheduling(PaStream *stream, int enable);
#endif
#if defined(POLYCORE_PORTAUDIO_COREAUDIO)
uint32_t PaMacCore_GetStreamOutputDevice(PaStream *stream);
#endif

struct OutputPortaudio {
    PaStream *stream;
    Callback *callback;
    uint32_t channels;
    PaHostApiTypeId api;
    bool began; // the first callback is done; the audio thread's own
};

static int on_callback(const void *input, void *interleaved, unsigned long frames,
                       const PaStreamCallbackTimeInfo *times, PaStreamCallbackFlags flags, void *user) {
    (void)input, (void)times;
    OutputPortaudio *output = user;
    // Before the first callback there was nothing to play, which some drivers report as an underflow.
    bool underflow = (flags & paOutputUnderflow) && output->began;
    output->began = true;
    callback_run(output->callback, interleaved, (uint32_t)frames, underflow);
    return paContinue;
}

static void explain(const OutputPlan *plan, PaError status, Error *error) {
    switch (status) {
    case paInvalidSampleRate:
        error_set(error, "%s (%s) refuses %u Hz; choose another --rate, or none for its own", plan->device,
                  plan->api, plan->rate_hz);
        break;
    case paDeviceUnavailable:
        error_set(error,
                  "%s (%s) is busy or gone; close the program that uses it, or choose another by --device",
                  plan->device, plan->api);
        break;
    case paInvalidChannelCount:
        error_set(error, "%s (%s) takes neither 2 nor %u channels; choose another by --device", plan->device,
                  plan->api, plan->channels);
        break;
    case paUnanticipatedHostError:
        error_set(error, "%s (%s) does not open: %s; choose another by --device", plan->device, plan->api,
                  Pa_GetLastHostErrorInfo()->errorText);
        break;
    default:
        error_set(error, "%s (%s) does not open: %s; choose another by --device or another --block",
                  plan->device, plan->api, Pa_GetErrorText(status));
    }
}

static PaError open_stream(OutputPortaudio *output, const OutputPlan *plan, uint32_t channels) {
    output->channels = channels;
    PaStreamParameters parameters = {.device = plan->number,
                                     .channelCount = (int)channels,
                                     .sampleFormat = paFloat32,
                                     .suggestedLatency = plan->latency_seconds};
    // paDitherOff, paClipOff: nothing is done to floats. Frames 0: the device's own period, so that JACK
    // calls evenly.
    return Pa_OpenStream(&output->stream, NULL, &parameters, plan->rate_hz, plan->block_frames,
                         paClipOff | paDitherOff, on_callback, output);
}

static PaError start_stream(OutputPortaudio *output, const OutputPlan *plan) {
    uint32_t channels = plan->channels < 2 ? plan->channels : 2;
    PaError status = open_stream(output, plan, channels);
    if (status == paInvalidChannelCount && plan->channels > 2 && plan->channels <= CALLBACK_CHANNELS_MAX) {
        status = open_stream(output, plan, plan->channels); // some interfaces open whole or not at all
    }
    if (status != paNoError) {
        return status;
    }
    output->api = Pa_GetHostApiInfo(Pa_GetDeviceInfo(plan->number)->hostApi)->type;
#if defined(POLYCORE_PORTAUDIO_ALSA)
    if (output->api == paALSA) {
        PaAlsa_EnableRealtimeScheduling(output->stream, 1);
    }
#endif
    double latency = Pa_GetStreamInfo(output->stream)->outputLatency;
    callback_set_device(output->callback, output->channels, (uint32_t)(latency * plan->rate_hz));
    status = Pa_StartStream(output->stream);
    if (status != paNoError) {
        Pa_CloseStream(output->stream);
    }
    return status;
}

OutputPortaudio *output_portaudio_open(const OutputPlan *plan, Callback *callback, bool show_messages,
                                       Error *error) {
    OutputPortaudio *output = calloc(1, sizeof *output);
    if (!output) {
        error_set(error, "%s: out of memory; close other programs", plan->device);
        return NULL;
    }
    output->callback = callback;
    if (!show_messages) {
        quiet_begin();
    }
    PaError status = start_stream(output, plan);
    if (!show_messages) {
        quiet_end();
    }
    if (status != paNoError) {
        explain(plan, status, error);
        free(output);
        return NULL;
    }
    return output;
}

// PortAudio would wait ten minutes for a JACK server that has ended to stop a stream.
static bool is_stuck(const OutputPortaudio *output) {
    return output->api == paJACK && Pa_IsStreamActive(output->stream) != 1;
}

void output_portaudio_close(OutputPortaudio *output) {
    if (output && is_stuck(output)) {
        audio_system_abandon(); // and the stream with it: nothing calls back any more
    } else if (output) {
        quiet_begin(); // drivers complain of devices that are gone already
        Pa_StopStream(output->stream);
        Pa_CloseStream(output->stream);
        quiet_end();
        free(output);
    }
}

bool output_portaudio_running(const OutputPortaudio *output) {
    return Pa_IsStreamActive(output->stream) == 1;
}

Workgroup *output_portaudio_workgroup(const OutputPortaudio *output, uint64_t period_ns) {
    uint32_t device = WORKGROUP_NO_DEVICE;
#if defined(POLYCORE_PORTAUDIO_COREAUDIO)
    if (output->api == paCoreAudio) {
        device = PaMacCore_GetStreamOutputDevice(output->stream);
    }
#endif
    (void)output;
    return workgroup_create(device, period_ns);
}

double output_portaudio_latency_seconds(const OutputPortaudio *output) {
    return Pa_GetStreamInfo(output->stream)->outputLatency;
}
