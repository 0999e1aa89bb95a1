// The notes, pedal and wheels that are played on the desk itself.
#ifndef UI_KEYS_H
#define UI_KEYS_H

#include "ui/desk.h"

#include <stdbool.h>

/// Starts and ends a note of one source; source: a scancode or KEY_SOURCE_*. key: 0..127, velocity 1..127.
/// [main-thread]
void keys_press(Desk *desk, int source, int key, int velocity);
void keys_release(Desk *desk, int source);
void keys_release_all(Desk *desk);
/// Lets go what the computer's keyboard holds. [main-thread]
void keys_release_typed(Desk *desk);
void keys_sustain(Desk *desk, bool on);
/// bend: -1..1. wheel: 0..1. [main-thread]
void keys_bend(Desk *desk, float bend);
void keys_wheel(Desk *desk, float wheel);

#endif
