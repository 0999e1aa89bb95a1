// The MIDI inputs that are open: opened, reopened by name, and which keys each of them holds.
#ifndef APP_LIVE_INPUT_SOURCES_H
#define APP_LIVE_INPUT_SOURCES_H

#include "app/live/midi_list.h"
#include "engine/midi/midi_parser.h"
#include "platform/error.h"

#include <portmidi.h>
#include <stdint.h>

enum { MIDI_CHANNELS = 16, MIDI_KEYS = 128 };

typedef struct InputSource {
    PortMidiStream *stream;
    MidiParser parser;
    char name[MIDI_NAME_BYTES];
    uint8_t held[MIDI_CHANNELS][MIDI_KEYS / 8]; // one bit a key
    bool pedal[MIDI_CHANNELS];
} InputSource;

typedef struct InputSources {
    InputSource open[MIDI_INPUTS_MAX];
    uint32_t count;
    int queue; // what midi_queue_lost takes; MIDI_QUEUE_NONE where nothing is open
} InputSources;

/// Where time stamps come from.
typedef struct InputClock {
    PmTimeProcPtr time_ms;
    void *user;
} InputClock;

/// Is anything of PortMidi's listed, or may it be later? [any-thread]
bool input_sources_wanted(const MidiList *list);

/// Opens those listed inputs that are connected, or all that are when list->all is set. One that does not
/// open is left out; the first such is named in *trouble, whose text is otherwise as it was. [any thread,
/// PortMidi started]
void input_sources_open(InputSources *sources, const MidiList *list, InputClock clock, Error *trouble);

/// [any thread]
void input_sources_close(InputSources *sources);

/// Starts PortMidi again, which alone lets it see what is connected now, and opens by name those inputs that
/// were listed, or all when list->all is set. Those that are there still keep what they hold; *gone gets
/// those that are not, closed. [the thread that PortMidi belongs to]
void input_sources_reopen(InputSources *sources, const MidiList *list, InputClock clock, InputSources *gone);

/// Notes what a message does to the keys that its source holds.
void input_source_note(InputSource *source, const uint8_t midi[3]);

/// Calls release(user, midi) with a note off for each key that the source holds, and a lifted pedal. It holds
/// nothing then.
void input_source_release(InputSource *source, void (*release)(void *user, const uint8_t midi[3]),
                          void *user);

#endif
