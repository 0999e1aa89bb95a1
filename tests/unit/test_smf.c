// MIDI files become events in the order of time, exactly; damaged ones are refused with the byte and the
// reason.
#include "engine/midi/smf.h"
#include "tests/support/smf_invariants.h"
#include "tests/support/smf_samples.h"

#include <criterion/criterion.h>
#include <stdlib.h>

enum { RATE_HZ = 48000 };

// Parses a copy that ends where its memory ends, so that AddressSanitizer sees a read beyond it, and that is
// gone afterwards.
static Smf *parse(const uint8_t *bytes, size_t count, Error *error) {
    uint8_t *copy = malloc(count > 0 ? count : 1);
    cr_assert(copy != NULL);
    memcpy(copy, bytes, count);
    Smf *smf = smf_parse(copy, count, "song.mid", error);
    free(copy);
    return smf;
}

static Smf *parse_good(const Bytes *bytes) {
    Error error = {""};
    Smf *smf = parse(bytes->data, bytes->count, &error);
    cr_assert(smf != NULL, "%s", error.text);
    const char *flaw = smf_find_flaw(smf, RATE_HZ);
    cr_assert(flaw == NULL, "%s", flaw);
    return smf;
}

static Smf *parse_sample(void (*add)(Bytes *bytes)) {
    Bytes bytes = {.count = 0};
    add(&bytes);
    return parse_good(&bytes);
}

// A file of one track: its header's last four bytes (tracks and division), and the track's content.
static Bytes one_track(const char *division, const char *track) {
    Bytes bytes = {.count = 0};
    char header[32];
    snprintf(header, sizeof header, "00 00 00 01 %s", division);
    bytes_add_chunk(&bytes, "MThd", header);
    bytes_add_chunk(&bytes, "MTrk", track);
    return bytes;
}

static void assert_refused(const Bytes *bytes, size_t offset, const char *reason) {
    Error error = {""};
    Smf *smf = parse(bytes->data, bytes->count, &error);
    cr_assert(smf == NULL, "expected: %s", reason);
    char place[64];
    snprintf(place, sizeof place, "song.mid: byte %zu: ", offset);
    cr_assert(strncmp(error.text, place, strlen(place)) == 0, "%s, expected %s", error.text, place);
    cr_assert(strstr(error.text, reason) != NULL, "%s, expected %s", error.text, reason);
}

static void assert_event(const Smf *smf, size_t index, uint64_t frame, int status, int first, int second) {
    Event event = smf_event(smf, index, RATE_HZ);
    cr_assert(event.kind == EVENT_MIDI);
    cr_assert(event.frame == frame, "event %zu: frame %llu", index, (unsigned long long)event.frame);
    cr_assert(event.midi[0] == status && event.midi[1] == first && event.midi[2] == second, "event %zu",
              index);
}

Test(smf, merges_tracks_in_time_and_follows_the_tempo_of_all) {
    Smf *smf = parse_sample(sample_song);
    cr_assert(smf_format(smf) == 1 && smf_track_count(smf) == 2);
    cr_assert(smf_event_count(smf) == 10 && smf_note_count(smf) == 2);
    cr_assert(strcmp(smf_name(smf), "Song") == 0);
    cr_assert(smf_event(smf, 0, RATE_HZ).kind == EVENT_RESET);
    assert_event(smf, 1, 0, 0xC1, 5, 0);
    assert_event(smf, 2, 0, 0x91, 60, 64);
    assert_event(smf, 3, 24000, 0x91, 64, 64);
    assert_event(smf, 4, 36000, 0x81, 60, 64);
    Event volume = smf_event(smf, 9, RATE_HZ);
    cr_assert(volume.kind == EVENT_MASTER_VOLUME && volume.value == 1.0f);
    cr_assert(smf_length_frames(smf, RATE_HZ) == 60000);
    cr_assert(smf_length_frames(smf, 44100) == 55125);
    smf_destroy(smf);
}

