// Reads a track's bytes; none beyond its chunk is ever looked at.
#include "engine/midi/smf_track.h"

#include "engine/midi/midi_names.h"
#include "engine/midi/midi_parser.h"

enum {
    STATUS_SYSEX_MORE = 0xF7, // goes on with a SysEx, or sends any bytes ("escape")
    STATUS_META = 0xFF,
    META_TRACK_NAME = 0x03,
    META_END = 0x2F,
    META_TEMPO = 0x51,
    TEMPO_BYTES = 3,
    NUMBER_BYTES_MAX = 4, // of a number of variable length
};

static const char CUT_OFF[] = "ends in the middle of an event";

// A place in a track's bytes, and the first thing found wrong there.
typedef struct Reader {
    const uint8_t *bytes;
    uint32_t at;
    uint32_t end;
    SmfFault fault;
} Reader;

typedef struct Span {
    uint32_t start;
    uint32_t count;
} Span;

static bool refuse(Reader *reader, uint32_t offset, const char *reason) {
    reader->fault = (SmfFault){reason, offset};
    return false;
}

static bool take_byte(Reader *reader, uint8_t *byte) {
    if (reader->at >= reader->end) {
        return refuse(reader, reader->end, CUT_OFF);
    }
    *byte = reader->bytes[reader->at++];
    return true;
}

static bool take_number(Reader *reader, uint32_t *number) {
    uint32_t start = reader->at;
    *number = 0;
    for (int i = 0; i < NUMBER_BYTES_MAX; i++) {
        uint8_t byte;
        if (!take_byte(reader, &byte)) {
            return false;
        }
        *number = *number << 7 | (byte & 0x7F);
        if (byte < MIDI_STATUS_BIT) {
            return true;
        }
    }
    return refuse(reader, start, "has a number of more than four bytes");
}

// A length and as many bytes.
static bool take_span(Reader *reader, Span *span) {
    if (!take_number(reader, &span->count)) {
        return false;
    }
    if (span->count > reader->end - reader->at) {
        return refuse(reader, reader->end, CUT_OFF);
    }
    span->start = reader->at;
    reader->at += span->count;
    return true;
}

static bool take_data_byte(Reader *reader, uint8_t *byte) {
    if (!take_byte(reader, byte)) {
        return false;
    }
    return *byte < MIDI_STATUS_BIT ||
           refuse(reader, reader->at - 1, "has a status byte where a data byte belongs");
}

static bool take_channel_event(Reader *reader, uint8_t status, const SmfVisitor *visitor) {
    uint8_t data[2] = {0};
    for (int i = 0; i < midi_data_bytes(status); i++) {
        if (!take_data_byte(reader, &data[i])) {
            return false;
        }
    }
    Event event;
    midi_channel_event(status, data[0], data[1], &event);
    visitor->event(visitor->context, &event);
    return true;
}

static void send_byte(MidiParser *parser, uint8_t byte, const SmfVisitor *visitor) {
    Event event;
    if (midi_parse_byte(parser, byte, &event)) {
        visitor->event(visitor->context, &event);
    }
}

// Sends a SysEx whose packets lie in bytes[start..end), each read before, one behind the other: reading them
// again, once they are all there, needs no memory for those under way.
static void send_packets(const uint8_t *bytes, uint32_t start, uint32_t end, const SmfVisitor *visitor) {
    MidiParser parser;
    midi_parser_init(&parser);
    Reader packets = {.bytes = bytes, .at = start, .end = end};
    for (;;) {
        uint8_t status;
        Span span;
        uint32_t delta;
        if (!take_byte(&packets, &status) || !take_span(&packets, &span)) {
            return;
        }
        if (status == MIDI_SYSEX) {
            send_byte(&parser, status, visitor);
        }
        for (uint32_t i = 0; i < span.count; i++) {
            send_byte(&parser, bytes[span.start + i], visitor);
        }
        if (packets.at == end || !take_number(&packets, &delta)) {
            return;
        }
    }
}

