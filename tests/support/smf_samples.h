// Standard MIDI Files built by hand, for the tests of the reader and as the fuzzers' first inputs.
#ifndef TESTS_SUPPORT_SMF_SAMPLES_H
#define TESTS_SUPPORT_SMF_SAMPLES_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { BYTES_MAX = 1024 };

typedef struct Bytes {
    uint8_t data[BYTES_MAX];
    size_t count;
} Bytes;

/// Appends bytes written as "4D 54 68 64"; what does not fit is left out.
static inline void bytes_add(Bytes *bytes, const char *hex) {
    unsigned value;
    int used;
    while (bytes->count < BYTES_MAX && sscanf(hex, "%2x%n", &value, &used) == 1) {
        bytes->data[bytes->count++] = (uint8_t)value;
        hex += used;
    }
}

/// Appends a chunk with its name and length.
static inline void bytes_add_chunk(Bytes *bytes, const char *name, const char *hex) {
    Bytes content = {.count = 0};
    bytes_add(&content, hex);
    char length[16];
    snprintf(length, sizeof length, "00 00 %02x %02x", (unsigned)(content.count >> 8),
             (unsigned)(content.count & 0xFF));
    for (int i = 0; i < 4; i++) {
        bytes->data[bytes->count++] = (uint8_t)name[i];
    }
    bytes_add(bytes, length);
    bytes_add(bytes, hex);
}

/// Two tracks and 480 ticks a quarter note; 120 quarter notes a minute, 240 from tick 480 on; 1920 ticks
/// long. The second track has running status, a note-on of velocity 0, GM System On and the master volume. 10
/// events, 2 notes.
static inline void sample_song(Bytes *bytes) {
    bytes_add_chunk(bytes, "MThd", "00 01 00 02 01 E0");
    bytes_add_chunk(bytes, "MTrk",
                    "00 FF 03 04 53 6F 6E 67 " // "Song"
                    "00 FF 51 03 07 A1 20 "
                    "83 60 FF 51 03 03 D0 90 " // tick 480
                    "8B 20 FF 2F 00");         // tick 1920
    bytes_add_chunk(bytes, "MTrk",
                    "00 F0 05 7E 7F 09 01 F7 "
                    "00 C1 05 "
                    "00 91 3C 40 "
                    "83 60 40 40 " // tick 480, running status
                    "83 60 3C 00 " // tick 960
                    "00 40 00 "
                    "00 FF 01 02 68 69 " // a text
                    "00 B1 07 64 "
                    "00 E1 00 40 "
                    "00 D1 10 "
                    "00 F0 07 7F 7F 04 01 7F 7F F7 "
                    "00 FF 2F 00");
}

/// Format 0 in SMPTE time, 25 frames of 40 ticks: a tick is a millisecond. One note from 1000 to 2000; 3000
/// ms long.
static inline void sample_smpte(Bytes *bytes) {
    bytes_add_chunk(bytes, "MThd", "00 00 00 01 E7 28");
    bytes_add_chunk(bytes, "MTrk", "00 FF 51 03 07 A1 20 87 68 90 3C 40 87 68 80 3C 40 87 68 FF 2F 00");
}

/// Format 2: two patterns of one note, a quarter note each, the first at 240 a minute, the second at the
/// initial 120.
static inline void sample_patterns(Bytes *bytes) {
    bytes_add_chunk(bytes, "MThd", "00 02 00 02 00 60");
    bytes_add_chunk(bytes, "MTrk", "00 FF 51 03 03 D0 90 00 90 3C 40 60 80 3C 40 00 FF 2F 00");
    bytes_add_chunk(bytes, "MTrk", "00 91 3D 40 60 81 3D 40 00 FF 2F 00");
}

/// GM System On in three packets 96 ticks apart, the master volume as an escape, and a note between two
/// chunks of unknown kinds.
static inline void sample_split_sysex(Bytes *bytes) {
    bytes_add_chunk(bytes, "MThd", "00 00 00 01 00 60");
    bytes_add_chunk(bytes, "XFIH", "00 01 02");
    bytes_add_chunk(bytes, "MTrk",
                    "00 F0 02 7E 7F "
                    "60 F7 01 09 "
                    "60 F7 02 01 F7 "
                    "00 F7 08 F0 7F 7F 04 01 00 40 F7 "
                    "00 90 3C 40 "
                    "60 80 3C 40 "
                    "00 FF 2F 00");
}

/// sample_patterns in a RIFF RMID wrapper, behind a chunk of odd length.
static inline void sample_riff(Bytes *bytes) {
    Bytes song = {.count = 0};
    sample_patterns(&song);
    bytes_add(bytes, "52 49 46 46 00 00 00 00 52 4D 49 44 4A 55 4E 4B 01 00 00 00 00 00 64 61 74 61");
    uint8_t length[4] = {(uint8_t)song.count, (uint8_t)(song.count >> 8), 0, 0};
    memcpy(bytes->data + bytes->count, length, sizeof length);
    bytes->count += sizeof length;
    memcpy(bytes->data + bytes->count, song.data, song.count);
    bytes->count += song.count;
    uint8_t riff_bytes = (uint8_t)(bytes->count - 8);
    bytes->data[4] = riff_bytes;
}

typedef struct Sample {
    const char *name;
    void (*add)(Bytes *bytes);
} Sample;

static const Sample SAMPLES[] = {
    {"song", sample_song},         {"smpte", sample_smpte},
    {"patterns", sample_patterns}, {"split_sysex", sample_split_sysex},
    {"riff", sample_riff},
};
enum { SAMPLE_COUNT = sizeof SAMPLES / sizeof SAMPLES[0] };

#endif
