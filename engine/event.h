// What happens to the music, and when: an event carries the absolute frame at which it takes effect.
#ifndef ENGINE_EVENT_H
#define ENGINE_EVENT_H

#include <stdint.h>

typedef enum EventKind {
    EVENT_MIDI,  // a channel message: midi[0] is the status byte with its channel, midi[1], midi[2] data
    EVENT_PARAM, // parameter `param` of part `part` becomes `value`
    EVENT_PATCH, // part `part` plays another patch: pushed by engine_push_patch alone
    EVENT_PANIC, // every voice fades at once, every channel is as at power-on; patches stay
    EVENT_RESET, // the same, and every part returns to its first patch (GM System On)
    EVENT_MASTER_VOLUME, // value: linear gain, 0..1 (universal SysEx)
    EVENT_BANK,  // the bank's patch `part` becomes another: likewise; parts that play it stay as they are
    EVENT_LEARN, // the next controller that may be learned turns parameter `param`; PARAM_COUNT: none does
    EVENT_CONTROLLER, // parameter `param` follows what midi says: the fields of a ControllerRow in their
                      // order
    EVENT_FOCUS,      // learned controllers on channels that have played no note turn part `part`
} EventKind;

enum { PART_COUNT = 16 };

typedef struct Event {
    uint64_t frame; // absolute, since the engine began; one that has passed takes effect at once
    uint8_t kind;   // EventKind
    uint8_t part;   // 0..15; of EVENT_BANK a bank index
    uint16_t param; // ParamId, or which patch of engine_push_patch
    uint8_t midi[4];
    float value;
} Event;

#endif
