// Paces the frames by what they cost: how the window looks may never cost a note.
#include "ui/window.h"

#include "platform/clock.h"
#include "ui/icon.h"
#include "ui/keys.h"
#include "ui/scale.h"
#include "ui/screen.h"
#include "ui/window_events.h"

#include <SDL.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    FRAME_MS = 33,        // 30 frames a second at most
    QUIET_FRAME_MS = 100, // when nothing sounds and nobody does anything
    AWAKE_MS = 1000,      // after the last event: long enough for a tooltip and a falling meter
    LAST_WAKE_MS = 60,    // for the X server to read what was sent
    TICK_MS = 100,
    SLOWEST_FRAME_MS = 100, // playing, however much a frame costs
    SLOWEST_QUIET_FRAME_MS = 500,
    OPENING_MS = 1000,
};

// Shares of a core that frames may take while nobody acts: with all else that the thread does they stay
// below 3 % at rest and 6 % playing. Where a frame costs too much for that there are fewer.
static const double QUIET_SHARE = 0.02;
static const double PLAYING_SHARE = 0.05;
static const double COST_MEMORY = 0.9; // of the frames before: a third of a second

struct Window {
    WindowEvents events;
    const Host *host;
    Screen *screen;
    SDL_Renderer *renderer; // into the screen's surface, by the processor
    uint64_t awake_until_ms;
    uint64_t next_frame_ms; // when the next frame is due
    uint64_t earliest_ms;   // when it may come if something happens
    uint64_t began_ns, cpu_began_ns;
    WindowFigures figures;
    double frame_cost_ns; // of processor time, of the last frames
};

static void drop_renderer(Window *window) {
    if (window->renderer) {
        if (window->events.draw) {
            draw_set_renderer(window->events.draw, NULL, NULL);
        }
        SDL_DestroyRenderer(window->renderer);
        window->renderer = NULL;
    }
}

static bool make_renderer(Window *window, Error *error) {
    drop_renderer(window);
    if (!window->screen) {
        window->screen = screen_create(window->events.sdl, error);
    }
    SDL_Surface *surface = window->screen ? screen_surface(window->screen, error) : NULL;
    if (!surface) {
        return false;
    }
    window->renderer = SDL_CreateSoftwareRenderer(surface);
    if (!window->renderer) {
        error_set(error, "the window cannot be drawn: %s; close other programs", SDL_GetError());
        return false;
    }
    int width = SCALE_WIDTH;
    int height = SCALE_HEIGHT;
    SDL_GetWindowSize(window->events.sdl, &width, &height);
    window->events.pixels_x = (float)surface->w / (float)int_max(width, 1);
    window->events.pixels_y = (float)surface->h / (float)int_max(height, 1);
    float zoom = window->events.desk ? window->events.desk->zoom : 1.0f;
    float scale = scale_find(surface->w, surface->h, window->events.pixels_x, zoom);
    if (!window->events.draw) {
        window->events.draw = draw_create(scale, error);
    } else if (scale != window->events.scale && !draw_set_scale(window->events.draw, scale, error)) {
        return false;
    }
    if (!window->events.draw) {
        return false;
    }
    window->events.scale = scale;
    draw_set_renderer(window->events.draw, window->renderer, surface);
    window->events.stale = false;
    return true;
}

// SDL falls back on drivers that show nothing: that is no window unless they were asked for.
static bool is_shown(void) {
    const char *driver = SDL_GetCurrentVideoDriver();
    bool blind = driver && (strcmp(driver, "offscreen") == 0 || strcmp(driver, "dummy") == 0 ||
                            strcmp(driver, "evdev") == 0);
    return !blind || getenv("SDL_VIDEODRIVER");
}

// Not on macOS, where it would be shown instead of the larger one that the .app has.
static void set_icon(SDL_Window *sdl) {
    const char *driver = SDL_GetCurrentVideoDriver();
    SDL_Surface *icon = driver && strcmp(driver, "cocoa") == 0 ? NULL : icon_paint();
    if (icon) {
        SDL_SetWindowIcon(sdl, icon);
        SDL_FreeSurface(icon);
    }
}

