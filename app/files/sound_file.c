// Writes sound files by libsndfile over a stdio stream, with nothing in those for renders that differs from
// run to run.
#include "app/files/sound_file.h"

#include "app/files/ogg_pages.h"

#include <errno.h>
#include <math.h>
#include <sndfile.h>
#include <stdlib.h>
#include <string.h>

enum {
    CHANNELS = 2,
    WAV_FRAMES_MAX = 500 * 1000 * 1000, // of 8 bytes, with room for headers: 4 GiB is a WAV's limit
    CHUNK_FRAMES = 1024, // converted at once; libsndfile's Vorbis encoder takes no large pieces well
};

static const double VORBIS_QUALITY = 0.7;     // about 220 kbit/s: no loss that is heard in music
static const float FULL_SCALE_24 = 8388608.f; // 2^23

struct SoundFile {
    FILE *stream;
    SNDFILE *sndfile;
    SoundFormat format;
    int write_errno;  // why the disk refused, 0 for not yet
    sf_count_t bytes; // length of the file
    uint64_t clipped_frames;
    OggPages pages;
    char path[256]; // cut; for errors only
};

bool sound_format_of_path(const char *path, SoundFormat wav, SoundFormat *format, Error *error) {
    static const char *const ENDINGS[] = {".wav", ".flac", ".ogg"};
    const SoundFormat formats[] = {wav, SOUND_FLAC, SOUND_OGG};
    size_t length = strlen(path);
    for (size_t i = 0; i < sizeof ENDINGS / sizeof ENDINGS[0]; i++) {
        size_t ending = strlen(ENDINGS[i]);
        bool same = length >= ending;
        for (size_t k = 0; same && k < ending; k++) {
            char c = path[length - ending + k];
            same = (c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c) == ENDINGS[i][k];
        }
        if (same) {
            *format = formats[i];
            return true;
        }
    }
    error_set(error, "%s: its ending names no sound format; use .wav, .flac or .ogg", path);
    return false;
}

static sf_count_t io_length(void *user) {
    return ((SoundFile *)user)->bytes;
}

static sf_count_t io_tell(void *user) {
    return ftello(((SoundFile *)user)->stream);
}

static sf_count_t io_seek(sf_count_t offset, int whence, void *user) {
    SoundFile *file = user;
    return fseeko(file->stream, offset, whence) == 0 ? ftello(file->stream) : -1;
}

static sf_count_t io_read(void *bytes, sf_count_t count, void *user) {
    (void)bytes, (void)count, (void)user;
    return 0; // a file being written is never read
}

static bool put_bytes(SoundFile *file, const void *bytes, size_t count) {
    errno = 0;
    if (fwrite(bytes, 1, count, file->stream) == count) {
        return true;
    }
    if (!file->write_errno) {
        file->write_errno = errno ? errno : EIO;
    }
    return false;
}

static sf_count_t io_write(const void *bytes, sf_count_t count, void *user) {
    SoundFile *file = user;
    if (file->format != SOUND_OGG) {
        if (!put_bytes(file, bytes, (size_t)count)) {
            return 0;
        }
        sf_count_t end = io_tell(user);
        file->bytes = end > file->bytes ? end : file->bytes;
        return count;
    }
    for (sf_count_t taken = 0; taken < count;) {
        size_t page_bytes;
        taken += (sf_count_t)ogg_pages_take(&file->pages, (const uint8_t *)bytes + taken,
                                            (size_t)(count - taken), &page_bytes);
        // A failure is ours to tell: libsndfile would end the stream half-way and forget what it holds.
        if (page_bytes && !file->write_errno) {
            put_bytes(file, file->pages.page, page_bytes);
        }
    }
    file->bytes += count;
    return count;
}

static bool fill_error(const SoundFile *file, Error *error) {
    if (file->write_errno) {
        error_set(error, "%s: %s; free some space or write elsewhere", file->path,
                  strerror(file->write_errno));
    } else {
        error_set(error, "%s: %s", file->path, sf_strerror(file->sndfile));
    }
    return false;
}

static int sndfile_format(SoundFormat format, uint64_t frames_max) {
    int wav = frames_max < WAV_FRAMES_MAX ? SF_FORMAT_WAV : SF_FORMAT_RF64;
    switch (format) {
    case SOUND_WAV_24:
        return wav | SF_FORMAT_PCM_24;
    case SOUND_WAV_FLOAT:
        return wav | SF_FORMAT_FLOAT;
    case SOUND_FLAC:
        return SF_FORMAT_FLAC | SF_FORMAT_PCM_24;
    case SOUND_OGG:
        return SF_FORMAT_OGG | SF_FORMAT_VORBIS;
    }
    return 0;
}

