// Wraps a few events in the chunks of a Standard MIDI File.
#include "tests/support/tiny_song.h"

#include <string.h>

// 96 ticks a quarter at 120 quarters a minute: 96 ticks are half a second. Velocity 0 lets go.
static const uint8_t THREE_NOTES[] = {
    0,  0xC0, 0,                              // a program
    0,  0x90, 60,  100, 96, 60,   0,          //
    0,  64,   100, 96,  64, 0,                //
    0,  67,   100, 96,  67, 0,                //
    96, 0xB0, 1,   0,   0,  0xFF, 0x2F, 0x00, // half a second of silence, then the end
};
static const uint8_t HELD_NOTE[] = {0,    0x90, 60,   100, 0x81,
                                    0x40, 0xFF, 0x2F, 0x00}; // the end after 192 ticks

static const uint8_t CHUNKS[] = {'M', 'T', 'h', 'd', 0,   0,   0,   6, 0, 0, 0,
                                 1,   0,   96,  'M', 'T', 'r', 'k', 0, 0, 0};

static Smf *song_of(const uint8_t *events, uint8_t count, const char *name) {
    uint8_t bytes[256];
    memcpy(bytes, CHUNKS, sizeof CHUNKS);
    bytes[sizeof CHUNKS] = count;
    memcpy(bytes + sizeof CHUNKS + 1, events, count);
    return smf_parse(bytes, sizeof CHUNKS + 1 + count, name, NULL);
}

Smf *tiny_song(void) {
    return song_of(THREE_NOTES, sizeof THREE_NOTES, "three notes");
}

Smf *tiny_song_held(void) {
    return song_of(HELD_NOTE, sizeof HELD_NOTE, "a held note");
}

const Bank *tiny_bank(void) {
    static Bank bank;
    bank.patch_count = 1;
    patch_init(&bank.patches[0]);
    return &bank;
}
