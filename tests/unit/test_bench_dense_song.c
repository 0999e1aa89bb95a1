// The song that benchmarks play because it is dense.
#include "app/bench/dense_song.h"

#include <criterion/criterion.h>

enum { RATE_HZ = 48000, CHANNELS = 16, DRUM_CHANNEL = 9 };

static Smf *open_song(void) {
    Error error = {""};
    Smf *song = dense_song(&error);
    cr_assert_not_null(song, "%s", error.text);
    return song;
}

Test(bench_dense_song, lasts_as_long_as_it_says_and_is_dense) {
    Smf *song = open_song();
    double seconds = (double)smf_length_frames(song, RATE_HZ) / RATE_HZ;
    cr_expect_float_eq(seconds, DENSE_SONG_SECONDS, 0.2);
    double notes = (double)smf_note_count(song) / seconds;
    cr_expect(notes > 100 && notes < 1000, "%g notes a second", notes);
    smf_destroy(song);
}

Test(bench_dense_song, plays_all_channels_but_the_drums_and_leaves_no_key_down) {
    Smf *song = open_song();
    int down[CHANNELS][128] = {{0}};
    size_t notes[CHANNELS] = {0};
    int sounding = 0;
    int most = 0;
    for (size_t i = 0; i < smf_event_count(song); i++) {
        Event event = smf_event(song, i, RATE_HZ);
        int channel = event.midi[0] & 15;
        if ((event.midi[0] & 0xF0) == 0x90 && event.midi[2] > 0) {
            cr_assert_eq(down[channel][event.midi[1]]++, 0, "a key is struck while it is down");
            notes[channel]++;
            sounding++;
        } else if ((event.midi[0] & 0xF0) == 0x80 || (event.midi[0] & 0xF0) == 0x90) {
            cr_assert_eq(--down[channel][event.midi[1]], 0, "a key is let go that is not down");
            sounding--;
        }
        most = sounding > most ? sounding : most;
    }
    cr_expect_eq(sounding, 0);
    cr_expect(most > 100 && most < DENSE_SONG_POLYPHONY, "%d keys at once", most);
    for (int channel = 0; channel < CHANNELS; channel++) {
        cr_expect(channel == DRUM_CHANNEL ? notes[channel] == 0 : notes[channel] > 1000, "channel %d: %zu",
                  channel, notes[channel]);
    }
    smf_destroy(song);
}

Test(bench_dense_song, is_the_same_each_time) {
    Smf *one = open_song();
    Smf *other = open_song();
    cr_assert_eq(smf_event_count(one), smf_event_count(other));
    for (size_t i = 0; i < smf_event_count(one); i++) {
        Event a = smf_event(one, i, RATE_HZ);
        Event b = smf_event(other, i, RATE_HZ);
        cr_assert(a.frame == b.frame && a.midi[0] == b.midi[0] && a.midi[1] == b.midi[1]);
    }
    smf_destroy(other);
    smf_destroy(one);
}