Test(smf, smpte_time_does_not_follow_the_tempo) {
    Smf *smf = parse_sample(sample_smpte);
    assert_event(smf, 0, 48000, 0x90, 60, 64);
    assert_event(smf, 1, 96000, 0x80, 60, 64);
    cr_assert(smf_length_frames(smf, RATE_HZ) == 144000);
    smf_destroy(smf);
}

Test(smf, smpte_rates_are_exact) {
    static const struct {
        const char *division;
        uint64_t frames; // of 2,400,000 ticks
    } CASES[] = {
        {"E8 28", 2500 * UINT64_C(48000)}, // 24 x 40
        {"E7 28", 2400 * UINT64_C(48000)},
        {"E3 28", 2002 * UINT64_C(48000)}, // 30000/1001 x 40
        {"E2 28", 2000 * UINT64_C(48000)},
    };
    for (int i = 0; i < 4; i++) {
        Bytes bytes = one_track(CASES[i].division, "81 92 BE 00 FF 2F 00");
        Smf *smf = parse_good(&bytes);
        cr_assert(smf_length_frames(smf, RATE_HZ) == CASES[i].frames, "%s: %llu", CASES[i].division,
                  (unsigned long long)smf_length_frames(smf, RATE_HZ));
        smf_destroy(smf);
    }
}

Test(smf, patterns_play_one_after_the_other_each_from_the_initial_tempo) {
    Smf *smf = parse_sample(sample_patterns);
    assert_event(smf, 0, 0, 0x90, 60, 64);
    assert_event(smf, 1, 12000, 0x80, 60, 64);
    assert_event(smf, 2, 12000, 0x91, 61, 64);
    assert_event(smf, 3, 36000, 0x81, 61, 64);
    cr_assert(smf_length_frames(smf, RATE_HZ) == 36000);
    smf_destroy(smf);
}

Test(smf, split_sysex_is_joined_escapes_are_heard_and_unknown_chunks_skipped) {
    Smf *smf = parse_sample(sample_split_sysex);
    cr_assert(smf_event_count(smf) == 4);
    Event reset = smf_event(smf, 0, RATE_HZ);
    cr_assert(reset.kind == EVENT_RESET && reset.frame == 48000);
    cr_assert(smf_event(smf, 1, RATE_HZ).kind == EVENT_MASTER_VOLUME);
    assert_event(smf, 2, 48000, 0x90, 60, 64);
    smf_destroy(smf);
}

Test(smf, a_riff_wrapper_is_taken_off) {
    Smf *smf = parse_sample(sample_riff);
    cr_assert(smf_format(smf) == 2 && smf_event_count(smf) == 4);
    smf_destroy(smf);
}

Test(smf, what_players_forgive_is_forgiven) {
    static const char *const TRACKS[] = {
        "00 90 3C 40 60 80 3C 40",                           // no end of track
        "00 90 3C 40 60 80 3C 40 00 FF 2F 00 00 00 FF FF",   // bytes behind it
        "00 90 3C 40 00 FF 01 01 41 60 3C 00 00 FF 2F 00",   // running status across a meta event
        "00 90 3C 40 00 F0 02 7E F7 60 3C 00 00 FF 2F 00",   // and across a SysEx
        "00 F0 02 7E 7F 00 90 3C 40 60 80 3C 40 00 FF 2F 00" // a SysEx without an end
    };
    for (size_t i = 0; i < sizeof TRACKS / sizeof TRACKS[0]; i++) {
        Bytes bytes = one_track("00 60", TRACKS[i]);
        bytes_add(&bytes, "1A 1A 00"); // bytes behind the last track
        Smf *smf = parse_good(&bytes);
        cr_assert(smf_event_count(smf) == 2 && smf_note_count(smf) == 1, "%s", TRACKS[i]);
        assert_event(smf, 1, 24000, 0x80, 60, 64);
        smf_destroy(smf);
    }
    Bytes later_header = {.count = 0};
    bytes_add_chunk(&later_header, "MThd", "00 00 00 01 00 60 12 34");
    bytes_add_chunk(&later_header, "MTrk", "");
    Smf *smf = parse_good(&later_header);
    cr_assert(smf_event_count(smf) == 0 && smf_length_frames(smf, RATE_HZ) == 0);
    smf_destroy(smf);
}

