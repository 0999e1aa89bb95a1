// Fuzzes the MIDI byte parser and the channel behind it: any bytes, packed or not, leave every value in its
// range.
#include "engine/midi/midi_channel.h"
#include "engine/midi/midi_parser.h"
#include "tests/support/smf_invariants.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t byte_count);

static bool is_within(float value, float minimum, float maximum) {
    return value >= minimum && value <= maximum;
}

static void check(MidiChannel channels[PART_COUNT], const Event *event) {
    if (!event_is_sound(event) || event->frame != 0) {
        abort();
    }
    if (event->kind != EVENT_MIDI) {
        return;
    }
    MidiChannel *channel = &channels[event->part];
    midi_channel_apply(channel, event->midi);
    if (!is_within(channel->bend, -1.0f, 1.0f) || !is_within(channel->bend_range_semitones, 0.0f, 128.27f) ||
        !is_within(channel->tune_cents, -6500.0f, 6400.0f) || !is_within(channel->wheel, 0.0f, 1.0f) ||
        !is_within(channel->pressure, 0.0f, 1.0f) || !is_within(channel->gain, 0.0f, 1.0f) ||
        !is_within(channel->pan, -1.0f, 1.0f) || channel->program > 127 || channel->bank > 16383) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t byte_count) {
    MidiParser parser;
    MidiParser packed_parser;
    MidiChannel channels[PART_COUNT];
    midi_parser_init(&parser);
    midi_parser_init(&packed_parser);
    for (int part = 0; part < PART_COUNT; part++) {
        midi_channel_init(&channels[part]);
    }
    Event event;
    for (size_t i = 0; i < byte_count; i++) {
        if (midi_parse_byte(&parser, bytes[i], &event)) {
            check(channels, &event);
        }
    }
    for (size_t i = 0; i + 4 <= byte_count; i += 4) {
        uint32_t message = (uint32_t)bytes[i + 3] << 24 | (uint32_t)bytes[i + 2] << 16 |
                           (uint32_t)bytes[i + 1] << 8 | bytes[i];
        if (midi_parse_packed(&packed_parser, message, &event)) {
            check(channels, &event);
        }
    }
    return 0;
}
