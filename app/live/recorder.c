// Moves sound from the audio thread's ring to a file, and keeps that file valid as it grows.
#include "app/live/recorder.h"

#include "app/files/sound_file.h"
#include "platform/clock.h"
#include "platform/file.h"
#include "platform/thread.h"

#include <stdatomic.h>
#include <stdlib.h>

enum {
    RING_SECONDS = 8, // a disk that has to spin up takes five
    CHUNK_FRAMES = 4096,
    POLL_NS = 20 * 1000 * 1000,
    FLUSH_NS = 1000 * 1000 * 1000, // a crash costs no more than a second
};

struct Recorder {
    FILE *stream;
    SoundFile *file;
    SoundRing *ring;
    uint32_t rate_hz;
    Thread *thread;
    _Atomic bool stop;
    _Atomic bool failed; // then error says why
    _Atomic uint64_t frames;
    Error error;
};

// Writes all that has come. False when the disk refused.
static bool drain(Recorder *recorder) {
    float chunk[CHUNK_FRAMES * 2];
    for (uint32_t count; (count = sound_ring_pop(recorder->ring, chunk, CHUNK_FRAMES)) > 0;) {
        if (!sound_file_write(recorder->file, chunk, count, &recorder->error)) {
            return false;
        }
        // Relaxed: a figure, nothing follows from it.
        atomic_fetch_add_explicit(&recorder->frames, count, memory_order_relaxed);
    }
    return true;
}

static void run(void *argument) {
    Recorder *recorder = argument;
    uint64_t flushed_ns = clock_now_ns();
    for (;;) {
        // Asked before draining: what was pushed before the stop is then in the file. Acquire: after those
        // pushes.
        bool stopping = atomic_load_explicit(&recorder->stop, memory_order_acquire);
        bool written = drain(recorder);
        if (written && clock_now_ns() - flushed_ns >= FLUSH_NS) {
            written = sound_file_flush(recorder->file, &recorder->error);
            flushed_ns = clock_now_ns();
        }
        if (!written) {
            atomic_store_explicit(&recorder->failed, true, memory_order_release); // after the error's text
            return;
        }
        if (stopping) {
            return;
        }
        clock_sleep_until_ns(clock_now_ns() + POLL_NS);
    }
}

static bool open_file(Recorder *recorder, const char *path, Error *error) {
    SoundFormat format;
    if (!sound_format_of_path(path, SOUND_WAV_FLOAT, &format, error)) {
        return false;
    }
    if (file_exists(path)) {
        error_set(error, "%s exists, and a recording replaces nothing; choose another name", path);
        return false;
    }
    recorder->stream = file_open(path, "wbx", error); // x: nor does it replace what came to be meanwhile
    if (!recorder->stream) {
        return false;
    }
    recorder->file =
        sound_file_create(recorder->stream, path, format, recorder->rate_hz, SOUND_FRAMES_UNKNOWN, error);
    return recorder->file != NULL;
}

Recorder *recorder_create(const char *path, uint32_t rate_hz, Error *error) {
    Recorder *recorder = calloc(1, sizeof *recorder);
    if (!recorder || !(recorder->ring = sound_ring_create(RING_SECONDS * rate_hz))) {
        error_set(error, "%s: out of memory; close other programs", path);
        goto failed;
    }
    recorder->rate_hz = rate_hz;
    if (!open_file(recorder, path, error)) {
        goto failed;
    }
    recorder->thread = thread_create("recorder", run, recorder, error);
    if (!recorder->thread) {
        goto failed;
    }
    return recorder;

failed:
    if (recorder) {
        sound_file_finish(recorder->file, NULL);
        if (recorder->stream) {
            fclose(recorder->stream);
        }
        sound_ring_destroy(recorder->ring);
        free(recorder);
    }
    return NULL;
}

SoundRing *recorder_ring(Recorder *recorder) {
    return recorder->ring;
}

void recorder_figures(const Recorder *recorder, RecorderFigures *figures) {
    figures->frames = atomic_load_explicit(&recorder->frames, memory_order_relaxed);
    figures->lost_frames = sound_ring_lost_frames(recorder->ring);
    figures->rate_hz = recorder->rate_hz;
}

bool recorder_failed(const Recorder *recorder, Error *error) {
    bool failed = atomic_load_explicit(&recorder->failed, memory_order_acquire); // before the error's text
    if (failed && error) {
        *error = recorder->error;
    }
    return failed;
}

bool recorder_finish(Recorder *recorder, RecorderFigures *figures, Error *error) {
    atomic_store_explicit(&recorder->stop, true,
                          memory_order_release); // after the last push, which the caller has seen
    thread_join(recorder->thread);
    bool whole = !recorder_failed(recorder, error);
    if (figures) {
        recorder_figures(recorder, figures);
    }
    // The first trouble is the one to tell.
    whole = sound_file_finish(recorder->file, whole ? error : NULL) && whole;
    if (fclose(recorder->stream) != 0 && whole) {
        error_set(error, "a recording's last part could not be written; free some space");
        whole = false;
    }
    sound_ring_destroy(recorder->ring);
    free(recorder);
    return whole;
}
