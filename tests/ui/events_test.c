// Sends the window what a system sends it, one step a frame, and checks what the window then asks of its
// host.
#include "tests/support/synthetic_host.h"
#include "ui/touch.h"
#include "ui/window.h"
#include "ui/window_events.h"

#include <SDL.h>
#include <stdio.h>
#include <stdlib.h>

enum {
    SCREEN = 7, // the device that is a touch screen; any other is a trackpad
    PUSHES_MAX = 256,
    HIDDEN_TICKS = 6,
    TICKS_MAX = 900, // ninety seconds: something hangs
    // Where things are in a window of 1280 by 800 with two cores.
    KEY_WIDTH = 22,
    KEY_C4_X = 402,
    KEY_LOW_Y = 762,
    KEY_HIGH_Y = 745,
    KNOB_X = 282,
    KNOB_Y = 255,
    SUSTAIN_X = 1122,
    SUSTAIN_Y = 683,
    NOTE_ON = 0x90,
    NOTE_OFF = 0x80,
    CONTROLLER = 0xB0,
    REPEATS = 5,
};

typedef struct Script {
    SyntheticHost synthetic; // first: it is the host's user
    Window *window;
    Event pushed[PUSHES_MAX];
    int count;
    int soft;       // velocity of the first note
    int activities; // times that the window asked what is played
    int takes;      // begun
    size_t step;
    uint64_t frames; // when the step began
    int ticks;
    int hidden_ticks;
} Script;

static int failures;

static void expect(bool met, const char *what) {
    if (!met) {
        failures++;
        fprintf(stderr, "failed: %s\n", what);
    }
}

bool touch_is_screen(SDL_TouchID device) {
    return device == SCREEN;
}

// What was pushed since the last look, of one kind of message; the first of them in *first.
static int take(Script *script, int status, Event *first) {
    int found = 0;
    for (int i = 0; i < script->count; i++) {
        const Event *event = &script->pushed[i];
        if (event->kind == EVENT_MIDI && (event->midi[0] & 0xF0) == status && found++ == 0 && first) {
            *first = *event;
        }
    }
    return found;
}

static void forget(Script *script) {
    script->count = 0;
}

static void finger(SDL_TouchID device, Uint32 type, int id, int x, int y) {
    SDL_Event event = {.tfinger = {.type = type,
                                   .touchId = device,
                                   .fingerId = id,
                                   .x = ((float)x + 0.5f) / 1280.0f,
                                   .y = ((float)y + 0.5f) / 800.0f}};
    SDL_PushEvent(&event);
}

static void mouse(Uint32 type, Uint32 which, int x, int y) {
    SDL_Event event = {.type = type};
    if (type == SDL_MOUSEMOTION) {
        event.motion = (SDL_MouseMotionEvent){.type = type, .which = which, .x = x, .y = y};
    } else {
        event.button = (SDL_MouseButtonEvent){.type = type,
                                              .which = which,
                                              .button = SDL_BUTTON_LEFT,
                                              .timestamp = SDL_GetTicks(),
                                              .x = x,
                                              .y = y};
    }
    SDL_PushEvent(&event);
}

static void key(SDL_Scancode scancode, SDL_Keycode code, bool repeat) {
    SDL_Event event = {
        .key = {.type = SDL_KEYDOWN, .repeat = repeat, .keysym = {.scancode = scancode, .sym = code}}};
    SDL_PushEvent(&event);
}

static void window_event(SDL_WindowEventID what) {
    SDL_Event event = {.window = {.type = SDL_WINDOWEVENT, .event = (Uint8)what}};
    SDL_PushEvent(&event);
}

static void put_down(Script *script) {
    (void)script;
    finger(SCREEN, SDL_FINGERDOWN, 1, KEY_C4_X, KEY_HIGH_Y);
}

static void see_note_and_lift(Script *script) {
    Event on = {0};
    expect(take(script, NOTE_ON, &on) == 1 && on.midi[1] == 60, "a finger on a key is its note");
    script->soft = on.midi[2];
    forget(script);
    finger(SCREEN, SDL_FINGERUP, 1, KEY_C4_X, KEY_HIGH_Y);
}

