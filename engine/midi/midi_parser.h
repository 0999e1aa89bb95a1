// Turns MIDI bytes, as they come from a wire or a driver, into events.
#ifndef ENGINE_MIDI_MIDI_PARSER_H
#define ENGINE_MIDI_MIDI_PARSER_H

#include "engine/event.h"
#include "platform/thread_tags.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// What a SysEx message may hold between F0 and F7: a MIDI Tuning Standard bulk dump, 406 bytes, is the
/// longest the engine has a use for. A longer message is dropped whole.
enum { MIDI_SYSEX_MAX_BYTES = 512 };

/// Where one stream of bytes stands; each input has its own. Only midi.c looks inside.
typedef struct MidiParser {
    uint8_t status;     // running status, 0 when there is none
    uint8_t data_count; // of data, how many have come
    uint8_t data[2];
    bool in_sysex;
    uint16_t sysex_bytes; // come so far; MIDI_SYSEX_MAX_BYTES + 1 when there were too many
    uint8_t sysex[MIDI_SYSEX_MAX_BYTES];
} MidiParser;

/// Starts at the beginning of a stream: no running status, no SysEx. Also for a stream that lost bytes.
/// [any-thread]
RT void midi_parser_init(MidiParser *parser);

/// Takes the next byte. True when it completes an event: event is then filled but for its frame, which is 0.
/// Note-ons of velocity 0 become note-offs of velocity 64; GM, GS and XG resets and System Reset become
/// EVENT_RESET; the universal master volume becomes EVENT_MASTER_VOLUME. Everything else that is no channel
/// message is swallowed. [any thread, one at a time for a parser]
RT bool midi_parse_byte(MidiParser *parser, uint8_t byte, Event *event);

/// The same for one of PortMidi's messages: up to 4 bytes, the first in the lowest bits, SysEx 4 at a time.
/// [any thread, one at a time for a parser]
RT bool midi_parse_packed(MidiParser *parser, uint32_t message, Event *event);

/// How many data bytes follow a channel status byte, 0x80..0xEF: 1 or 2. [any-thread]
RT int midi_data_bytes(uint8_t status);

/// Fills event from a channel message; status: 0x80..0xEF, data: 0..127, second 0 where the message has one
/// data byte. [any-thread]
RT void midi_channel_event(uint8_t status, uint8_t first, uint8_t second, Event *event);

#endif
