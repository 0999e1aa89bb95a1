// MIDI bytes become the right events, whatever comes between them.
#include "engine/midi/midi_parser.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

enum { EVENTS_MAX = 16 };

typedef struct Heard {
    Event events[EVENTS_MAX];
    int count;
} Heard;

// Feeds bytes written as "90 3C 40" and collects the events.
static Heard hear(MidiParser *parser, const char *hex) {
    Heard heard = {.count = 0};
    unsigned byte;
    int used;
    for (; sscanf(hex, "%2x%n", &byte, &used) == 1; hex += used) {
        Event event;
        if (midi_parse_byte(parser, (uint8_t)byte, &event)) {
            cr_assert(heard.count < EVENTS_MAX);
            heard.events[heard.count++] = event;
        }
    }
    return heard;
}

static Heard hear_fresh(const char *hex) {
    MidiParser parser;
    midi_parser_init(&parser);
    return hear(&parser, hex);
}

static void assert_midi(const Event *event, int status, int first, int second) {
    cr_assert(event->kind == EVENT_MIDI);
    cr_assert(event->frame == 0);
    cr_assert(event->part == (status & 0x0F));
    cr_assert(event->midi[0] == status && event->midi[1] == first && event->midi[2] == second,
              "%02x %02x %02x", event->midi[0], event->midi[1], event->midi[2]);
}

Test(midi, every_channel_message_is_heard_with_its_data) {
    Heard heard = hear_fresh("83 3C 40 93 3D 41 A3 3E 42 B3 07 43 C3 44 D3 45 E3 46 47");
    cr_assert(heard.count == 7);
    assert_midi(&heard.events[0], 0x83, 0x3C, 0x40);
    assert_midi(&heard.events[1], 0x93, 0x3D, 0x41);
    assert_midi(&heard.events[2], 0xA3, 0x3E, 0x42);
    assert_midi(&heard.events[3], 0xB3, 0x07, 0x43);
    assert_midi(&heard.events[4], 0xC3, 0x44, 0);
    assert_midi(&heard.events[5], 0xD3, 0x45, 0);
    assert_midi(&heard.events[6], 0xE3, 0x46, 0x47);
}

Test(midi, note_on_of_velocity_0_is_a_note_off_of_velocity_64) {
    Heard heard = hear_fresh("95 3C 00");
    cr_assert(heard.count == 1);
    assert_midi(&heard.events[0], 0x85, 0x3C, 64);
}

Test(midi, running_status_holds_until_another_status) {
    Heard heard = hear_fresh("90 3C 40 3D 41 C0 05 06");
    cr_assert(heard.count == 4);
    assert_midi(&heard.events[1], 0x90, 0x3D, 0x41);
    assert_midi(&heard.events[3], 0xC0, 0x06, 0);
}

Test(midi, real_time_bytes_do_not_disturb_a_message) {
    Heard heard = hear_fresh("F8 90 FE 3C FA F9 40 FD 3D FC FB 41");
    cr_assert(heard.count == 2);
    assert_midi(&heard.events[0], 0x90, 0x3C, 0x40);
    assert_midi(&heard.events[1], 0x90, 0x3D, 0x41);
}

Test(midi, system_common_and_undefined_messages_end_running_status_and_are_swallowed) {
    static const char *const COMMON[] = {"F1 22", "F2 22 23", "F3 22", "F4 22 23", "F5 22", "F6", "F7"};
    for (size_t i = 0; i < sizeof COMMON / sizeof COMMON[0]; i++) {
        MidiParser parser;
        midi_parser_init(&parser);
        cr_assert(hear(&parser, "90 3C 40").count == 1);
        cr_assert(hear(&parser, COMMON[i]).count == 0, "%s", COMMON[i]);
        cr_assert(hear(&parser, "3D 41").count == 0, "%s", COMMON[i]);
        cr_assert(hear(&parser, "91 3D 41").count == 1, "%s", COMMON[i]);
    }
}

Test(midi, data_without_a_status_is_ignored) {
    cr_assert(hear_fresh("3C 40 3C 40").count == 0);
}

Test(midi, a_message_cut_short_by_another_is_dropped) {
    Heard heard = hear_fresh("90 3C B0 07 64");
    cr_assert(heard.count == 1);
    assert_midi(&heard.events[0], 0xB0, 0x07, 0x64);
}

Test(midi, gm_gs_and_xg_resets_and_system_reset_are_resets) {
    static const char *const RESETS[] = {
        "F0 7E 7F 09 01 F7",
        "F0 7E 10 09 03 F7",
        "F0 41 10 42 12 40 00 7F 00 41 F7",
        "F0 43 10 4C 00 00 7E 00 F7",
        "FF",
        "F0 7E F8 7F 09 FE 01 F9 F7", // real-time bytes inside
    };
    for (size_t i = 0; i < sizeof RESETS / sizeof RESETS[0]; i++) {
        Heard heard = hear_fresh(RESETS[i]);
        cr_assert(heard.count == 1 && heard.events[0].kind == EVENT_RESET, "%s", RESETS[i]);
    }
}