SoundFile *sound_file_create(FILE *stream, const char *path, SoundFormat format, uint32_t rate_hz,
                             uint64_t frames_max, Error *error) {
    SoundFile *file = calloc(1, sizeof *file);
    if (!file) {
        error_set(error, "%s: out of memory; close other programs", path);
        return NULL;
    }
    // What lay in a buffer when the disk became full would keep the header from being written over what fits.
    setvbuf(stream, NULL, _IONBF, 0);
    file->stream = stream;
    file->format = format;
    ogg_pages_init(&file->pages);
    snprintf(file->path, sizeof file->path, "%s", path);
    SF_VIRTUAL_IO io = {io_length, io_seek, io_read, io_write, io_tell};
    SF_INFO info = {
        .samplerate = (int)rate_hz, .channels = CHANNELS, .format = sndfile_format(format, frames_max)};
    file->sndfile = sf_open_virtual(&io, SFM_WRITE, &info, file);
    if (!file->sndfile) {
        fill_error(file, error);
        free(file);
        return NULL;
    }
    sf_command(file->sndfile, SFC_RF64_AUTO_DOWNGRADE, NULL, SF_TRUE);
    double quality = VORBIS_QUALITY;
    sf_command(file->sndfile, SFC_SET_VBR_ENCODING_QUALITY, &quality, sizeof quality);
    return file;
}

// To 24 bits in the upper part of an int, as libsndfile wants them: exact, the same on every system.
static int to_24_bits(float sample, bool *clipped) {
    float scaled = sample * FULL_SCALE_24;
    if (scaled >= FULL_SCALE_24 - 1) {
        *clipped |= scaled > FULL_SCALE_24 - 1;
        return 0x7FFFFF * 256;
    }
    if (scaled <= -FULL_SCALE_24) {
        *clipped |= scaled < -FULL_SCALE_24;
        return -0x800000 * 256;
    }
    return (int)lrintf(scaled) * 256;
}

static bool write_whole_numbers(SoundFile *file, const float *interleaved, uint32_t frames) {
    int samples[CHUNK_FRAMES * CHANNELS];
    for (uint32_t i = 0; i < frames; i++) {
        bool clipped = false;
        samples[2 * i] = to_24_bits(interleaved[2 * i], &clipped);
        samples[2 * i + 1] = to_24_bits(interleaved[2 * i + 1], &clipped);
        file->clipped_frames += clipped;
    }
    return sf_writef_int(file->sndfile, samples, frames) == frames;
}

bool sound_file_write(SoundFile *file, const float *interleaved, uint32_t frames, Error *error) {
    bool whole_numbers = file->format == SOUND_WAV_24 || file->format == SOUND_FLAC;
    while (frames > 0) {
        uint32_t count = frames < CHUNK_FRAMES ? frames : CHUNK_FRAMES;
        bool written = whole_numbers ? write_whole_numbers(file, interleaved, count)
                                     : sf_writef_float(file->sndfile, interleaved, count) == count;
        // The Vorbis encoder does not look at what its writes came to.
        if (!written || file->write_errno) {
            return fill_error(file, error);
        }
        interleaved += (size_t)count * CHANNELS;
        frames -= count;
    }
    return true;
}

static bool flush_stream(SoundFile *file) {
    errno = 0;
    if (fflush(file->stream) == 0) {
        return true;
    }
    if (!file->write_errno) {
        file->write_errno = errno ? errno : EIO;
    }
    return false;
}

bool sound_file_flush(SoundFile *file, Error *error) {
    if (file->format == SOUND_WAV_24 || file->format == SOUND_WAV_FLOAT) {
        sf_command(file->sndfile, SFC_UPDATE_HEADER_NOW, NULL, 0);
    }
    return (flush_stream(file) && !file->write_errno) || fill_error(file, error);
}

uint64_t sound_file_clipped_frames(const SoundFile *file) {
    return file->clipped_frames;
}

bool sound_file_finish(SoundFile *file, Error *error) {
    if (!file) {
        return true;
    }
    int status = sf_close(file->sndfile);
    bool whole = flush_stream(file) && !file->write_errno;
    if (file->write_errno) {
        fill_error(file, error);
    } else if (status != 0) {
        error_set(error, "%s: %s", file->path, sf_error_number(status));
    }
    free(file);
    return whole && status == 0;
}
