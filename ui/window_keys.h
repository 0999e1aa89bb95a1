// What each key of the computer's keyboard does: notes, commands, or a widget's business.
#ifndef UI_WINDOW_KEYS_H
#define UI_WINDOW_KEYS_H

#include "ui/desk.h"

#include <SDL_events.h>

/// Keys that are found by their place, whatever a layout writes on them.
typedef enum WindowKeys {
    WINDOW_KEYS_LOWER, // the lower octave
    WINDOW_KEYS_UPPER,
    WINDOW_KEYS_OCTAVE_UP,
    WINDOW_KEYS_OCTAVE_DOWN,
} WindowKeys;
enum { WINDOW_KEYS_BYTES = 48 };

/// What this keyboard's layout writes on them; of an octave the first three and the last. [main-thread]
void window_keys_name(WindowKeys keys, char text[WINDOW_KEYS_BYTES]);

/// Plays or commands. True when a widget should see it: key is what it is to them. [main-thread]
bool window_key_down(Desk *desk, const SDL_KeyboardEvent *event, UiKey *key);
void window_key_up(Desk *desk, const SDL_KeyboardEvent *event);

#endif
