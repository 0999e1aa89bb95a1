// Opens the window, hands its events to the desk, and shows what the desk draws.
#include "ui/window.h"

#include "ui/desk.h"
#include "ui/screen.h"
#include "ui/window_keys.h"

#include "platform/clock.h"

#include <SDL.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    WIDTH = 1280,
    HEIGHT = 800,
    WIDTH_MIN = 800,
    HEIGHT_MIN = 500,
    FRAME_MS = 33,        // 30 frames a second at most
    QUIET_FRAME_MS = 100, // when nothing sounds and nobody does anything
    AWAKE_MS = 1000,      // after the last event: long enough for a tooltip and a falling meter
    LAST_WAKE_MS = 60,    // for the X server to read what was sent
    TICK_MS = 100,
    DAMAGE_MAX = 256,
    DOUBLE_CLICK_MS = 350,
};
static const float SCALE_STEP = 0.25f;
static const float GROWTH = 0.5f; // of a larger window goes into larger text, the rest into more room

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
    bool stale;   // the surface must be made anew
    bool exposed; // all of it must be shown again
    bool hidden;
    uint32_t press_ms;
    int press_x, press_y;
    uint64_t began_ns, cpu_began_ns;
    WindowFigures figures;
};

// A large window is meant to be read from further away: half of its size goes into the scale.
static float find_scale(float pixels, int width, int height, float zoom) {
    float wide = (float)width / pixels / WIDTH;
    float high = (float)height / pixels / HEIGHT;
    float room = wide < high ? wide : high;
    float scale = room > 1.0f ? 1.0f + GROWTH * (room - 1.0f) : 1.0f;
    scale = (float)(int)(scale / SCALE_STEP + 0.01f) * SCALE_STEP;
    return scale * pixels * zoom;
}

static void drop_renderer(Window *window) {
    if (window->renderer) {
        if (window->draw) {
            draw_set_renderer(window->draw, NULL, 0, 0);
        }
        SDL_DestroyRenderer(window->renderer);
        window->renderer = NULL;
    }
}

