// Which controller turns which parameter, beside what MIDI gives it to do: learned, kept, and applied at the
// controller's own frame.
#ifndef ENGINE_MIDI_CONTROLLER_MAP_H
#define ENGINE_MIDI_CONTROLLER_MAP_H

#include "engine/patch/params.h"
#include "platform/thread_tags.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    CONTROLLER_NONE = 255,
    CHANNEL_ANY = 255,
    TRAVEL_PERCENT_MAX = 100,
};

/// What turns one parameter. Packs into 32 bits, so that threads pass it in one step.
typedef struct ControllerRow {
    uint8_t controller;   // 0..119 that may be learned, or CONTROLLER_NONE
    uint8_t channel;      // 0..15: on this channel alone; CHANNEL_ANY
    uint8_t from_percent; // of the knob's travel, at value 0; 0..TRAVEL_PERCENT_MAX
    uint8_t to_percent;   // at value 127; below from_percent it turns the other way round
} ControllerRow;

/// Owned by the audio thread.
typedef struct ControllerMap {
    ControllerRow row[PARAM_COUNT];
    ParamId learning; // waits for a controller; PARAM_COUNT: none does
} ControllerMap;

typedef enum ControllerHeard {
    CONTROLLER_PASSED,  // nothing was waiting for it
    CONTROLLER_LEARNED, // it is bound now to what was waiting
    CONTROLLER_REFUSED, // it has a meaning of its own in MIDI; the parameter goes on waiting
} ControllerHeard;

/// A row that binds nothing. [any-thread]
RT ControllerRow controller_row_none(void);

/// May this controller be bound? Not those whose messages mean something of their own: banks, data entry, the
/// sustain pedal, parameter numbers, channel mode. [any-thread]
RT bool controller_may_learn(int controller);

/// Is every field in range, or nothing bound? [any-thread]
RT bool controller_row_valid(ControllerRow row);

/// Binds nothing, and nothing waits. [main-thread or audio-thread]
RT void controller_map_init(ControllerMap *map);

/// Looks whether a parameter waits for this controller. [audio-thread]
RT ControllerHeard controller_map_hear(ControllerMap *map, uint8_t controller);

/// Does the row follow this message? [audio-thread]
RT bool controller_row_follows(ControllerRow row, uint8_t channel, uint8_t controller);

/// The parameter's value when its controller is at `value`, 0..127. [audio-thread]
RT float controller_row_value(ControllerRow row, ParamId param, uint8_t value);

#endif
