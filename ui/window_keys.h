// What each key of the computer's keyboard does: notes, commands, or a widget's business.
#ifndef UI_WINDOW_KEYS_H
#define UI_WINDOW_KEYS_H

#include "ui/desk.h"

#include <SDL_events.h>

/// Plays or commands. True when a widget should see it: key is what it is to them. [main-thread]
bool window_key_down(Desk *desk, const SDL_KeyboardEvent *event, UiKey *key);
void window_key_up(Desk *desk, const SDL_KeyboardEvent *event);

#endif
