// It is written as the Standard MIDI File that it might have come from.
#include "app/bench/dense_song.h"

#include "engine/midi/midi_names.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum {
    STEPS_PER_SECOND = 8,
    STEPS = DENSE_SONG_SECONDS * STEPS_PER_SECOND,
    STEP_TICKS = 24, // of 96 a quarter, at 120 quarters a minute
    CHANNELS = 15,   // all but the drums
    DRUM_CHANNEL = 9,
    CHORD_NOTES = 10,
    KEY_MIN = 28,
    ROOTS = 24,
    VELOCITY = 90,
    PROGRAM_STEP = 37, // odd, so that the channels' patches are of many families
    EVENT_BYTES_MAX = 6,
    SIZE_BYTES_MAX = 64 + CHANNELS * (STEPS + 1) * 2 * CHORD_NOTES * EVENT_BYTES_MAX,
    SEED = 20,
};

// How many channels in 16 begin a chord at a step: a second of few, then of many, as music does.
static const uint32_t BEGINS[] = {1, 3, 1, 5, 2, 6, 1, 4};

// Two octaves above its root.
static const uint8_t CHORD[CHORD_NOTES] = {0, 3, 7, 10, 12, 15, 17, 19, 22, 24};

static const uint8_t HEADER[] = {'M', 'T', 'h', 'd', 0, 0, 0, 6, 0, 0, 0, 1, 0, 96, 'M', 'T', 'r', 'k'};
static const uint8_t TRACK_END[] = {0, 0xFF, 0x2F, 0};

typedef struct Writer {
    uint8_t bytes[SIZE_BYTES_MAX];
    size_t count;
    uint32_t ticks; // since the last event
    uint32_t random;
    uint8_t root[CHANNELS]; // of the chord that sounds, 0: none
} Writer;

static uint32_t next_random(Writer *writer) {
    writer->random ^= writer->random << 13;
    writer->random ^= writer->random >> 17;
    writer->random ^= writer->random << 5;
    return writer->random;
}

static void put(Writer *writer, const uint8_t *bytes, size_t count) {
    memcpy(writer->bytes + writer->count, bytes, count);
    writer->count += count;
}

static void put_ticks(Writer *writer) {
    uint32_t ticks = writer->ticks;
    if (ticks > 0x7F) { // at most two bytes: less than 16384
        put(writer, (uint8_t[]){(uint8_t)(0x80 | ticks >> 7)}, 1);
    }
    put(writer, (uint8_t[]){(uint8_t)(ticks & 0x7F)}, 1);
    writer->ticks = 0;
}

static uint8_t midi_channel(int channel) {
    return (uint8_t)(channel < DRUM_CHANNEL ? channel : channel + 1);
}

static void put_chord(Writer *writer, int channel, uint8_t velocity) {
    for (int note = 0; note < CHORD_NOTES; note++) {
        uint8_t key = (uint8_t)(writer->root[channel] + CHORD[note]);
        put_ticks(writer);
        put(writer, (uint8_t[]){(uint8_t)(MIDI_NOTE_ON | midi_channel(channel)), key, velocity}, 3);
    }
}

static void let_go(Writer *writer, int channel) {
    if (writer->root[channel]) {
        put_chord(writer, channel, 0);
        writer->root[channel] = 0;
    }
}

static void put_step(Writer *writer, uint32_t step) {
    uint32_t begins = BEGINS[step / STEPS_PER_SECOND % (sizeof BEGINS / sizeof *BEGINS)];
    for (int channel = 0; channel < CHANNELS; channel++) {
        uint32_t choice = next_random(writer) % 16;
        if (choice < begins) {
            let_go(writer, channel);
            writer->root[channel] = (uint8_t)(KEY_MIN + next_random(writer) % ROOTS);
            put_chord(writer, channel, VELOCITY);
        } else if (choice == 15) {
            let_go(writer, channel);
        }
    }
    writer->ticks += STEP_TICKS;
}

Smf *dense_song(Error *error) {
    Writer *writer = calloc(1, sizeof *writer);
    if (!writer) {
        error_set(error, "out of memory; close other programs");
        return NULL;
    }
    writer->random = SEED;
    put(writer, HEADER, sizeof HEADER);
    size_t size_at = writer->count;
    writer->count += 4;
    for (int channel = 0; channel < CHANNELS; channel++) {
        put_ticks(writer);
        put(writer,
            (uint8_t[]){(uint8_t)(MIDI_PROGRAM | midi_channel(channel)),
                        (uint8_t)(channel * PROGRAM_STEP % 128)},
            2);
    }
    for (uint32_t step = 0; step < STEPS; step++) {
        put_step(writer, step);
    }
    for (int channel = 0; channel < CHANNELS; channel++) {
        let_go(writer, channel);
    }
    put(writer, TRACK_END, sizeof TRACK_END);
    size_t size = writer->count - size_at - 4;
    for (int byte = 0; byte < 4; byte++) {
        writer->bytes[size_at + (size_t)byte] = (uint8_t)(size >> (24 - 8 * byte));
    }
    Smf *song = smf_parse(writer->bytes, writer->count, "the dense song", error);
    free(writer);
    return song;
}