static void see_end_and_press_lower(Script *script) {
    Event off = {0};
    expect(take(script, NOTE_OFF, &off) == 1 && off.midi[1] == 60, "a finger that is lifted ends its note");
    forget(script);
    finger(SCREEN, SDL_FINGERDOWN, 1, KEY_C4_X, KEY_LOW_Y);
}

static void see_louder_and_glide(Script *script) {
    Event on = {0};
    expect(take(script, NOTE_ON, &on) == 1 && on.midi[2] > script->soft, "velocity rises towards the player");
    forget(script);
    finger(SCREEN, SDL_FINGERMOTION, 1, KEY_C4_X + KEY_WIDTH, KEY_LOW_Y);
}

static void see_d_and_glide_on(Script *script) {
    Event on = {0};
    expect(take(script, NOTE_ON, &on) == 1 && on.midi[1] == 62, "a glide plays the next key");
    expect(take(script, NOTE_OFF, NULL) == 1, "a glide leaves the key before");
    forget(script);
    finger(SCREEN, SDL_FINGERMOTION, 1, KEY_C4_X + 2 * KEY_WIDTH, KEY_LOW_Y);
}

static void see_e_and_add_a_finger(Script *script) {
    Event on = {0};
    expect(take(script, NOTE_ON, &on) == 1 && on.midi[1] == 64, "a glide plays each key");
    forget(script);
    finger(SCREEN, SDL_FINGERDOWN, 2, KEY_C4_X + 4 * KEY_WIDTH, KEY_LOW_Y);
}

static void see_second_and_lift_both(Script *script) {
    Event on = {0};
    expect(take(script, NOTE_ON, &on) == 1 && on.midi[1] == 67, "a second finger is a second note");
    expect(take(script, NOTE_OFF, NULL) == 0, "the first finger's note goes on");
    forget(script);
    finger(SCREEN, SDL_FINGERUP, 1, KEY_C4_X, KEY_LOW_Y);
    finger(SCREEN, SDL_FINGERUP, 2, KEY_C4_X, KEY_LOW_Y);
}

static void see_both_end_and_use_the_trackpad(Script *script) {
    expect(take(script, NOTE_OFF, NULL) == 2, "both notes end");
    forget(script);
    finger(SCREEN + 1, SDL_FINGERDOWN, 1, KEY_C4_X, KEY_LOW_Y);
}

static void see_nothing_and_hold_a_knob(Script *script) {
    expect(script->count == 0, "a trackpad's finger plays nothing");
    finger(SCREEN + 1, SDL_FINGERUP, 1, KEY_C4_X, KEY_LOW_Y);
    mouse(SDL_MOUSEBUTTONDOWN, SDL_TOUCH_MOUSEID, KNOB_X, KNOB_Y);
    finger(SCREEN, SDL_FINGERDOWN, 1, KNOB_X, KNOB_Y);
}

static void drag_into_the_keys(Script *script) {
    (void)script;
    mouse(SDL_MOUSEMOTION, SDL_TOUCH_MOUSEID, KEY_C4_X, KEY_LOW_Y);
    finger(SCREEN, SDL_FINGERMOTION, 1, KEY_C4_X, KEY_LOW_Y);
}

static void see_it_turned_and_let_go(Script *script) {
    int turned = 0;
    for (int i = 0; i < script->count; i++) {
        turned += script->pushed[i].kind == EVENT_PARAM;
    }
    expect(turned > 0, "a finger turns a knob");
    expect(take(script, NOTE_ON, NULL) == 0, "a finger that turns a knob plays no key");
    forget(script);
    mouse(SDL_MOUSEBUTTONUP, SDL_TOUCH_MOUSEID, KEY_C4_X, KEY_LOW_Y);
    finger(SCREEN, SDL_FINGERUP, 1, KEY_C4_X, KEY_LOW_Y);
}

static void see_no_pointer_and_minimise(Script *script) {
    expect(window_events(script->window)->input.x < 0, "after a finger nothing is pointed at");
    window_event(SDL_WINDOWEVENT_MINIMIZED);
}

static void see_nothing_drawn_and_restore(Script *script) {
    WindowFigures figures;
    window_figures(script->window, &figures);
    expect(figures.all.frames <= script->frames + 1, "a minimised window draws nothing");
    expect(script->activities >= HIDDEN_TICKS - 2, "a minimised window follows what is played");
    window_event(SDL_WINDOWEVENT_RESTORED);
}

