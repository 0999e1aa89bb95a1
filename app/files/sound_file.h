// Writes stereo sound to a WAV, FLAC or Ogg Vorbis file.
#ifndef APP_FILES_SOUND_FILE_H
#define APP_FILES_SOUND_FILE_H

#include "platform/error.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/// In all but SOUND_WAV_FLOAT the same sound is the same bytes.
typedef enum SoundFormat {
    SOUND_WAV_24,    // 24-bit whole numbers; what exceeds full scale is cut
    SOUND_WAV_FLOAT, // 32-bit float; keeps what exceeds full scale; libsndfile puts the time of day beside
                     // the peak
    SOUND_FLAC,      // 24-bit
    SOUND_OGG,       // Vorbis
} SoundFormat;

typedef struct SoundFile SoundFile;

#define SOUND_FRAMES_UNKNOWN UINT64_MAX

/// Chooses by the ending of path, upper or lower case: .wav (that is `wav`), .flac or .ogg. False with error
/// filled otherwise. [any-thread]
bool sound_format_of_path(const char *path, SoundFormat wav, SoundFormat *format, Error *error);

/// Starts a file on stream, which must be seekable and untouched, stays the caller's and must outlive the
/// result. path names the file in errors. A WAV that may exceed 4 GiB is written as RF64, which becomes a WAV
/// again (with WAVE_FORMAT_EXTENSIBLE, which not every program knows) when it stays below: so for frames_max
/// give the most frames that will come, SOUND_FRAMES_UNKNOWN where nobody knows. rate_hz: 8000..384000. [any
/// one thread]
SoundFile *sound_file_create(FILE *stream, const char *path, SoundFormat format, uint32_t rate_hz,
                             uint64_t frames_max, Error *error);

/// Appends frames, interleaved left and right. False with error filled when the disk refuses; what came
/// before stays in the file. [the same thread]
bool sound_file_write(SoundFile *file, const float *interleaved, uint32_t frames, Error *error);

/// Brings what was written to the system, with a header that fits it, so that the file is valid should the
/// program be killed now. Ogg has no such header. [the same thread]
bool sound_file_flush(SoundFile *file, Error *error);

/// Frames that were cut at full scale so far: none in floats. [the same thread]
uint64_t sound_file_clipped_frames(const SoundFile *file);

/// Completes the file and frees. False with error filled when that failed. NULL is harmless and true. [the
/// same thread]
bool sound_file_finish(SoundFile *file, Error *error);

#endif
