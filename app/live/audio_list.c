// Copies PortAudio's lists, so that choosing among them is plain code.
#include "app/live/audio_list.h"

#include "app/choose.h"
#include "app/nearest.h"
#include "app/text_match.h"
#include "platform/quiet.h"

#include <portaudio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// For Linux only, where not every system ships the header that declares it.
#if defined(POLYCORE_PORTAUDIO_JACK)
PaError PaJack_SetClientName(const char *name);
#endif

const char AUDIO_API_NULL[] = "null";

static bool abandoned;

bool audio_system_start(bool show_messages, Error *error) {
    if (!show_messages) {
        quiet_begin();
    }
#if defined(POLYCORE_PORTAUDIO_JACK)
    PaJack_SetClientName("polycore"); // what patchbays show
#endif
    PaError status = Pa_Initialize();
    if (!show_messages) {
        quiet_end();
    }
    if (status != paNoError) {
        error_set(error, "PortAudio does not start: %s; --audio-api null plays without it",
                  Pa_GetErrorText(status));
    }
    return status == paNoError;
}

static int on_nothing(const void *input, void *output, unsigned long frames,
                      const PaStreamCallbackTimeInfo *times, PaStreamCallbackFlags flags, void *user) {
    (void)input, (void)output, (void)frames, (void)times, (void)flags, (void)user;
    return paComplete; // never called: the stream is not started
}

// PortAudio keeps a client of a JACK server that was there when it started, and ends the program by an
// assertion when it closes one whose server has ended since. Only opening a stream tells whether it has.
static bool has_lost_jack(void) {
    PaHostApiIndex api = Pa_HostApiTypeIdToHostApiIndex(paJACK);
    const PaHostApiInfo *jack = api >= 0 ? Pa_GetHostApiInfo(api) : NULL;
    const PaDeviceInfo *device =
        jack && jack->defaultOutputDevice >= 0 ? Pa_GetDeviceInfo(jack->defaultOutputDevice) : NULL;
    if (!device) {
        return false;
    }
    PaStreamParameters parameters = {
        .device = jack->defaultOutputDevice, .channelCount = 1, .sampleFormat = paFloat32};
    PaStream *stream = NULL;
    PaError status =
        Pa_OpenStream(&stream, NULL, &parameters, device->defaultSampleRate, 0, paNoFlag, on_nothing, NULL);
    if (status == paNoError) {
        Pa_CloseStream(stream);
    }
    return status != paNoError;
}

void audio_system_stop(void) {
    if (!abandoned) {
        quiet_begin(); // the library of a server that is gone complains
        abandoned = has_lost_jack();
        quiet_end();
    }
    if (!abandoned) {
        Pa_Terminate();
    }
}

void audio_system_abandon(void) {
    abandoned = true;
}

bool audio_system_restartable(void) {
    return !abandoned;
}

static int32_t add_device(AudioList *list, PaDeviceIndex number) {
    const PaDeviceInfo *info = Pa_GetDeviceInfo(number);
    if (!info || info->maxOutputChannels < 1 || info->hostApi >= list->api_count) {
        return AUDIO_NONE;
    }
    AudioDevice *device = &list->devices[list->device_count];
    snprintf(device->name, sizeof device->name, "%s", info->name);
    device->api = info->hostApi;
    device->number = number;
    device->channels = (uint32_t)info->maxOutputChannels;
    device->rate_hz = (uint32_t)(info->defaultSampleRate + 0.5);
    device->latency_seconds = info->defaultLowOutputLatency;
    return list->device_count++;
}

static int32_t default_of(const AudioList *list) {
    for (int32_t api = 0; api < list->api_count; api++) {
        // PortAudio's JACK has devices only while a server runs.
        if (Pa_GetHostApiInfo(api)->type == paJACK && list->apis[api].default_device != AUDIO_NONE) {
            return list->apis[api].default_device;
        }
    }
    PaHostApiIndex first = Pa_GetDefaultHostApi();
    if (first >= 0 && first < list->api_count && list->apis[first].default_device != AUDIO_NONE) {
        return list->apis[first].default_device;
    }
    for (int32_t api = 0; api < list->api_count; api++) {
        if (list->apis[api].default_device != AUDIO_NONE) {
            return list->apis[api].default_device;
        }
    }
    return AUDIO_NONE;
}

