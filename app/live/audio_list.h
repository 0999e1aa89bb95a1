// Lists the audio outputs of this machine and finds the one that is meant.
#ifndef APP_LIVE_AUDIO_LIST_H
#define APP_LIVE_AUDIO_LIST_H

#include "platform/error.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    AUDIO_NAME_BYTES = 128,
    AUDIO_APIS_MAX = 16,
    AUDIO_NONE = -1,
};

/// What --audio-api calls the output that keeps time and plays nothing.
extern const char AUDIO_API_NULL[];

/// One way to the sound hardware: "ALSA", "JACK Audio Connection Kit", "Windows WASAPI".
typedef struct AudioApi {
    char name[AUDIO_NAME_BYTES];
    int32_t default_device; // index into AudioList.devices, AUDIO_NONE when it has none
} AudioApi;

typedef struct AudioDevice {
    char name[AUDIO_NAME_BYTES]; // UTF-8
    int32_t api;                 // index into AudioList.apis
    int32_t number;              // PortAudio's, which --device takes
    uint32_t channels;           // >= 1
    uint32_t rate_hz;            // its own
    double latency_seconds;      // the lowest that it thinks safe
} AudioDevice;

typedef struct AudioList {
    AudioApi apis[AUDIO_APIS_MAX];
    int32_t api_count;
    AudioDevice *devices; // outputs only
    int32_t device_count;
    int32_t default_device; // what plays when nothing is asked for, AUDIO_NONE when there is no output
} AudioList;

/// Starts PortAudio; what it and the drivers say on standard error is hidden unless show_messages. False with
/// error filled. [main-thread]
bool audio_system_start(bool show_messages, Error *error);

/// Ends it; every stream is closed by then. Start and stop again to see devices that came or went.
/// [main-thread]
void audio_system_stop(void);

/// From here on PortAudio is neither ended nor started again, as a stream is stuck in it. [main-thread]
void audio_system_abandon(void);

/// Can PortAudio be ended and started again? [main-thread]
bool audio_system_restartable(void);

/// Lists what PortAudio saw when it was started. By default a running JACK server plays, as who started one
/// means it to be used; else the system's default. NULL with error filled when memory is refused. Caller
/// owns. [main-thread, audio system started]
AudioList *audio_list_create(Error *error);

/// NULL is harmless.
void audio_list_destroy(AudioList *list);

/// Finds a device. api: a name or a part of one, upper and lower case alike, NULL for the default. device: a
/// number, a name or a part of one, NULL for the API's default. Returns an index into list->devices, or
/// AUDIO_NONE with error filled, which names the nearest. [main-thread]
int32_t audio_list_find(const AudioList *list, const char *api, const char *device, Error *error);

#endif