static void press_a_key_and_latch_the_pedal(Script *script) {
    forget(script);
    key(SDL_SCANCODE_Z, SDLK_w, false); // by its place, whatever is written on it
    mouse(SDL_MOUSEMOTION, 0, SUSTAIN_X, SUSTAIN_Y);
    mouse(SDL_MOUSEBUTTONDOWN, 0, SUSTAIN_X, SUSTAIN_Y);
    mouse(SDL_MOUSEBUTTONUP, 0, SUSTAIN_X, SUSTAIN_Y);
}

static void see_both_and_lose_the_focus(Script *script) {
    Event on = {0};
    expect(take(script, NOTE_ON, &on) == 1 && on.midi[1] == 60, "a key of the computer plays by its place");
    expect(take(script, CONTROLLER, NULL) == 1, "a click latches the pedal");
    forget(script);
    window_event(SDL_WINDOWEVENT_FOCUS_LOST);
}

static void see_only_the_key_let_go_and_hold_record(Script *script) {
    expect(take(script, NOTE_OFF, NULL) == 1, "without the focus no key is held");
    expect(take(script, CONTROLLER, NULL) == 0, "without the focus a latched pedal stays");
    for (int i = 0; i <= REPEATS; i++) {
        key(SDL_SCANCODE_F12, SDLK_F12, i > 0);
    }
}

static void see_one_take(Script *script) {
    expect(script->takes == 1, "a key that is held records once");
}

typedef void Step(Script *script);
static Step *const STEPS[] = {
    put_down,
    see_note_and_lift,
    see_end_and_press_lower,
    see_louder_and_glide,
    see_d_and_glide_on,
    see_e_and_add_a_finger,
    see_second_and_lift_both,
    see_both_end_and_use_the_trackpad,
    see_nothing_and_hold_a_knob,
    drag_into_the_keys,
    see_it_turned_and_let_go,
    see_no_pointer_and_minimise,
    see_nothing_drawn_and_restore,
    press_a_key_and_latch_the_pedal,
    see_both_and_lose_the_focus,
    see_only_the_key_let_go_and_hold_record,
    see_one_take,
};
enum { STEP_COUNT = sizeof STEPS / sizeof STEPS[0] };

// True when the step before has had its frame, or, hidden, its time.
static bool is_over(Script *script) {
    WindowFigures figures;
    window_figures(script->window, &figures);
    if (window_events(script->window)->hidden) {
        return ++script->hidden_ticks == HIDDEN_TICKS;
    }
    return figures.all.frames >= script->frames + 2; // the first may have begun before its events came
}

static bool tick(void *user) {
    Script *script = user;
    if (++script->ticks > TICKS_MAX) {
        expect(false, "every step is reached");
        return false;
    }
    if (!is_over(script)) {
        return true;
    }
    if (script->step == STEP_COUNT) {
        return false;
    }
    WindowFigures figures;
    Step *step = STEPS[script->step++];
    step(script);
    window_figures(script->window, &figures);
    script->frames = figures.all.frames;
    script->activities = 0;
    return true;
}

static void push(void *user, Event event) {
    Script *script = user;
    if (script->count < PUSHES_MAX) {
        script->pushed[script->count++] = event;
    }
}

static void activity(void *user, int part, HostActivity *out) {
    Script *script = user;
    (void)part;
    script->activities++;
    *out = (HostActivity){0};
}

static bool record_start(void *user, Error *error) {
    Script *script = user;
    (void)error;
    script->takes++;
    return true;
}

int main(void) {
    static Script script;
    Error error;
    SDL_setenv("SDL_VIDEODRIVER", "dummy", 1);
    synthetic_host_init(&script.synthetic, 2, false);
    script.synthetic.host.tick = tick;
    script.synthetic.host.push = push;
    script.synthetic.host.activity = activity;
    script.synthetic.host.record_start = record_start;
    script.window = window_create(&script.synthetic.host, &error);
    if (!script.window) {
        fprintf(stderr, "skipped: %s\n", error.text);
        return 77;
    }
    window_resize(script.window, 1280, 800); // more than the display that is not there
    window_run(script.window);
    window_destroy(script.window);
    printf("%d steps, %d failures\n", (int)script.step, failures);
    return failures > 0 || script.step != STEP_COUNT;
}
