// Records what is heard to a sound file, on a thread of its own.
#ifndef APP_LIVE_RECORDER_H
#define APP_LIVE_RECORDER_H

#include "app/live/sound_ring.h"
#include "platform/error.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct Recorder Recorder;

/// What a take has come to.
typedef struct RecorderFigures {
    uint64_t frames;      // written
    uint64_t lost_frames; // the disk was too slow for these
    uint32_t rate_hz;
} RecorderFigures;

/// Starts a new file and the thread that writes it: .wav holds 32-bit floats, .flac 24 bits, .ogg Vorbis.
/// NULL with error filled: no such ending, the file exists (a take is never written over), not writable.
/// [main-thread]
Recorder *recorder_create(const char *path, uint32_t rate_hz, Error *error);

/// Where the audio thread puts the sound; valid until recorder_finish. [main-thread]
SoundRing *recorder_ring(Recorder *recorder);

/// [main-thread]
void recorder_figures(const Recorder *recorder, RecorderFigures *figures);

/// True with error filled when the disk has refused: the file is valid up to there. [main-thread]
bool recorder_failed(const Recorder *recorder, Error *error);

/// Writes what is still in the ring, completes the file and frees. The audio thread must have let go of the
/// ring. figures may be NULL. False with error filled when anything could not be written; what could be is
/// valid. [main-thread]
bool recorder_finish(Recorder *recorder, RecorderFigures *figures, Error *error);

#endif
