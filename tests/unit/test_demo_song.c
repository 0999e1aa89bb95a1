// Tests that the built-in song is whole, long enough, and shows every built-in patch.
#include "app/files/demo_song.h"

#include "app/files/bank.h"
#include "engine/midi/smf.h"

#include <criterion/criterion.h>
#include <string.h>

enum { RATE_HZ = 48000, DRUM_CHANNEL = 9, WHEEL = 1, EXPRESSION = 11, SUSTAIN = 64 };

static Smf *open_song(void) {
    cr_assert_eq(DEMO_SONG_COUNT, 1);
    Error error = {""};
    Smf *smf = smf_parse(DEMO_SONG[0].bytes, DEMO_SONG[0].size_bytes, DEMO_SONG[0].name, &error);
    cr_assert_not_null(smf, "%s", error.text);
    return smf;
}

Test(demo_song, lasts_more_than_a_minute_and_less_than_two) {
    Smf *smf = open_song();
    double seconds = (double)smf_length_frames(smf, RATE_HZ) / RATE_HZ;
    cr_assert(seconds > 75.0 && seconds < 110.0, "%g s", seconds);
    cr_assert_str_eq(smf_name(smf), "First Light");
    smf_destroy(smf);
}

Test(demo_song, plays_every_built_in_patch_with_every_kind_of_expression) {
    PatchLibrary *library = patch_library_create(NULL, NULL, NULL, NULL);
    cr_assert_not_null(library);
    static Bank bank;
    bank_fill(&bank, library, bank_default_patch(library));
    Smf *smf = open_song();
    uint8_t channel_patch[PART_COUNT];
    memset(channel_patch, bank.first_patch, sizeof channel_patch);
    channel_patch[DRUM_CHANNEL] = bank.drum_patch;
    bool played[BANK_PATCHES_MAX] = {false};
    bool controlled[128] = {false};
    bool bent = false;
    for (size_t i = 0; i < smf_event_count(smf); i++) {
        Event event = smf_event(smf, i, RATE_HZ);
        int channel = event.midi[0] & 15;
        switch (event.midi[0] & 0xF0) {
        case 0x90:
            played[channel_patch[channel]] = true;
            break;
        case 0xB0:
            controlled[event.midi[1]] = true;
            break;
        case 0xC0:
            channel_patch[channel] =
                channel == DRUM_CHANNEL ? bank.drum_patch : bank.program_patch[event.midi[1]];
            break;
        case 0xE0:
            bent = true;
            break;
        }
    }
    for (uint32_t i = 0; i < bank.patch_count; i++) {
        cr_assert(played[i], "%s is not heard", bank.patches[i].name);
    }
    cr_assert(bent && controlled[WHEEL] && controlled[EXPRESSION] && controlled[SUSTAIN]);
    smf_destroy(smf);
    patch_library_destroy(library);
}

Test(demo_song, leaves_no_key_down_and_no_pedal) {
    Smf *smf = open_song();
    int down[PART_COUNT][128] = {{0}};
    bool pedal[PART_COUNT] = {false};
    for (size_t i = 0; i < smf_event_count(smf); i++) {
        Event event = smf_event(smf, i, RATE_HZ);
        int channel = event.midi[0] & 15;
        if ((event.midi[0] & 0xF0) == 0x90) {
            cr_assert_eq(down[channel][event.midi[1]]++, 0, "a key is struck while it is down");
        } else if ((event.midi[0] & 0xF0) == 0x80) {
            down[channel][event.midi[1]]--;
        } else if ((event.midi[0] & 0xF0) == 0xB0 && event.midi[1] == SUSTAIN) {
            pedal[channel] = event.midi[2] >= 64;
        }
    }
    for (int channel = 0; channel < PART_COUNT; channel++) {
        cr_assert_not(pedal[channel]);
        for (int key = 0; key < 128; key++) {
            cr_assert_eq(down[channel][key], 0);
        }
    }
    smf_destroy(smf);
}
