// Owns the texts of a request, and names devices as they were found.
#include "app/live/output_request.h"

#include "app/text_match.h"

#include <stdlib.h>
#include <string.h>

bool output_request_is_null(const OutputRequest *request) {
    return request->api && text_same(request->api, AUDIO_API_NULL);
}

bool output_request_copy(OutputRequest *to, const OutputRequest *from, Error *error) {
    OutputRequest copy = *from;
    copy.api = from->api ? strdup(from->api) : NULL;
    copy.device = from->device ? strdup(from->device) : NULL;
    if ((from->api && !copy.api) || (from->device && !copy.device)) {
        output_request_free(&copy);
        error_set(error, "out of memory for the output's name; close other programs");
        return false;
    }
    output_request_free(to);
    *to = copy;
    return true;
}

bool output_request_settle(OutputRequest *to, const OutputRequest *asked, const OutputPlan *found,
                           Error *error) {
    OutputRequest settled = *asked;
    if (!found->silent) {
        settled.api = found->api;
        settled.device = found->device;
    }
    return output_request_copy(to, &settled, error);
}

void output_request_free(OutputRequest *request) {
    free((char *)request->api);
    free((char *)request->device);
    *request = (OutputRequest){0};
}
