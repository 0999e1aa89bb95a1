// Offers the window what can be chosen on this machine, and does what is chosen while the sound goes on.
#ifndef APP_WINDOW_WINDOW_SETUP_H
#define APP_WINDOW_WINDOW_SETUP_H

#include <stdbool.h>

typedef struct WindowHost WindowHost;

/// Fills its part of the host's functions. choose_midi: inputs that were switched off stay off. [main-thread]
void window_setup_add(WindowHost *host, bool choose_midi);

/// Switches the sound on again once a calibration has ended, and lets inputs that were plugged in since join.
/// Call about ten times a second. [main-thread]
void window_setup_watch(WindowHost *host);

#endif
