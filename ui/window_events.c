// What the system tells the window, handed to the desk.
#include "ui/window_state.h"

#include "ui/touch.h"
#include "ui/window_keys.h"

#include <SDL.h>
#include <stdlib.h>
#include <string.h>

enum { DOUBLE_CLICK_MS = 350 };

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
    window_react(window);
}

static void let_go(Window *window, const SDL_MouseButtonEvent *event) {
    point(window, event->x, event->y);
    if (event->button == SDL_BUTTON_LEFT && window->input.down) {
        SDL_CaptureMouse(SDL_FALSE);
        window->input.down = false;
        window->input.released = true;
        window_react(window);
        if (window->input.from_touch) { // a finger that is lifted points at nothing
            window->input.x = -1;
            window->input.y = -1;
        }
    }
}

static void touch(Window *window, const SDL_TouchFingerEvent *event) {
    if (!touch_is_screen(event->touchId)) {
        return;
    }
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
        UiFinger *finger = &input->fingers[place];
        int x = (int)(event->x * (float)draw_width(window->draw));
        int y = (int)(event->y * (float)draw_height(window->draw));
        if (place == input->finger_count) {
            *finger = (UiFinger){.id = event->fingerId, .begin_x = x, .begin_y = y};
            input->finger_count++;
        }
        finger->x = x;
        finger->y = y;
    }
    if (event->type != SDL_FINGERMOTION) { // a glide is followed by the frames
        window_react(window);
    }
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
        keys_release_typed(window->desk);
        break;
    default:
        break;
    }
}

void window_take_event(Window *window, const SDL_Event *event) {
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
        window_react(window);
        break;
    case SDL_FINGERDOWN:
    case SDL_FINGERUP:
    case SDL_FINGERMOTION:
        touch(window, &event->tfinger);
        break;
    case SDL_TEXTINPUT:
        SDL_strlcpy(window->input.text, event->text.text, sizeof window->input.text);
        window_react(window);
        break;
    case SDL_KEYDOWN:
        window->input.shift = (event->key.keysym.mod & KMOD_SHIFT) != 0;
        window->input.control = (event->key.keysym.mod & KMOD_CTRL) != 0;
        if (event->key.keysym.sym == SDLK_F11) {
            if (event->key.repeat) {
                break;
            }
            bool full = (SDL_GetWindowFlags(window->sdl) & SDL_WINDOW_FULLSCREEN_DESKTOP) != 0;
            SDL_SetWindowFullscreen(window->sdl, full ? 0 : SDL_WINDOW_FULLSCREEN_DESKTOP);
        } else if (window_key_down(window->desk, &event->key, &window->input.key)) {
            window_react(window);
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
