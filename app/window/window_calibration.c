// Runs the calibration on a thread of its own, and hands its text over by a sequence count.
#include "app/window/window_calibration.h"

#include "app/calibrate/calibrate.h"
#include "platform/thread.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double ANSWER_SECONDS = 1.0; // as short as still tells, so that a musician waits for it

struct WindowCalibration {
    Calibration calibration;
    Thread *thread;
    _Atomic bool cancel;
    _Atomic bool done;
    _Atomic uint32_t permille;
    // The text is written while `sequence` is odd; a reader that meets it keeps what it had.
    _Atomic uint32_t sequence;
    _Atomic char text[HOST_TEXT_BYTES];
    char shown[HOST_TEXT_BYTES]; // the reader's own
};

static void set_text(WindowCalibration *self, const char *text) {
    atomic_fetch_add(&self->sequence, 1);
    for (size_t i = 0; i < HOST_TEXT_BYTES; i++) {
        atomic_store(&self->text[i], *text);
        text += *text != '\0';
    }
    atomic_store(&self->text[HOST_TEXT_BYTES - 1], '\0');
    atomic_fetch_add(&self->sequence, 1);
}

static void progress(void *user, double done, const char *text) {
    WindowCalibration *self = user;
    atomic_store(&self->permille, (uint32_t)(done * 1000.0));
    set_text(self, text);
}

static void run(void *argument) {
    WindowCalibration *self = argument;
    CalibrationResult result;
    Error error;
    if (calibrate(&self->calibration, &result, &error)) {
        char text[CALIBRATE_TEXT_BYTES];
        calibrate_summarize(&result, text);
        set_text(self, text);
    } else {
        set_text(self, error.text);
    }
    atomic_store(&self->done, true);
}

WindowCalibration *window_calibration_create(const EngineConfig *engine, Error *error) {
    WindowCalibration *self = calloc(1, sizeof *self);
    if (!self) {
        error_set(error, "out of memory for the calibration; close other programs");
        return NULL;
    }
    self->calibration = (Calibration){.engine = *engine,
                                      .seconds = ANSWER_SECONDS,
                                      .cancel = &self->cancel,
                                      .progress = progress,
                                      .user = self};
    set_text(self, "starting");
    self->thread = thread_create("calibrate", run, self, error);
    if (!self->thread) {
        free(self);
        return NULL;
    }
    return self;
}

void window_calibration_destroy(WindowCalibration *self) {
    if (self) {
        window_calibration_cancel(self);
        thread_join(self->thread);
        free(self);
    }
}

void window_calibration_cancel(WindowCalibration *self) {
    atomic_store(&self->cancel, true);
}

bool window_calibration_running(const WindowCalibration *self) {
    return !atomic_load(&self->done);
}

void window_calibration_state(WindowCalibration *self, HostCalibration *state) {
    state->running = window_calibration_running(self); // before the text: the last one is then whole
    state->progress = (float)atomic_load(&self->permille) * 0.001f;
    char text[HOST_TEXT_BYTES];
    uint32_t before = atomic_load(&self->sequence);
    for (size_t i = 0; i < HOST_TEXT_BYTES; i++) {
        text[i] = atomic_load(&self->text[i]);
    }
    if (before % 2 == 0 && before == atomic_load(&self->sequence)) {
        memcpy(self->shown, text, sizeof self->shown);
    }
    memcpy(state->text, self->shown, sizeof state->text);
}
