// Reads a Standard MIDI File's chunks.
#include "engine/midi/smf_file.h"

#include <string.h>

enum {
    HEADER_BYTES = 6,     // of the header chunk's content, at least
    CHUNK_HEAD_BYTES = 8, // name and length
    RIFF_HEAD_BYTES = 12, // "RIFF", length, "RMID"
    FORMAT_MAX = 2,
    DIVISION_SMPTE = 0x8000,
    TEMPO_INITIAL_US = 500000, // for a quarter note: 120 a minute
};

static bool damaged(const SmfFile *file, uint32_t offset, const char *reason) {
    error_set(file->error, "%s: byte %u: %s; the file is damaged: get it or export it again", file->origin,
              (unsigned)offset, reason);
    return false;
}

void smf_file_track_damaged(const SmfFile *file, uint32_t number, SmfFault fault) {
    error_set(file->error, "%s: byte %u: track %u %s; the file is damaged: get it or export it again",
              file->origin, (unsigned)fault.offset, (unsigned)number + 1, fault.reason);
}

static uint32_t big_endian(const uint8_t *bytes, int count) {
    uint32_t value = 0;
    for (int i = 0; i < count; i++) {
        value = value << 8 | bytes[i];
    }
    return value;
}

static uint32_t little_endian_32(const uint8_t *bytes) {
    return (uint32_t)bytes[3] << 24 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[1] << 8 | bytes[0];
}

static uint32_t left(const SmfFile *file) {
    return file->end - file->at;
}

static bool is_named(const uint8_t *bytes, const char *name) {
    return memcmp(bytes, name, 4) == 0;
}

// Narrows the file to the data chunk of a RIFF RMID file.
static bool unwrap_riff(SmfFile *file) {
    file->at = RIFF_HEAD_BYTES;
    while (left(file) >= CHUNK_HEAD_BYTES) {
        const uint8_t *head = file->bytes + file->at;
        uint32_t count = little_endian_32(head + 4);
        file->at += CHUNK_HEAD_BYTES;
        if (count > left(file)) {
            return damaged(file, file->end, "the file ends in the middle of a RIFF chunk");
        }
        if (is_named(head, "data")) {
            file->end = file->at + count;
            return true;
        }
        file->at += count;
        file->at += (count & 1) && left(file) > 0; // chunks start at even offsets
    }
    return damaged(file, file->end, "the RIFF file ends without a data chunk");
}

static bool read_division(SmfFile *file, uint32_t offset, uint32_t division) {
    if (!(division & DIVISION_SMPTE)) {
        if (division == 0) {
            return damaged(file, offset, "a quarter note has 0 ticks");
        }
        file->tempo_counts = true;
        file->units_per_tick = TEMPO_INITIAL_US;
        file->units_per_second =
            (uint64_t)division * 1000000; // a tick is as many units as a quarter note has microseconds
        return true;
    }
    uint32_t frames_per_second = 256 - (division >> 8);
    uint32_t ticks_per_frame = division & 0xFF;
    if (ticks_per_frame == 0) {
        return damaged(file, offset + 1, "an SMPTE frame has 0 ticks");
    }
    file->units_per_tick = 1;
    switch (frames_per_second) {
    case 24:
    case 25:
    case 30:
        file->units_per_second = (uint64_t)frames_per_second * ticks_per_frame;
        return true;
    case 29: // stands for 30000/1001
        file->units_per_second = (uint64_t)30000 * ticks_per_frame;
        file->units_per_tick = 1001;
        return true;
    default:
        return damaged(file, offset,
                       "SMPTE time has 24, 25, 29 or 30 frames in a second, but not as many as here");
    }
}

static bool read_header(SmfFile *file) {
    if (file->end == 0) {
        return damaged(file, 0, "the file is empty");
    }
    if (left(file) >= RIFF_HEAD_BYTES && is_named(file->bytes, "RIFF") && is_named(file->bytes + 8, "RMID") &&
        !unwrap_riff(file)) {
        return false;
    }
    uint32_t start = file->at;
    if (left(file) < 4 || !is_named(file->bytes + start, "MThd")) {
        error_set(file->error,
                  "%s: byte %u: no MIDI file begins here (MThd is missing); give a .mid, .kar or .rmi file",
                  file->origin, (unsigned)start);
        return false;
    }
    if (left(file) < CHUNK_HEAD_BYTES + HEADER_BYTES) {
        return damaged(file, file->end, "the file ends in the middle of its header");
    }
    const uint8_t *head = file->bytes + start;
    uint32_t count = big_endian(head + 4, 4);
    file->at += CHUNK_HEAD_BYTES;
    if (count < HEADER_BYTES) {
        return damaged(file, start + 4, "the header is shorter than 6 bytes");
    }
    if (count > left(file)) {
        return damaged(file, file->end, "the file ends in the middle of its header");
    }
    file->at += count; // later versions of the standard may add to the header
    file->format = big_endian(head + 8, 2);
    file->track_count = big_endian(head + 10, 2);
    if (file->format > FORMAT_MAX) {
        return damaged(file, start + 8, "the format is not 0, 1 or 2");
    }
    if (file->track_count == 0) {
        return damaged(file, start + 10, "the file has no tracks");
    }
    return read_division(file, start + 12, big_endian(head + 12, 2));
}

bool smf_file_open(SmfFile *file, const uint8_t *bytes, uint32_t byte_count, const char *origin,
                   Error *error) {
    *file = (SmfFile){.bytes = bytes, .end = byte_count, .origin = origin, .error = error};
    return read_header(file);
}

// Steps over chunks of other kinds, as the standard wants.
bool smf_file_next_track(SmfFile *file, uint32_t number, SmfTrack *track) {
    while (left(file) >= CHUNK_HEAD_BYTES) {
        const uint8_t *head = file->bytes + file->at;
        uint32_t count = big_endian(head + 4, 4);
        file->at += CHUNK_HEAD_BYTES;
        if (count > left(file)) {
            break;
        }
        uint32_t start = file->at;
        file->at += count;
        if (is_named(head, "MTrk")) {
            SmfFault fault = smf_track_start(track, file->bytes, start, file->at);
            if (fault.reason) {
                smf_file_track_damaged(file, number, fault);
            }
            return !fault.reason;
        }
    }
    error_set(
        file->error,
        "%s: byte %u: the file ends before track %u of %u does; it is damaged: get it or export it again",
        file->origin, (unsigned)file->end, (unsigned)number + 1, (unsigned)file->track_count);
    return false;
}