static bool take_sysex(Reader *reader, SmfTrack *track, uint8_t status, const SmfVisitor *visitor) {
    uint32_t packet = reader->at - 1;
    Span span;
    if (!take_span(reader, &span)) {
        return false;
    }
    bool escape = status == STATUS_SYSEX_MORE && track->sysex_start == 0;
    bool complete = escape || (span.count > 0 && reader->bytes[reader->at - 1] == STATUS_SYSEX_MORE);
    if (status == MIDI_SYSEX || escape) {
        track->sysex_start = packet;
    }
    if (complete) {
        send_packets(reader->bytes, track->sysex_start, reader->at, visitor);
        track->sysex_start = 0;
    }
    return true;
}

static bool take_tempo(Reader *reader, Span span, const SmfVisitor *visitor) {
    if (span.count < TEMPO_BYTES) {
        return refuse(reader, span.start, "has a tempo of fewer than three bytes");
    }
    const uint8_t *tempo = reader->bytes + span.start;
    uint32_t quarter_us = (uint32_t)tempo[0] << 16 | (uint32_t)tempo[1] << 8 | tempo[2];
    if (quarter_us == 0) {
        return refuse(reader, span.start, "has a tempo of 0 microseconds for a quarter note");
    }
    visitor->tempo(visitor->context, quarter_us);
    return true;
}

static bool take_meta(Reader *reader, SmfTrack *track, const SmfVisitor *visitor) {
    uint8_t type;
    Span span;
    if (!take_byte(reader, &type) || !take_span(reader, &span)) {
        return false;
    }
    switch (type) {
    case META_END:
        track->ended = true;
        return true;
    case META_TEMPO:
        return take_tempo(reader, span, visitor);
    case META_TRACK_NAME:
        visitor->name(visitor->context, reader->bytes + span.start, span.count);
        return true;
    default:
        return true;
    }
}

static bool take_event(Reader *reader, SmfTrack *track, const SmfVisitor *visitor) {
    uint8_t status;
    if (!take_byte(reader, &status)) {
        return false;
    }
    if (status == MIDI_SYSEX || status == STATUS_SYSEX_MORE) {
        return take_sysex(reader, track, status, visitor);
    }
    track->sysex_start = 0; // what was under way will not be finished
    if (status == STATUS_META) {
        return take_meta(reader, track, visitor);
    }
    if (status > MIDI_SYSEX) {
        return refuse(reader, reader->at - 1, "has a status byte that no MIDI file may hold");
    }
    if (status < MIDI_STATUS_BIT) {
        if (track->running_status == 0) {
            return refuse(reader, reader->at - 1, "has a data byte without a status byte before it");
        }
        reader->at--;
        return take_channel_event(reader, track->running_status, visitor);
    }
    track->running_status = status;
    return take_channel_event(reader, status, visitor);
}

// A track that stops after an event, without the end it should have, has lost nothing that sounds.
static bool take_delta(Reader *reader, SmfTrack *track) {
    if (reader->at == reader->end) {
        track->ended = true;
    }
    uint32_t delta = 0;
    if (!track->ended && !take_number(reader, &delta)) {
        return false;
    }
    track->tick += delta;
    return true;
}

SmfFault smf_track_start(SmfTrack *track, const uint8_t *bytes, uint32_t start, uint32_t end) {
    *track = (SmfTrack){.end = end};
    Reader reader = {.bytes = bytes, .at = start, .end = end};
    take_delta(&reader, track);
    track->offset = reader.at;
    return reader.fault;
}

SmfFault smf_track_step(SmfTrack *track, const uint8_t *bytes, const SmfVisitor *visitor) {
    Reader reader = {.bytes = bytes, .at = track->offset, .end = track->end};
    if (take_event(&reader, track, visitor)) {
        take_delta(&reader, track);
    }
    track->offset = reader.at;
    return reader.fault;
}