static SDL_Window *open_sdl(const Host *host, Error *error) {
    SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1");
#ifdef SDL_HINT_WINDOWS_DPI_SCALING // since SDL 2.24
    // Drawn at the display's scale, not stretched to it.
    SDL_SetHint(SDL_HINT_WINDOWS_DPI_AWARENESS, "permonitorv2");
    SDL_SetHint(SDL_HINT_WINDOWS_DPI_SCALING, "1");
#endif
    if (SDL_Init(SDL_INIT_VIDEO) != 0) {
        error_set(error, "no display for the window: %s; set DISPLAY or WAYLAND_DISPLAY, or use --headless",
                  SDL_GetError());
        return NULL;
    }
    if (!is_shown()) {
        error_set(error, "no display for the window: set DISPLAY or WAYLAND_DISPLAY, or use --headless");
        SDL_Quit();
        return NULL;
    }
    SDL_Rect room = {0, 0, SCALE_WIDTH, SCALE_HEIGHT}; // what the system leaves of the display
    SDL_GetDisplayUsableBounds(0, &room);
    int width = SCALE_WIDTH;
    int height = SCALE_HEIGHT;
    int width_min = SDL_min(SCALE_WIDTH_MIN, room.w);
    int height_min = SDL_min(SCALE_HEIGHT_MIN, room.h);
    char text[HOST_TEXT_BYTES];
    if (host->recall(host->user, "window", text) && sscanf(text, "%dx%d", &width, &height) != 2) {
        width = SCALE_WIDTH;
        height = SCALE_HEIGHT;
    }
    SDL_Window *sdl = SDL_CreateWindow(
        "Polycore", SDL_WINDOWPOS_UNDEFINED, SDL_WINDOWPOS_UNDEFINED, int_clamp(width, width_min, room.w),
        int_clamp(height, height_min, room.h), SDL_WINDOW_RESIZABLE | SDL_WINDOW_ALLOW_HIGHDPI);
    if (!sdl) {
        error_set(error, "the window does not open: %s; use --headless", SDL_GetError());
        SDL_Quit();
        return NULL;
    }
    set_icon(sdl);
    SDL_SetWindowMinimumSize(sdl, width_min, height_min);
    SDL_StopTextInput();
    return sdl;
}

Window *window_create(const Host *host, Error *error) {
    Window *window = calloc(1, sizeof *window);
    if (!window) {
        error_set(error, "out of memory for the window");
        return NULL;
    }
    window->host = host;
    window->events.input.x = -1;
    window->events.input.y = -1;
    window->events.sdl = open_sdl(host, error);
    if (!window->events.sdl) {
        free(window);
        return NULL;
    }
    if (make_renderer(window, error)) {
        window->events.desk = desk_create(window->events.draw, host, error);
    }
    if (!window->events.desk) {
        window_destroy(window);
        return NULL;
    }
    window->events.stale = window->events.desk->zoom != 1.0f;
    window->began_ns = clock_now_ns();
    window->cpu_began_ns = clock_thread_cpu_ns();
    return window;
}

static void remember_size(Window *window) {
    int width = 0;
    int height = 0;
    char text[HOST_TEXT_BYTES];
    if (!(SDL_GetWindowFlags(window->events.sdl) & (SDL_WINDOW_FULLSCREEN_DESKTOP | SDL_WINDOW_MAXIMIZED))) {
        SDL_GetWindowSize(window->events.sdl, &width, &height);
        snprintf(text, sizeof text, "%dx%d", width, height);
        window->host->remember(window->host->user, "window", text);
    }
}

void window_destroy(Window *window) {
    if (!window) {
        return;
    }
    if (window->events.desk) {
        keys_release_all(window->events.desk);
        remember_size(window);
        desk_destroy(window->events.desk);
    }
    drop_renderer(window);
    screen_destroy(window->screen);
    draw_destroy(window->events.draw);
    // SDL on X11 wakes itself by events that it sends to the window over a second connection; one that
    // arrives after the window is gone ends the program with an X error.
    SDL_HideWindow(window->events.sdl);
    SDL_Delay(LAST_WAKE_MS);
    SDL_DestroyWindow(window->events.sdl);
    SDL_Quit();
    free(window);
}

void window_resize(Window *window, int width, int height) {
    SDL_SetWindowSize(window->events.sdl, width, height);
}

static double now_seconds(void) {
    return (double)clock_now_ns() * 1e-9;
}

