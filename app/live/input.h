// Plays what comes in by MIDI: a thread of its own listens to every chosen input at once.
#ifndef APP_LIVE_INPUT_H
#define APP_LIVE_INPUT_H

#include "app/live/frame_clock.h"
#include "app/live/heard.h"
#include "app/live/midi_list.h"
#include "engine/engine.h"
#include "platform/error.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct Input Input;

typedef struct InputFigures {
    uint64_t events;    // handed to the engine
    uint64_t messages;  // of them, what the inputs sent
    uint64_t notes;     // of those, keys struck
    uint64_t unplugged; // inputs that went while they were open; the keys they held were let go
    uint64_t plugged;   // inputs that came, or came back, and were opened
    uint64_t overflows; // times that more came than the driver could keep: all notes were let go then
} InputFigures;

/// Opens the listed inputs and starts listening; one that does not open is left out, and the first such is
/// named in *trouble, whose text is otherwise empty. The engine, heard and the clock, by which events find
/// their frames, must outlive the result, which uses EVENT_SOURCE_MIDI alone; what it sends also goes to
/// heard. An input that is unplugged is opened again when one of its name is back, within a second; when the
/// list is of all inputs, new ones are opened too. PortMidi belongs to its thread until input_destroy. NULL
/// with error filled when a raw stream does not open or the system refuses memory or a thread. [main-thread,
/// MIDI system started unless all are raw streams]
Input *input_create(const MidiList *list, Engine *engine, const FrameClock *clock, Heard *heard,
                    Error *trouble, Error *error);

/// Stops listening, lets go the keys and pedals that the inputs hold, as nobody will, and closes them. NULL
/// is harmless. [main-thread]
void input_destroy(Input *input);

/// Inputs that are open now. [any-thread]
uint32_t input_count(const Input *input);

/// Takes the name of an input that was opened since input_create, or again, oldest first; inputs that were
/// open before may be among them. False when there is none. [main-thread]
bool input_plugged(Input *input, char name[MIDI_NAME_BYTES]);

/// [any-thread]
void input_figures(const Input *input, InputFigures *figures);

#endif
