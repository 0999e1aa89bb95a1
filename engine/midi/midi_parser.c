// Keeps the state of a MIDI byte stream: running status, the message under way, and SysEx.
#include "engine/midi/midi_parser.h"

#include "engine/midi/midi_names.h"

enum {
    RELEASE_VELOCITY = 64, // what the standard says a note-on of velocity 0 means
    ANY_BYTE = 0x100,      // in a pattern
};

typedef struct SysexPattern {
    uint16_t count;
    uint16_t bytes[9];
} SysexPattern;

// The device's number is not looked at: there is but one synthesizer here.
static const SysexPattern RESETS[] = {
    {4, {0x7E, ANY_BYTE, 0x09, 0x01}},                               // GM System On
    {4, {0x7E, ANY_BYTE, 0x09, 0x03}},                               // GM2 System On
    {9, {0x41, ANY_BYTE, 0x42, 0x12, 0x40, 0x00, 0x7F, 0x00, 0x41}}, // GS reset
    {7, {0x43, ANY_BYTE, 0x4C, 0x00, 0x00, 0x7E, 0x00}},             // XG System On
};
static const SysexPattern MASTER_VOLUME = {6, {0x7F, ANY_BYTE, 0x04, 0x01, ANY_BYTE, ANY_BYTE}};

RT static void clear_event(Event *event) {
    *event = (Event){0};
}

RT void midi_parser_init(MidiParser *parser) {
    parser->status = 0;
    parser->data_count = 0;
    parser->in_sysex = false;
    parser->sysex_bytes = 0;
}

RT int midi_data_bytes(uint8_t status) {
    uint8_t kind = midi_kind(status);
    return kind == MIDI_PROGRAM || kind == MIDI_CHANNEL_PRESSURE ? 1 : 2;
}

RT void midi_channel_event(uint8_t status, uint8_t first, uint8_t second, Event *event) {
    clear_event(event);
    if (midi_kind(status) == MIDI_NOTE_ON && second == 0) {
        status = (uint8_t)(MIDI_NOTE_OFF | midi_channel_of(status));
        second = RELEASE_VELOCITY;
    }
    event->kind = EVENT_MIDI;
    event->part = midi_channel_of(status);
    event->midi[0] = status;
    event->midi[1] = first;
    event->midi[2] = second;
}

RT static bool matches(const MidiParser *parser, const SysexPattern *pattern) {
    if (parser->sysex_bytes != pattern->count) {
        return false;
    }
    for (int i = 0; i < pattern->count; i++) {
        if (pattern->bytes[i] != ANY_BYTE && pattern->bytes[i] != parser->sysex[i]) {
            return false;
        }
    }
    return true;
}

RT static bool end_sysex(MidiParser *parser, Event *event) {
    parser->in_sysex = false;
    for (size_t i = 0; i < sizeof RESETS / sizeof RESETS[0]; i++) {
        if (matches(parser, &RESETS[i])) {
            clear_event(event);
            event->kind = EVENT_RESET;
            return true;
        }
    }
    if (matches(parser, &MASTER_VOLUME)) {
        // The square is GM2's curve, 40 log10(volume) dB.
        float volume = (float)(parser->sysex[4] | parser->sysex[5] << 7) / 16383.0f;
        clear_event(event);
        event->kind = EVENT_MASTER_VOLUME;
        event->value = volume * volume;
        return true;
    }
    return false;
}

RT static bool take_status(MidiParser *parser, uint8_t status, Event *event) {
    if (status == MIDI_SYSEX_END && parser->in_sysex) {
        return end_sysex(parser, event);
    }
    midi_parser_init(parser); // any other status cuts a SysEx off: what came of it is not the whole message
    if (status == MIDI_SYSEX) {
        parser->in_sysex = true;
    } else if (status < MIDI_SYSEX) {
        parser->status = status;
    }
    return false;
}

RT static bool take_data(MidiParser *parser, uint8_t data, Event *event) {
    if (parser->in_sysex) {
        if (parser->sysex_bytes < MIDI_SYSEX_MAX_BYTES) {
            parser->sysex[parser->sysex_bytes++] = data;
        } else {
            parser->sysex_bytes = MIDI_SYSEX_MAX_BYTES + 1;
        }
        return false;
    }
    if (parser->status == 0) {
        return false; // belongs to a message that is of no use here, or whose start was lost
    }
    parser->data[parser->data_count++] = data;
    if (parser->data_count < midi_data_bytes(parser->status)) {
        return false;
    }
    midi_channel_event(parser->status, parser->data[0], parser->data_count == 2 ? data : 0, event);
    parser->data_count = 0;
    return true;
}

RT bool midi_parse_byte(MidiParser *parser, uint8_t byte, Event *event) {
    if (byte == MIDI_SYSTEM_RESET) {
        midi_parser_init(parser);
        clear_event(event);
        event->kind = EVENT_RESET;
        return true;
    }
    if (byte >= MIDI_REAL_TIME) {
        return false;
    }
    return byte & MIDI_STATUS_BIT ? take_status(parser, byte, event) : take_data(parser, byte, event);
}

RT bool midi_parse_packed(MidiParser *parser, uint32_t message, Event *event) {
    uint8_t first = (uint8_t)message;
    int count = 1;
    if (first == MIDI_SYSEX || (first < MIDI_STATUS_BIT && parser->in_sysex)) {
        count = 4;
    } else if (first >= MIDI_NOTE_OFF && first < MIDI_SYSEX) {
        count = 1 + midi_data_bytes(first);
    } else if (first < MIDI_STATUS_BIT) {
        return false; // the rest of a SysEx that was dropped
    }
    for (int i = 0; i < count; i++) {
        bool complete = midi_parse_byte(parser, (uint8_t)(message >> 8 * i), event);
        bool sysex_over = count == 4 && !parser->in_sysex; // what follows its end in the word is padding
        if (complete || sysex_over) {
            return complete;
        }
    }
    return false;
}