AudioList *audio_list_create(Error *error) {
    PaDeviceIndex device_count = Pa_GetDeviceCount();
    device_count = device_count > 0 ? device_count : 0;
    AudioList *list = calloc(1, sizeof *list);
    AudioDevice *devices = calloc((size_t)device_count + 1, sizeof *devices);
    if (!list || !devices) {
        free(list);
        free(devices);
        error_set(error, "out of memory for the list of audio devices; close other programs");
        return NULL;
    }
    list->devices = devices;
    PaHostApiIndex api_count = Pa_GetHostApiCount();
    list->api_count = api_count < AUDIO_APIS_MAX ? api_count : AUDIO_APIS_MAX;
    for (int32_t api = 0; api < list->api_count; api++) {
        snprintf(list->apis[api].name, sizeof list->apis[api].name, "%s", Pa_GetHostApiInfo(api)->name);
        list->apis[api].default_device = AUDIO_NONE;
    }
    for (PaDeviceIndex number = 0; number < device_count; number++) {
        int32_t index = add_device(list, number);
        if (index != AUDIO_NONE) {
            int32_t api = list->devices[index].api;
            if (Pa_GetHostApiInfo(api)->defaultOutputDevice == number) {
                list->apis[api].default_device = index;
            }
        }
    }
    list->default_device = default_of(list);
    return list;
}

void audio_list_destroy(AudioList *list) {
    if (list) {
        free(list->devices);
        free(list);
    }
}

// Most people know an API by its first word.
static const char *nearest_api(const AudioList *list, const char *wanted) {
    static char words[AUDIO_APIS_MAX][AUDIO_NAME_BYTES]; // for as long as the caller needs the result
    const char *names[AUDIO_APIS_MAX + 1] = {AUDIO_API_NULL};
    for (int32_t api = 0; api < list->api_count; api++) {
        const char *name = list->apis[api].name;
        snprintf(words[api], sizeof words[api], "%.*s", (int)strcspn(name, " "), name);
        names[api + 1] = words[api];
    }
    return nearest_name(wanted, names, (size_t)list->api_count + 1);
}

static int32_t find_api(const AudioList *list, const char *wanted, Error *error) {
    const char *names[AUDIO_APIS_MAX + 1] = {NULL};
    for (int32_t api = 0; api < list->api_count; api++) {
        names[api] = list->apis[api].name;
        if (text_same(wanted, names[api])) {
            return api;
        }
    }
    for (int32_t api = 0; api < list->api_count; api++) {
        if (text_contains(names[api], wanted)) {
            return api;
        }
    }
    if (text_contains(wanted, "jack")) {
        error_set(error, "there is no audio API '%s', as no JACK server runs; start one", wanted);
        return AUDIO_NONE;
    }
    names[list->api_count] = AUDIO_API_NULL;
    const char *near = nearest_api(list, wanted);
    char text[256] = "";
    for (int32_t api = 0; api <= list->api_count; api++) {
        size_t used = strlen(text);
        snprintf(text + used, sizeof text - used, "%s%s", api ? ", " : "", names[api]);
    }
    error_set(error, "there is no audio API '%s'%s%s%s; this machine has: %s", wanted,
              near ? ", did you mean " : "", near ? near : "", near ? "?" : "", text);
    return AUDIO_NONE;
}

// Among the devices of one API, or all of them for AUDIO_NONE.
static int32_t find_device(const AudioList *list, int32_t api, const char *wanted, Error *error) {
    Choosable *things = calloc((size_t)list->device_count + 1, sizeof *things);
    int32_t *indices = calloc((size_t)list->device_count + 1, sizeof *indices);
    int32_t found = AUDIO_NONE;
    if (!things || !indices) {
        error_set(error, "out of memory for the list of audio devices; close other programs");
    } else {
        size_t count = 0;
        for (int32_t i = 0; i < list->device_count; i++) {
            if (api == AUDIO_NONE || list->devices[i].api == api) {
                indices[count] = i;
                things[count++] = (Choosable){list->devices[i].name, list->devices[i].number};
            }
        }
        int32_t chosen = choose_thing(things, count, wanted, "audio device", error);
        found = chosen == CHOOSE_NONE ? AUDIO_NONE : indices[chosen];
    }
    free(things);
    free(indices);
    return found;
}

int32_t audio_list_find(const AudioList *list, const char *api, const char *device, Error *error) {
    int32_t within = AUDIO_NONE;
    if (api) {
        within = find_api(list, api, error);
        if (within == AUDIO_NONE) {
            return AUDIO_NONE;
        }
    }
    if (device) {
        return find_device(list, within, device, error);
    }
    int32_t chosen = api ? list->apis[within].default_device : list->default_device;
    if (chosen == AUDIO_NONE && api) {
        error_set(error, "%s has no output; polycore devices lists what there is", list->apis[within].name);
    } else if (chosen == AUDIO_NONE) {
        error_set(error, "this machine has no audio output; --audio-api null plays without one");
    }
    return chosen;
}
