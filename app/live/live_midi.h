// The MIDI inputs of live play: which are listened to, and what is told of them.
#ifndef APP_LIVE_LIVE_MIDI_H
#define APP_LIVE_LIVE_MIDI_H

#include "app/live/input.h"
#include "app/live/midi_list.h"
#include "platform/error.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct Live Live;

/// Listens to other inputs, as midi_list_choose takes them; those newly connected are found too. False with
/// error filled when one is not there: what was open stays. [main-thread]
bool live_set_midi(Live *live, const char *const *wanted, uint32_t wanted_count, Error *error);

/// The MIDI inputs that are listened to. [main-thread]
const MidiList *live_midi(const Live *live);
void live_input_figures(const Live *live, InputFigures *figures);

// For live play's own files.

/// Decides which inputs to listen to, as live_set_midi; live_input_start opens them. [main-thread]
bool live_midi_open(Live *live, const char *const *wanted, uint32_t wanted_count, Error *error);

/// Listens to them; one that does not open is left out, with a notice. False with error filled when a raw
/// stream, memory or a thread is refused. [main-thread]
bool live_input_start(Live *live, Error *error);

/// Tells of inputs that came, went, or brought too much at once. [main-thread]
void live_midi_watch(Live *live);

#endif