Test(smf, the_name_is_printable_and_cut) {
    Bytes bytes = one_track("00 60", "00 FF 03 50 41 07 C3 A9 41 41 41 41 41 41 41 41 41 41 41 41 "
                                     "41 41 41 41 41 41 41 41 41 41 41 41 41 41 41 41 41 41 41 41 "
                                     "41 41 41 41 41 41 41 41 41 41 41 41 41 41 41 41 41 41 41 41 "
                                     "41 41 41 41 41 41 41 41 41 41 41 41 41 41 41 41 41 41 41 41 "
                                     "41 41 41 41 00 FF 03 01 42 00 FF 2F 00");
    Smf *smf = parse_good(&bytes);
    cr_assert(strlen(smf_name(smf)) == SMF_NAME_BYTES - 1);
    cr_assert(strncmp(smf_name(smf), "A???AA", 6) == 0, "%s", smf_name(smf));
    smf_destroy(smf);
}

Test(smf, time_does_not_drift_over_ten_million_ticks) {
    // 333,333 us a quarter note of 7 ticks: 10,000,000 ticks are 476,190 s, though no single tick is a whole
    // number of frames.
    Bytes bytes = one_track("00 07", "00 FF 51 03 05 16 15 01 90 3C 40 84 E2 AD 00 80 3C 40 00 FF 2F 00");
    Smf *smf = parse_good(&bytes);
    assert_event(smf, 0, 2286, 0x90, 60, 64);       // 2285.712
    cr_assert(smf_event(smf, 0, 1000).frame == 48); // 47.619
    assert_event(smf, 1, 2286 + 476190 * UINT64_C(48000), 0x80, 60, 64);
    smf_destroy(smf);
}

static void put_32(uint8_t *at, uint32_t value) {
    for (int i = 0; i < 4; i++) {
        at[i] = (uint8_t)(value >> 8 * (3 - i));
    }
}

Test(smf, sixty_five_thousand_tracks_are_merged_in_the_order_of_their_numbers) {
    enum { TRACKS = 65535, TRACK_BYTES = 8 + 12 };
    static const uint8_t HEADER[14] = {'M', 'T', 'h', 'd', 0, 0, 0, 6, 0, 1, 0xFF, 0xFF, 0, 0x60};
    size_t count = sizeof HEADER + (size_t)TRACKS * TRACK_BYTES;
    uint8_t *file = malloc(count);
    cr_assert(file != NULL);
    memcpy(file, HEADER, sizeof HEADER);
    for (uint32_t number = 0; number < TRACKS; number++) {
        uint8_t *track = file + sizeof HEADER + (size_t)number * TRACK_BYTES;
        memcpy(track, "MTrk", 4);
        put_32(track + 4, TRACK_BYTES - 8);
        uint8_t status = (uint8_t)(0xB0 | number >> 14);
        const uint8_t events[] = {0,
                                  status,
                                  number >> 7 & 127,
                                  number & 127,
                                  0x60,
                                  status,
                                  number >> 7 & 127,
                                  number & 127,
                                  0,
                                  0xFF,
                                  0x2F,
                                  0};
        memcpy(track + 8, events, sizeof events);
    }
    Error error = {""};
    Smf *smf = parse(file, count, &error);
    cr_assert(smf != NULL, "%s", error.text);
    cr_assert(smf_event_count(smf) == 2 * (size_t)TRACKS && smf_track_count(smf) == TRACKS);
    for (size_t i = 0; i < smf_event_count(smf); i++) {
        Event event = smf_event(smf, i, RATE_HZ);
        size_t number = (size_t)(event.midi[0] & 15) << 14 | (size_t)event.midi[1] << 7 | event.midi[2];
        cr_assert(number == i % TRACKS && event.frame == (i < TRACKS ? 0 : 24000), "event %zu", i);
    }
    smf_destroy(smf);
    free(file);
}

