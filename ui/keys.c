// Which source holds which key, so that every note that begins also ends, whatever changes between.
#include "ui/keys.h"

#include "engine/midi/midi_names.h"

enum { RELEASE_VELOCITY = 64 }; // of a key that does not measure it

static void send(Desk *desk, int status, int first, int second) {
    desk->host->push(desk->host->user,
                     (Event){.kind = EVENT_MIDI,
                             .part = (uint8_t)desk->part,
                             .midi = {(uint8_t)(status | desk->part), (uint8_t)first, (uint8_t)second}});
}

static bool is_held(const Keys *keys, int key) {
    for (int source = 0; source < KEY_SOURCE_COUNT; source++) {
        if (keys->held[source] == key) {
            return true;
        }
    }
    return false;
}

void keys_press(Desk *desk, int source, int key, int velocity) {
    keys_release(desk, source);
    if (key < 0 || key > 127) {
        return;
    }
    bool sounding = is_held(&desk->keys, key);
    desk->keys.held[source] = (int16_t)key;
    if (!sounding) {
        send(desk, MIDI_NOTE_ON, key, int_clamp(velocity, 1, 127));
    }
}

void keys_release(Desk *desk, int source) {
    int key = desk->keys.held[source];
    if (key == KEY_NONE) {
        return;
    }
    desk->keys.held[source] = KEY_NONE;
    if (!is_held(&desk->keys, key)) {
        send(desk, MIDI_NOTE_OFF, key, RELEASE_VELOCITY);
    }
}

void keys_release_all(Desk *desk) {
    for (int source = 0; source < KEY_SOURCE_COUNT; source++) {
        keys_release(desk, source);
    }
    keys_sustain(desk, false);
}

void keys_release_typed(Desk *desk) {
    for (int source = 0; source < KEY_SOURCE_MOUSE; source++) {
        keys_release(desk, source);
    }
    if (desk->keys.sustain_typed) {
        keys_sustain(desk, false);
        desk->keys.sustain_typed = false;
    }
}

void keys_sustain(Desk *desk, bool on) {
    if (desk->keys.sustain != on) {
        desk->keys.sustain = on;
        send(desk, MIDI_CONTROLLER, MIDI_CC_SUSTAIN, on ? 127 : 0);
    }
}

void keys_bend(Desk *desk, float bend) {
    bend = float_clamp(bend, -1.0f, 1.0f);
    if (bend != desk->keys.bend) {
        desk->keys.bend = bend;
        int value = int_clamp((int)(8192.5f + bend * 8192.0f), 0, 16383);
        send(desk, MIDI_BEND, value & 127, value >> 7);
    }
}

void keys_wheel(Desk *desk, float wheel) {
    wheel = float_clamp(wheel, 0.0f, 1.0f);
    if (wheel != desk->keys.wheel) {
        desk->keys.wheel = wheel;
        send(desk, MIDI_CONTROLLER, MIDI_CC_WHEEL, (int)(wheel * 127.0f + 0.5f));
    }
}
