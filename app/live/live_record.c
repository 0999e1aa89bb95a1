// Joins a recorder to the callback and parts them again.
#include "app/live/live_record.h"

#include "app/live/live_notices.h"
#include "app/live/live_play.h"
#include "app/live/live_state.h"

#include <inttypes.h>

bool live_record_start(Live *live, const char *path, Error *error) {
    if (live->recorder) {
        error_set(error, "%s: a recording runs already; stop it first", path);
        return false;
    }
    if (!live_plays(live, error)) {
        return false;
    }
    live->recorder = recorder_create(path, live->engine_config.rate_hz, error);
    if (live->recorder) {
        live->recorder_failure_told = false;
        callback_set_take(&live->callback, recorder_ring(live->recorder));
    }
    return live->recorder != NULL;
}

bool live_record_stop(Live *live, RecorderFigures *figures, Error *error) {
    if (!live->recorder) {
        error_set(error, "nothing is recorded; start a recording first");
        return false;
    }
    callback_set_take(&live->callback, NULL);
    Recorder *recorder = live->recorder;
    live->recorder = NULL;
    RecorderFigures own;
    bool whole = recorder_finish(recorder, &own, error);
    if (whole && own.lost_frames > 0) {
        error_set(error, "the recording lacks %" PRIu64 " frames: the disk was too slow; use a faster one",
                  own.lost_frames);
        whole = false;
    }
    if (figures) {
        *figures = own;
    }
    return whole;
}

bool live_recording(const Live *live, RecorderFigures *figures) {
    if (live->recorder) {
        recorder_figures(live->recorder, figures);
    }
    return live->recorder != NULL;
}

void live_record_watch(Live *live) {
    Error trouble;
    if (live->recorder && !live->recorder_failure_told && recorder_failed(live->recorder, &trouble)) {
        live->recorder_failure_told = true;
        live_notice_add(live, &trouble);
    }
}