Test(smf, a_damaged_header_is_refused) {
    static const struct {
        const char *hex;
        size_t offset;
        const char *reason;
    } CASES[] = {
        {"", 0, "the file is empty"},
        {"4D 54 72 6B 00 00 00 00", 0, "no MIDI file begins here"},
        {"4D 54", 0, "no MIDI file begins here"},
        {"4D 54 68 64 00 00 00 06 00 00", 10, "in the middle of its header"},
        {"4D 54 68 64 00 00 00 05 00 00 00 01 00 60", 4, "shorter than 6 bytes"},
        {"4D 54 68 64 FF FF FF FF 00 00 00 01 00 60", 14, "in the middle of its header"},
        {"4D 54 68 64 00 00 00 06 00 03 00 01 00 60", 8, "the format is not 0, 1 or 2"},
        {"4D 54 68 64 00 00 00 06 00 01 00 00 00 60", 10, "no tracks"},
        {"4D 54 68 64 00 00 00 06 00 00 00 01 00 00", 12, "0 ticks"},
        {"4D 54 68 64 00 00 00 06 00 00 00 01 E7 00", 13, "0 ticks"},
        {"4D 54 68 64 00 00 00 06 00 00 00 01 E4 28", 12, "24, 25, 29 or 30"},
        {"4D 54 68 64 00 00 00 06 00 01 FF FF 00 60", 14, "the file ends before track 1 of 65535 does"},
        {"52 49 46 46 00 00 00 00 52 4D 49 44", 12, "without a data chunk"},
        {"52 49 46 46 00 00 00 00 52 4D 49 44 64 61 74 61 FF FF FF FF", 20, "in the middle of a RIFF chunk"},
        {"52 49 46 46 00 00 00 00 52 4D 49 44 64 61 74 61 00 00 00 00", 20, "no MIDI file begins here"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        Bytes bytes = {.count = 0};
        bytes_add(&bytes, CASES[i].hex);
        assert_refused(&bytes, CASES[i].offset, CASES[i].reason);
    }
}

Test(smf, a_damaged_track_is_refused) {
    static const struct {
        const char *track; // starts at byte 22
        size_t offset;
        const char *reason;
    } CASES[] = {
        {"00 90 3C", 25, "track 1 ends in the middle of an event"},
        {"00", 23, "track 1 ends in the middle of an event"},
        {"83", 23, "track 1 ends in the middle of an event"},
        {"00 FF 03 05 41", 27, "track 1 ends in the middle of an event"},
        {"00 3C 40", 23, "track 1 has a data byte without a status byte"},
        {"00 90 3C 90", 25, "track 1 has a status byte where a data byte belongs"},
        {"00 F8", 23, "track 1 has a status byte that no MIDI file may hold"},
        {"80 80 80 80 00 90 3C 40", 22, "track 1 has a number of more than four bytes"},
        {"00 FF 51 02 07 A1", 26, "track 1 has a tempo of fewer than three bytes"},
        {"00 FF 51 03 00 00 00", 26, "track 1 has a tempo of 0"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        Bytes bytes = one_track("00 60", CASES[i].track);
        assert_refused(&bytes, CASES[i].offset, CASES[i].reason);
    }
}

Test(smf, a_song_of_weeks_is_refused) {
    Bytes bytes = one_track("00 01", "00 FF 51 03 FF FF FF 83 60 90 3C 40 FF FF FF 7F 80 3C 40");
    assert_refused(&bytes, 38, "beyond 7 days");
}

Test(smf, every_proper_beginning_of_a_file_is_refused_with_its_reason) {
    for (int i = 0; i < SAMPLE_COUNT; i++) {
        Bytes bytes = {.count = 0};
        SAMPLES[i].add(&bytes);
        for (size_t count = 0; count < bytes.count; count++) {
            Error error = {""};
            Smf *smf = parse(bytes.data, count, &error);
            cr_assert(smf == NULL, "%s, %zu bytes", SAMPLES[i].name, count);
            cr_assert(strncmp(error.text, "song.mid: byte ", 15) == 0, "%s", error.text);
        }
        smf_destroy(parse_good(&bytes));
    }
}
