// Opens the window, hands its events to the desk, and shows what the desk draws.
#ifndef UI_WINDOW_H
#define UI_WINDOW_H

#include "ui/host.h"

#include <stdint.h>

typedef struct Window Window;

/// What a window has cost in some time.
typedef struct WindowCost {
    uint64_t wall_ns;
    uint64_t cpu_ns;  // of the thread that runs it
    uint64_t frames;  // looked at
    uint64_t painted; // of those, in which anything changed
} WindowCost;

/// What the window is, and what it has cost since it opened.
typedef struct WindowFigures {
    int width, height; // in the window's own units
    float scale;       // pixels a unit of the desk
    WindowCost all;
    WindowCost opening; // of all, the first second, in which everything is made and drawn once
} WindowFigures;

/// Opens it. host must outlive the window. NULL with error filled without a display, a font or a renderer.
/// [main-thread]
Window *window_create(const Host *host, Error *error);
/// NULL is harmless. [main-thread]
void window_destroy(Window *window);

/// Asks for another size in the window's own units; the system may give another. [main-thread]
void window_resize(Window *window, int width, int height);

/// Runs until it is closed or the host's tick says so. [main-thread]
void window_run(Window *window);
void window_figures(const Window *window, WindowFigures *figures);

struct WindowEvents;
/// The window as its events know it, for tests. Valid until window_destroy. [main-thread]
const struct WindowEvents *window_events(const Window *window);

#endif
