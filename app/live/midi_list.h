// Lists the MIDI inputs of this machine and finds those that are meant.
#ifndef APP_LIVE_MIDI_LIST_H
#define APP_LIVE_MIDI_LIST_H

#include "platform/error.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    MIDI_INPUTS_MAX = 32,
    MIDI_NAME_BYTES = 128,
    MIDI_NUMBER_STREAM = -1, // no input of PortMidi's: bytes from the path that is its name
};

typedef struct MidiDevice {
    char name[MIDI_NAME_BYTES];
    char api[MIDI_NAME_BYTES]; // "ALSA", "CoreMIDI", "MMSystem"; "stream"
    int32_t number;            // PortMidi's, which --midi takes; MIDI_NUMBER_STREAM
} MidiDevice;

typedef struct MidiList {
    MidiDevice inputs[MIDI_INPUTS_MAX];
    uint32_t count;
    bool all; // nothing in particular was chosen: what is plugged in later belongs to it too
} MidiList;

/// Starts PortMidi; what the drivers say on standard error is hidden unless show_messages. False with error
/// filled. [main-thread, or the one that PortMidi belongs to]
bool midi_system_start(bool show_messages, Error *error);

/// Ends it; every stream is closed by then. [as above]
void midi_system_stop(void);

/// Lists the inputs that PortMidi saw when it was started. [main-thread, MIDI system started]
void midi_list_fill(MidiList *list);

/// Does a wanted name mean a raw MIDI stream rather than an input of PortMidi's? "-" is standard input; a
/// path begins with "/", "." or, on Windows, two backslashes. [any-thread]
bool midi_name_is_stream(const char *name);

/// Keeps in the list what is asked for by number, name or part of one: all when wanted_count is 0, nothing
/// for the one word "none". Streams that are asked for join it. False with error filled when a name is not
/// there; the list is then as it was. [main-thread]
bool midi_list_choose(MidiList *list, const char *const *wanted, uint32_t wanted_count, Error *error);

#endif