static bool make_renderer(Window *window, Error *error) {
    drop_renderer(window);
    if (!window->screen) {
        window->screen = screen_create(window->sdl, error);
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
    int width = WIDTH;
    int height = HEIGHT;
    SDL_GetWindowSize(window->sdl, &width, &height);
    window->pixels_x = (float)surface->w / (float)int_max(width, 1);
    window->pixels_y = (float)surface->h / (float)int_max(height, 1);
    float zoom = window->desk ? window->desk->zoom : 1.0f;
    float scale = find_scale(window->pixels_x, surface->w, surface->h, zoom);
    if (!window->draw) {
        window->draw = draw_create(scale, error);
    } else if (scale != window->scale && !draw_set_scale(window->draw, scale, error)) {
        return false;
    }
    if (!window->draw) {
        return false;
    }
    window->scale = scale;
    draw_set_renderer(window->draw, window->renderer, surface->w, surface->h);
    window->stale = false;
    return true;
}

// SDL falls back on drivers that show nothing: that is no window unless they were asked for.
static bool is_shown(void) {
    const char *driver = SDL_GetCurrentVideoDriver();
    bool blind = driver && (strcmp(driver, "offscreen") == 0 || strcmp(driver, "dummy") == 0 ||
                            strcmp(driver, "evdev") == 0);
    return !blind || getenv("SDL_VIDEODRIVER");
}

static SDL_Window *open_sdl(const Host *host, Error *error) {
    SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1");
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
    int width = WIDTH;
    int height = HEIGHT;
    char text[HOST_TEXT_BYTES];
    if (host->recall(host->user, "window", text) && sscanf(text, "%dx%d", &width, &height) != 2) {
        width = WIDTH;
        height = HEIGHT;
    }
    SDL_Window *sdl = SDL_CreateWindow("Polycore", SDL_WINDOWPOS_UNDEFINED, SDL_WINDOWPOS_UNDEFINED,
                                       int_max(width, WIDTH_MIN), int_max(height, HEIGHT_MIN),
                                       SDL_WINDOW_RESIZABLE | SDL_WINDOW_ALLOW_HIGHDPI);
    if (!sdl) {
        error_set(error, "the window does not open: %s; use --headless", SDL_GetError());
        SDL_Quit();
        return NULL;
    }
    SDL_SetWindowMinimumSize(sdl, WIDTH_MIN, HEIGHT_MIN);
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
    window->input.x = -1;
    window->input.y = -1;
    window->sdl = open_sdl(host, error);
    if (!window->sdl) {
        free(window);
        return NULL;
    }
    if (make_renderer(window, error)) {
        window->desk = desk_create(window->draw, host, error);
    }
    if (!window->desk) {
        window_destroy(window);
        return NULL;
    }
    window->stale = window->desk->zoom != 1.0f;
    window->began_ns = clock_now_ns();
    window->cpu_began_ns = clock_thread_cpu_ns();
    return window;
}

static void remember_size(Window *window) {
    int width = 0;
    int height = 0;
    char text[HOST_TEXT_BYTES];
    if (!(SDL_GetWindowFlags(window->sdl) & (SDL_WINDOW_FULLSCREEN_DESKTOP | SDL_WINDOW_MAXIMIZED))) {
        SDL_GetWindowSize(window->sdl, &width, &height);
        snprintf(text, sizeof text, "%dx%d", width, height);
        window->host->remember(window->host->user, "window", text);
    }
}

void window_destroy(Window *window) {
    if (!window) {
        return;
    }
    if (window->desk) {
        keys_release_all(window->desk);
        remember_size(window);
        desk_destroy(window->desk);
    }
    drop_renderer(window);
    screen_destroy(window->screen);
    draw_destroy(window->draw);
    // SDL on X11 wakes itself by events that it sends to the window over a second connection; one that
    // arrives after the window is gone ends the program with an X error.
    SDL_HideWindow(window->sdl);
    SDL_Delay(LAST_WAKE_MS);
    SDL_DestroyWindow(window->sdl);
    SDL_Quit();
    free(window);
}

static double now_seconds(void) {
    return (double)clock_now_ns() * 1e-9;
}

// One frame for one thing that happened, so that nothing that comes between two pictures is lost. Painted
// later.
static void react(Window *window) {
    window->input.now_seconds = now_seconds();
    desk_frame(window->desk, &window->input);
    UiInput *input = &window->input;
    input->pressed = false;
    input->released = false;
    input->double_click = false;
    input->right_pressed = false;
    input->wheel = 0.0f;
    input->key = UI_KEY_NONE;
    input->text[0] = '\0';
    bool wants_text = ui_wants_text(&window->desk->ui);
    if (wants_text != (SDL_IsTextInputActive() == SDL_TRUE)) {
        (wants_text ? SDL_StartTextInput : SDL_StopTextInput)();
    }
}

static void point(Window *window, int x, int y) {
    window->input.x = (int)((float)x * window->pixels_x);
    window->input.y = (int)((float)y * window->pixels_y);
}

static void press(Window *window, const SDL_MouseButtonEvent *event) {
    point(window, event->x, event->y);
    UiInput *input = &window->input;
    input->from_touch = event->which == SDL_TOUCH_MOUSEID;
    if (event->button == SDL_BUTTON_LEFT) {
        int slip = (int)(4.0f * window->scale); // units that a hand moves between two clicks
        bool near = abs(input->x - window->press_x) <= slip && abs(input->y - window->press_y) <= slip;
        input->double_click = near && event->timestamp - window->press_ms < DOUBLE_CLICK_MS;
        window->press_ms = input->double_click ? 0 : event->timestamp;
        window->press_x = input->x;
        window->press_y = input->y;
        input->down = true;
        input->pressed = true;
        SDL_CaptureMouse(SDL_TRUE);
    } else if (event->button == SDL_BUTTON_RIGHT) {
        input->right_pressed = true;
    } else {
        return;
    }
    react(window);
}

static void let_go(Window *window, const SDL_MouseButtonEvent *event) {
    point(window, event->x, event->y);
    if (event->button == SDL_BUTTON_LEFT && window->input.down) {
        SDL_CaptureMouse(SDL_FALSE);
        window->input.down = false;
        window->input.released = true;
        react(window);
    }
}

static void touch(Window *window, const SDL_TouchFingerEvent *event) {
    UiInput *input = &window->input;
    int place = 0;
    while (place < input->finger_count && input->fingers[place].id != event->fingerId) {
        place++;
    }
    if (event->type == SDL_FINGERUP) {
        if (place < input->finger_count) {
            memmove(input->fingers + place, input->fingers + place + 1,
                    (size_t)(input->finger_count - place - 1) * sizeof *input->fingers);
            input->finger_count--;
        }
    } else if (place < UI_FINGERS_MAX) {
        input->finger_count = int_max(input->finger_count, place + 1);
        input->fingers[place] = (UiFinger){event->fingerId, (int)(event->x * (float)draw_width(window->draw)),
                                           (int)(event->y * (float)draw_height(window->draw))};
    }
    react(window);
}

static void change_window(Window *window, const SDL_WindowEvent *event) {
    switch (event->event) {
    case SDL_WINDOWEVENT_SIZE_CHANGED:
        window->stale = true;
        break;
    case SDL_WINDOWEVENT_EXPOSED:
        window->exposed = true;
        break;
    case SDL_WINDOWEVENT_MINIMIZED:
    case SDL_WINDOWEVENT_HIDDEN:
        window->hidden = true;
        break;
    case SDL_WINDOWEVENT_RESTORED:
    case SDL_WINDOWEVENT_SHOWN:
    case SDL_WINDOWEVENT_MAXIMIZED:
        window->hidden = false;
        window->exposed = true;
        break;
    case SDL_WINDOWEVENT_LEAVE:
        if (!window->input.down) {
            window->input.x = -1;
            window->input.y = -1;
        }
        break;
    case SDL_WINDOWEVENT_FOCUS_LOST: // the keys are let go where we cannot see it
        keys_release_all(window->desk);
        break;
    default:
        break;
    }
}

static void take_event(Window *window, const SDL_Event *event) {
    switch (event->type) {
    case SDL_QUIT:
        window->desk->quit = true;
        break;
    case SDL_WINDOWEVENT:
        change_window(window, &event->window);
        break;
    case SDL_MOUSEMOTION:
        point(window, event->motion.x, event->motion.y);
        break;
    case SDL_MOUSEBUTTONDOWN:
        press(window, &event->button);
        break;
    case SDL_MOUSEBUTTONUP:
        let_go(window, &event->button);
        break;
    case SDL_MOUSEWHEEL:
        window->input.wheel = event->wheel.preciseY;
        window->input.shift = (SDL_GetModState() & KMOD_SHIFT) != 0;
        react(window);
        break;
    case SDL_FINGERDOWN:
    case SDL_FINGERUP:
    case SDL_FINGERMOTION:
        touch(window, &event->tfinger);
        break;
    case SDL_TEXTINPUT:
        SDL_strlcpy(window->input.text, event->text.text, sizeof window->input.text);
        react(window);
        break;
    case SDL_KEYDOWN:
        window->input.shift = (event->key.keysym.mod & KMOD_SHIFT) != 0;
        window->input.control = (event->key.keysym.mod & KMOD_CTRL) != 0;
        if (event->key.keysym.sym == SDLK_F11) {
            bool full = (SDL_GetWindowFlags(window->sdl) & SDL_WINDOW_FULLSCREEN_DESKTOP) != 0;
            SDL_SetWindowFullscreen(window->sdl, full ? 0 : SDL_WINDOW_FULLSCREEN_DESKTOP);
        } else if (window_key_down(window->desk, &event->key, &window->input.key)) {
            react(window);
        }
        break;
    case SDL_KEYUP:
        window->input.shift = (event->key.keysym.mod & KMOD_SHIFT) != 0;
        window->input.control = (event->key.keysym.mod & KMOD_CTRL) != 0;
        window_key_up(window->desk, &event->key);
        break;
    default:
        break;
    }
}

static void show(Window *window) {
    Error error;
    if (window->desk->zoom_changed) {
        window->desk->zoom_changed = false;
        window->stale = true;
    }
    if (window->stale && !make_renderer(window, &error)) {
        desk_say(window->desk, true, error.text);
        return;
    }
    desk_read(window->desk, now_seconds());
    react(window);
    Rect damage[DAMAGE_MAX];
    int count = draw_end(window->draw, damage, DAMAGE_MAX);
    int shown = count;
    window->figures.frames++;
    if (window->exposed) {
        window->exposed = false;
        damage[0] = (Rect){0, 0, draw_width(window->draw), draw_height(window->draw)};
        shown = 1;
    }
    SDL_Rect rects[DAMAGE_MAX];
    for (int i = 0; i < shown; i++) {
        rects[i] = (SDL_Rect){damage[i].x, damage[i].y, damage[i].w, damage[i].h};
    }
    if (shown > 0) {
        screen_show(window->screen, rects, shown);
    }
    window->figures.painted += count > 0;
}

static uint64_t frame_ms(const Window *window, uint64_t now_ms) {
    bool quiet = now_ms > window->awake_until_ms && window->desk->figures.voices == 0 && !window->input.down;
    return quiet ? QUIET_FRAME_MS : FRAME_MS;
}

// Whatever happens is shown within a frame, also after a quiet time.
static void wake(Window *window, uint64_t *next_frame_ms) {
    uint64_t now_ms = SDL_GetTicks64();
    window->awake_until_ms = now_ms + AWAKE_MS;
    if (*next_frame_ms > now_ms + FRAME_MS) {
        *next_frame_ms = now_ms + FRAME_MS;
    }
}

void window_run(Window *window) {
    uint64_t next_frame_ms = SDL_GetTicks64();
    uint64_t next_tick_ms = next_frame_ms;
    while (!window->desk->quit) {
        uint64_t now_ms = SDL_GetTicks64();
        if (now_ms >= next_tick_ms) {
            next_tick_ms = now_ms + TICK_MS;
            window->desk->quit |= !window->host->tick(window->host->user);
        }
        if (now_ms >= next_frame_ms && !window->hidden) {
            next_frame_ms = now_ms + frame_ms(window, now_ms);
            show(window);
        }
        uint64_t next_ms = window->hidden || next_tick_ms < next_frame_ms ? next_tick_ms : next_frame_ms;
        now_ms = SDL_GetTicks64();
        SDL_Event event;
        if (next_ms > now_ms && SDL_WaitEventTimeout(&event, (int)(next_ms - now_ms))) {
            take_event(window, &event);
            wake(window, &next_frame_ms);
        }
        while (SDL_PollEvent(&event)) {
            take_event(window, &event);
            wake(window, &next_frame_ms);
        }
    }
    window->figures.wall_ns = clock_now_ns() - window->began_ns;
    window->figures.cpu_ns = clock_thread_cpu_ns() - window->cpu_began_ns;
}

void window_figures(const Window *window, WindowFigures *figures) {
    *figures = window->figures;
    SDL_GetWindowSize(window->sdl, &figures->width, &figures->height);
    figures->scale = window->scale;
}
