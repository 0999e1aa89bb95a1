// What output is asked for, and what that comes to on this machine.
#ifndef APP_LIVE_OUTPUT_REQUEST_H
#define APP_LIVE_OUTPUT_REQUEST_H

#include "app/live/audio_list.h"
#include "platform/error.h"

#include <stdbool.h>
#include <stdint.h>

/// What is asked for.
typedef struct OutputRequest {
    const char *api;       // NULL: the default; AUDIO_API_NULL: a silent clock
    const char *device;    // as audio_list_find takes it; NULL: the default
    uint32_t rate_hz;      // 0: the device's own
    uint32_t block_frames; // 0: what the device likes best
} OutputRequest;

/// What that comes to on this machine.
typedef struct OutputPlan {
    bool silent; // the null output
    char api[AUDIO_NAME_BYTES];
    char device[AUDIO_NAME_BYTES];
    int32_t number;    // PortAudio's
    uint32_t channels; // that the device has
    uint32_t rate_hz;
    uint32_t block_frames;  // 0: the device chooses, and may vary
    double latency_seconds; // asked of the device
} OutputPlan;

/// Is it the null output that is asked for? [any-thread]
bool output_request_is_null(const OutputRequest *request);

/// Replaces a request made by output_request_copy, or all zero, by a copy with texts of its own. False with
/// error filled when memory is refused; *to is then as it was. [main-thread]
bool output_request_copy(OutputRequest *to, const OutputRequest *from, Error *error);

/// The same, by the names of what was found: numbers change when a device comes or goes. [main-thread]
bool output_request_settle(OutputRequest *to, const OutputRequest *asked, const OutputPlan *found,
                           Error *error);

/// Frees the texts of a copy, which is all zero then. [main-thread]
void output_request_free(OutputRequest *request);

#endif