Test(midi, other_sysex_messages_are_swallowed) {
    static const char *const OTHERS[] = {
        "F0 F7",
        "F0 7E 7F 09 02 F7",       // GM System Off
        "F0 7E 7F 09 01 00 F7",    // too long
        "F0 7E 7F 09 F7",          // too short
        "F0 7E 7F 06 01 F7",       // identity request
        "F0 7F 7F 04 02 00 40 F7", // master balance
        "F0 7E 7F 09 01 90",       // cut off
    };
    for (size_t i = 0; i < sizeof OTHERS / sizeof OTHERS[0]; i++) {
        cr_assert(hear_fresh(OTHERS[i]).count == 0, "%s", OTHERS[i]);
    }
}

Test(midi, master_volume_follows_the_square_law) {
    Heard full = hear_fresh("F0 7F 7F 04 01 7F 7F F7");
    cr_assert(full.count == 1 && full.events[0].kind == EVENT_MASTER_VOLUME);
    cr_assert(full.events[0].value == 1.0f);
    Heard half = hear_fresh("F0 7F 7F 04 01 00 40 F7");
    cr_assert(half.count == 1);
    cr_assert(half.events[0].value > 0.2499f && half.events[0].value < 0.2502f, "-12 dB: %g",
              (double)half.events[0].value);
    Heard none = hear_fresh("F0 7F 7F 04 01 00 00 F7");
    cr_assert(none.count == 1 && none.events[0].value == 0.0f);
}

Test(midi, a_status_ends_a_sysex_that_lost_its_end) {
    Heard heard = hear_fresh("F0 7E 7F 09 01 90 3C 40");
    cr_assert(heard.count == 1);
    assert_midi(&heard.events[0], 0x90, 0x3C, 0x40);
}

Test(midi, a_sysex_that_is_too_long_is_dropped_whole_and_the_next_is_heard) {
    // Whatever its length, its end looks like GM System On.
    for (int padding = MIDI_SYSEX_MAX_BYTES - 3; padding < 2 * MIDI_SYSEX_MAX_BYTES + 8; padding++) {
        MidiParser parser;
        midi_parser_init(&parser);
        hear(&parser, "F0");
        for (int i = 0; i < padding; i++) {
            hear(&parser, "00");
        }
        cr_assert(hear(&parser, "7E 7F 09 01 F7").count == 0, "%d", padding);
        cr_assert(hear(&parser, "F0 7E 7F 09 01 F7").count == 1, "%d", padding);
    }
}

Test(midi, init_forgets_what_was_under_way) {
    MidiParser parser;
    midi_parser_init(&parser);
    hear(&parser, "90 3C");
    midi_parser_init(&parser);
    cr_assert(hear(&parser, "40 3C 40").count == 0);
    hear(&parser, "F0 7E 7F 09 01");
    midi_parser_init(&parser);
    cr_assert(hear(&parser, "F7").count == 0);
}

static Heard hear_packed(const uint32_t *messages, int count) {
    MidiParser parser;
    midi_parser_init(&parser);
    Heard heard = {.count = 0};
    for (int i = 0; i < count; i++) {
        Event event;
        if (midi_parse_packed(&parser, messages[i], &event)) {
            cr_assert(heard.count < EVENTS_MAX);
            heard.events[heard.count++] = event;
        }
    }
    return heard;
}

Test(midi, packed_messages_have_as_many_data_bytes_as_their_status_says) {
    static const uint32_t MESSAGES[] = {0x00403C90, 0x000005C1, 0xFFFFFFF8, 0x00003C92, 0x000000F1};
    Heard heard = hear_packed(MESSAGES, 5);
    cr_assert(heard.count == 3);
    assert_midi(&heard.events[0], 0x90, 0x3C, 0x40);
    assert_midi(&heard.events[1], 0xC1, 0x05, 0);
    assert_midi(&heard.events[2], 0x82, 0x3C, 64);
}

Test(midi, packed_sysex_is_put_together_across_messages_and_real_time) {
    // F0 7E 7F 09 | F8 | 01 F7 and padding that looks like data | a note
    static const uint32_t MESSAGES[] = {0x097F7EF0, 0x000000F8, 0x3C90F701, 0x00403C90};
    Heard heard = hear_packed(MESSAGES, 4);
    cr_assert(heard.count == 2);
    cr_assert(heard.events[0].kind == EVENT_RESET);
    assert_midi(&heard.events[1], 0x90, 0x3C, 0x40);
}

Test(midi, padding_behind_a_packed_sysex_is_no_message) {
    // F0 01 02 03 | 04 F7 and padding that looks like a program change
    static const uint32_t MESSAGES[] = {0x030201F0, 0x05C0F704};
    cr_assert(hear_packed(MESSAGES, 2).count == 0);
}

Test(midi, packed_sysex_cut_off_by_a_note_does_not_swallow_it) {
    static const uint32_t MESSAGES[] = {0x097F7EF0, 0x00403C90, 0x0000F701};
    Heard heard = hear_packed(MESSAGES, 3);
    cr_assert(heard.count == 1);
    assert_midi(&heard.events[0], 0x90, 0x3C, 0x40);
}
