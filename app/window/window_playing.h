// Follows what sounds for the window, and plays what is played in it.
#ifndef APP_WINDOW_WINDOW_PLAYING_H
#define APP_WINDOW_WINDOW_PLAYING_H

typedef struct WindowHost WindowHost;

/// Fills its part of the host's functions. [main-thread]
void window_playing_add(WindowHost *host);

#endif