static void show(Window *window) {
    Error error;
    if (window->events.desk->zoom_changed) {
        window->events.desk->zoom_changed = false;
        window->events.stale = true;
    }
    desk_read(window->events.desk, now_seconds());
    if (window->events.stale && !make_renderer(window, &error)) {
        desk_say(window->events.desk, true, error.text);
        return;
    }
    window_events_react(&window->events);
    Rect damage[DRAW_DAMAGE_MAX];
    int count = draw_end(window->events.draw, damage);
    int shown = count;
    window->figures.all.frames++;
    if (window->events.exposed) {
        window->events.exposed = false;
        damage[0] = (Rect){0, 0, draw_width(window->events.draw), draw_height(window->events.draw)};
        shown = 1;
    }
    SDL_Rect rects[DRAW_DAMAGE_MAX];
    for (int i = 0; i < shown; i++) {
        rects[i] = (SDL_Rect){damage[i].x, damage[i].y, damage[i].w, damage[i].h};
    }
    if (shown > 0) {
        screen_show(window->screen, rects, shown);
    }
    window->figures.all.painted += count > 0;
}

// A frame that takes long leaves as much time again for everything else, and when nobody acts, as much as
// the window's share of a core asks for.
static void pace(Window *window, uint64_t begin_ms) {
    uint64_t end_ms = SDL_GetTicks64();
    bool acted = begin_ms <= window->awake_until_ms || window->events.input.down;
    bool quiet = !acted && window->events.desk->figures.voices == 0;
    uint64_t rested_ms = end_ms + (end_ms - begin_ms);
    window->earliest_ms = SDL_max(begin_ms + FRAME_MS, rested_ms);
    uint64_t due_ms = begin_ms + (quiet ? QUIET_FRAME_MS : FRAME_MS);
    if (!acted) {
        double fair_ms = window->frame_cost_ns * 1e-6 / (quiet ? QUIET_SHARE : PLAYING_SHARE);
        double slowest_ms = quiet ? SLOWEST_QUIET_FRAME_MS : SLOWEST_FRAME_MS;
        due_ms = SDL_max(due_ms, begin_ms + (uint64_t)SDL_min(fair_ms, slowest_ms));
    }
    window->next_frame_ms = SDL_max(due_ms, rested_ms);
}

// Whatever happens is shown within a frame, also after a quiet time.
static void wake(Window *window) {
    window->awake_until_ms = SDL_GetTicks64() + AWAKE_MS;
    window->next_frame_ms = SDL_min(window->next_frame_ms, window->earliest_ms);
}

static void tick(Window *window) {
    window->events.desk->quit |= !window->host->tick(window->host->user);
    if (window->events.hidden) { // what is played meanwhile is followed, and learned controllers work
        desk_read(window->events.desk, now_seconds());
    }
}

static void account(const Window *window, WindowCost *cost) {
    *cost = window->figures.all;
    cost->wall_ns = clock_now_ns() - window->began_ns;
    cost->cpu_ns = clock_thread_cpu_ns() - window->cpu_began_ns;
}

void window_run(Window *window) {
    uint64_t next_tick_ms = SDL_GetTicks64();
    uint64_t opened_ms = next_tick_ms + OPENING_MS;
    while (!window->events.desk->quit) {
        uint64_t now_ms = SDL_GetTicks64();
        if (now_ms < opened_ms) {
            account(window, &window->figures.opening);
        }
        if (now_ms >= next_tick_ms) {
            next_tick_ms = now_ms + TICK_MS;
            tick(window);
        }
        if (now_ms >= window->next_frame_ms && !window->events.hidden) {
            uint64_t cpu_ns = clock_thread_cpu_ns();
            show(window);
            double cost_ns = (double)(clock_thread_cpu_ns() - cpu_ns);
            window->frame_cost_ns += (1.0 - COST_MEMORY) * (cost_ns - window->frame_cost_ns);
            pace(window, now_ms);
        }
        uint64_t next_ms =
            window->events.hidden ? next_tick_ms : SDL_min(next_tick_ms, window->next_frame_ms);
        now_ms = SDL_GetTicks64();
        SDL_Event event;
        if (next_ms > now_ms && SDL_WaitEventTimeout(&event, (int)(next_ms - now_ms))) {
            window_events_take(&window->events, &event);
            wake(window);
        }
        while (SDL_PollEvent(&event)) {
            window_events_take(&window->events, &event);
            wake(window);
        }
    }
    account(window, &window->figures.all);
}

void window_figures(const Window *window, WindowFigures *figures) {
    *figures = window->figures;
    SDL_GetWindowSize(window->events.sdl, &figures->width, &figures->height);
    figures->scale = window->events.scale;
}

const WindowEvents *window_events(const Window *window) {
    return &window->events;
}
