// What the window's frames and its events share.
#ifndef UI_WINDOW_STATE_H
#define UI_WINDOW_STATE_H

#include "ui/desk.h"
#include "ui/screen.h"
#include "ui/window.h"

#include <SDL_events.h>
#include <SDL_render.h>

struct Window {
    const Host *host;
    SDL_Window *sdl;
    Screen *screen;
    SDL_Renderer *renderer; // into the screen's surface, by the processor
    Draw *draw;
    Desk *desk;
    UiInput input;
    float pixels_x, pixels_y; // of the surface for one of the window's units
    float scale;
    uint64_t awake_until_ms;
    uint64_t next_frame_ms,
        earliest_ms; // when the next frame is due, and when it may come if something happens
    bool stale;      // the surface must be made anew
    bool exposed;    // all of it must be shown again
    bool hidden;
    uint32_t press_ms;
    int press_x, press_y;
    uint64_t began_ns, cpu_began_ns;
    WindowFigures figures;
    double frame_cost_ns; // of processor time, of the last frames
};

/// One frame for one thing that happened, so that nothing that comes between two pictures is lost. Painted
/// later. [main-thread]
void window_react(Window *window);
/// Does what the event asks for. [main-thread]
void window_take_event(Window *window, const SDL_Event *event);

#endif
