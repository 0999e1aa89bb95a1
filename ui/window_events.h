// What the system tells the window, handed to the desk.
#ifndef UI_WINDOW_EVENTS_H
#define UI_WINDOW_EVENTS_H

#include "ui/desk.h"

#include <SDL_events.h>
#include <SDL_video.h>
#include <stdbool.h>
#include <stdint.h>

/// The window as its events know it.
typedef struct WindowEvents {
    SDL_Window *sdl;
    Draw *draw;
    Desk *desk;
    UiInput input;
    float pixels_x, pixels_y; // of the surface for one of the window's units
    float scale;              // pixels a unit of the desk
    bool stale;               // the surface must be made anew
    bool exposed;             // all of it must be shown again
    bool hidden;
    uint32_t press_ms;
    int press_x, press_y;
} WindowEvents;

/// Does what the event asks for. [main-thread]
void window_events_take(WindowEvents *events, const SDL_Event *event);
/// One frame for one thing that happened, so that nothing that comes between two pictures is lost. Painted
/// later. [main-thread]
void window_events_react(WindowEvents *events);

#endif
