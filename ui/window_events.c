// Each event is a frame of its own; glides and motions are followed by the frames that come anyway.
#include "ui/window_events.h"

#include "platform/clock.h"
#include "ui/frame.h"
#include "ui/keys.h"
#include "ui/touch.h"
#include "ui/window_keys.h"

#include <SDL.h>
#include <stdlib.h>
#include <string.h>

enum { DOUBLE_CLICK_MS = 350 };

void window_events_react(WindowEvents *events) {
    UiInput *input = &events->input;
    input->now_seconds = (double)clock_now_ns() * 1e-9;
    frame_draw(events->desk, input);
    input->pressed = false;
    input->released = false;
    input->double_click = false;
    input->right_pressed = false;
    input->wheel = 0.0f;
    input->key = UI_KEY_NONE;
    input->text[0] = '\0';
    bool wants_text = ui_wants_text(&events->desk->ui);
    if (wants_text != (SDL_IsTextInputActive() == SDL_TRUE)) {
        (wants_text ? SDL_StartTextInput : SDL_StopTextInput)();
    }
}

static void point(WindowEvents *events, int x, int y) {
    events->input.x = (int)((float)x * events->pixels_x);
    events->input.y = (int)((float)y * events->pixels_y);
}

static void press(WindowEvents *events, const SDL_MouseButtonEvent *event) {
    point(events, event->x, event->y);
    UiInput *input = &events->input;
    input->from_touch = event->which == SDL_TOUCH_MOUSEID;
    if (event->button == SDL_BUTTON_LEFT) {
        int slip = (int)(4.0f * events->scale); // units that a hand moves between two clicks
        bool near = abs(input->x - events->press_x) <= slip && abs(input->y - events->press_y) <= slip;
        input->double_click = near && event->timestamp - events->press_ms < DOUBLE_CLICK_MS;
        events->press_ms = input->double_click ? 0 : event->timestamp;
        events->press_x = input->x;
        events->press_y = input->y;
        input->down = true;
        input->pressed = true;
        SDL_CaptureMouse(SDL_TRUE);
    } else if (event->button == SDL_BUTTON_RIGHT) {
        input->right_pressed = true;
    } else {
        return;
    }
    window_events_react(events);
}

static void let_go(WindowEvents *events, const SDL_MouseButtonEvent *event) {
    point(events, event->x, event->y);
    if (event->button == SDL_BUTTON_LEFT && events->input.down) {
        SDL_CaptureMouse(SDL_FALSE);
        events->input.down = false;
        events->input.released = true;
        window_events_react(events);
        if (events->input.from_touch) { // a finger that is lifted points at nothing
            events->input.x = -1;
            events->input.y = -1;
        }
    }
}

static void touch(WindowEvents *events, const SDL_TouchFingerEvent *event) {
    if (!touch_is_screen(event->touchId)) {
        return;
    }
    UiInput *input = &events->input;
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
        int x = (int)(event->x * (float)draw_width(events->draw));
        int y = (int)(event->y * (float)draw_height(events->draw));
        if (place == input->finger_count) {
            *finger = (UiFinger){.id = event->fingerId, .begin_x = x, .begin_y = y};
            input->finger_count++;
        }
        finger->x = x;
        finger->y = y;
    }
    if (event->type != SDL_FINGERMOTION) { // a glide is followed by the frames
        window_events_react(events);
    }
}

static void change_window(WindowEvents *events, const SDL_WindowEvent *event) {
    switch (event->event) {
    case SDL_WINDOWEVENT_SIZE_CHANGED:
        events->stale = true;
        break;
    case SDL_WINDOWEVENT_EXPOSED:
        events->exposed = true;
        break;
    case SDL_WINDOWEVENT_MINIMIZED:
    case SDL_WINDOWEVENT_HIDDEN:
        events->hidden = true;
        break;
    case SDL_WINDOWEVENT_RESTORED:
    case SDL_WINDOWEVENT_SHOWN:
    case SDL_WINDOWEVENT_MAXIMIZED:
        events->hidden = false;
        events->exposed = true;
        break;
    case SDL_WINDOWEVENT_LEAVE:
        if (!events->input.down) {
            events->input.x = -1;
            events->input.y = -1;
        }
        break;
    case SDL_WINDOWEVENT_FOCUS_LOST: // the keys are let go where we cannot see it
        keys_release_typed(events->desk);
        break;
    default:
        break;
    }
}

void window_events_take(WindowEvents *events, const SDL_Event *event) {
    switch (event->type) {
    case SDL_QUIT:
        events->desk->quit = true;
        break;
    case SDL_WINDOWEVENT:
        change_window(events, &event->window);
        break;
    case SDL_MOUSEMOTION:
        point(events, event->motion.x, event->motion.y);
        break;
    case SDL_MOUSEBUTTONDOWN:
        press(events, &event->button);
        break;
    case SDL_MOUSEBUTTONUP:
        let_go(events, &event->button);
        break;
    case SDL_MOUSEWHEEL:
        events->input.wheel = event->wheel.preciseY;
        events->input.shift = (SDL_GetModState() & KMOD_SHIFT) != 0;
        window_events_react(events);
        break;
    case SDL_FINGERDOWN:
    case SDL_FINGERUP:
    case SDL_FINGERMOTION:
        touch(events, &event->tfinger);
        break;
    case SDL_TEXTINPUT:
        SDL_strlcpy(events->input.text, event->text.text, sizeof events->input.text);
        window_events_react(events);
        break;
    case SDL_KEYDOWN:
        events->input.shift = (event->key.keysym.mod & KMOD_SHIFT) != 0;
        events->input.control = (event->key.keysym.mod & KMOD_CTRL) != 0;
        if (event->key.keysym.sym == SDLK_F11) {
            if (event->key.repeat) {
                break;
            }
            bool full = (SDL_GetWindowFlags(events->sdl) & SDL_WINDOW_FULLSCREEN_DESKTOP) != 0;
            SDL_SetWindowFullscreen(events->sdl, full ? 0 : SDL_WINDOW_FULLSCREEN_DESKTOP);
        } else if (window_key_down(events->desk, &event->key, &events->input.key)) {
            window_events_react(events);
        }
        break;
    case SDL_KEYUP:
        events->input.shift = (event->key.keysym.mod & KMOD_SHIFT) != 0;
        events->input.control = (event->key.keysym.mod & KMOD_CTRL) != 0;
        window_key_up(events->desk, &event->key);
        break;
    default:
        break;
    }
}
