// What each key of the computer's keyboard does: notes, commands, or a widget's business.
#include "ui/window_keys.h"

enum { TYPED_VELOCITY = 100 }; // a computer's keys know no force

// By position, so that every layout plays: the lower letters and what lies between them, then the upper.
static const SDL_Scancode LOWER[] = {
    SDL_SCANCODE_Z, SDL_SCANCODE_S, SDL_SCANCODE_X, SDL_SCANCODE_D, SDL_SCANCODE_C, SDL_SCANCODE_V,
    SDL_SCANCODE_G, SDL_SCANCODE_B, SDL_SCANCODE_H, SDL_SCANCODE_N, SDL_SCANCODE_J, SDL_SCANCODE_M,
};
static const SDL_Scancode UPPER[] = {
    SDL_SCANCODE_Q, SDL_SCANCODE_2, SDL_SCANCODE_W, SDL_SCANCODE_3, SDL_SCANCODE_E, SDL_SCANCODE_R,
    SDL_SCANCODE_5, SDL_SCANCODE_T, SDL_SCANCODE_6, SDL_SCANCODE_Y, SDL_SCANCODE_7, SDL_SCANCODE_U,
    SDL_SCANCODE_I, SDL_SCANCODE_9, SDL_SCANCODE_O, SDL_SCANCODE_0, SDL_SCANCODE_P,
};

typedef struct KeyCommand {
    SDL_Keycode key;
    bool control, shift;
    DeskCommand command;
} KeyCommand;

static const KeyCommand COMMANDS[] = {
    {SDLK_F1, false, false, DESK_HELP},
    {SDLK_F2, false, false, DESK_PAGE_PLAY},
    {SDLK_F3, false, false, DESK_PAGE_SOUND},
    {SDLK_F4, false, false, DESK_PAGE_XRUNS},
    {SDLK_F5, false, false, DESK_PAGE_SETUP},
    {SDLK_F6, false, false, DESK_XRUNS_RESET},
    {SDLK_F7, false, false, DESK_XRUNS_SAVE},
    {SDLK_F8, false, false, DESK_PANIC},
    {SDLK_F9, false, false, DESK_THEME},
    {SDLK_F12, false, false, DESK_RECORD},
    {SDLK_EQUALS, true, false, DESK_ZOOM_IN},
    {SDLK_PLUS, true, false, DESK_ZOOM_IN},
    {SDLK_PLUS, true, true, DESK_ZOOM_IN},
    {SDLK_EQUALS, true, true, DESK_ZOOM_IN},
    {SDLK_KP_PLUS, true, false, DESK_ZOOM_IN},
    {SDLK_MINUS, true, false, DESK_ZOOM_OUT},
    {SDLK_KP_MINUS, true, false, DESK_ZOOM_OUT},
    {SDLK_z, true, false, DESK_UNDO},
    {SDLK_y, true, false, DESK_REDO},
    {SDLK_z, true, true, DESK_REDO},
    {SDLK_e, true, false, DESK_COMPARE},
    {SDLK_s, true, false, DESK_SAVE},
    {SDLK_s, true, true, DESK_SAVE_AS},
    {SDLK_f, true, false, DESK_SEARCH},
    {SDLK_DOWN, true, false, DESK_PATCH_NEXT},
    {SDLK_UP, true, false, DESK_PATCH_BEFORE},
    {SDLK_q, true, false, DESK_QUIT},
};

typedef struct WidgetKey {
    SDL_Keycode key;
    UiKey means;
} WidgetKey;

static const WidgetKey WIDGET_KEYS[] = {
    {SDLK_TAB, UI_KEY_TAB},
    {SDLK_RETURN, UI_KEY_ENTER},
    {SDLK_KP_ENTER, UI_KEY_ENTER},
    {SDLK_ESCAPE, UI_KEY_ESCAPE},
    {SDLK_LEFT, UI_KEY_LEFT},
    {SDLK_RIGHT, UI_KEY_RIGHT},
    {SDLK_UP, UI_KEY_UP},
    {SDLK_DOWN, UI_KEY_DOWN},
    {SDLK_HOME, UI_KEY_HOME},
    {SDLK_END, UI_KEY_END},
    {SDLK_PAGEUP, UI_KEY_PAGE_UP},
    {SDLK_PAGEDOWN, UI_KEY_PAGE_DOWN},
    {SDLK_BACKSPACE, UI_KEY_BACKSPACE},
    {SDLK_DELETE, UI_KEY_DELETE},
    {SDLK_APPLICATION, UI_KEY_MENU},
    {SDLK_MENU, UI_KEY_MENU},
};

static UiKey widget_key(SDL_Keycode key) {
    for (size_t i = 0; i < sizeof WIDGET_KEYS / sizeof WIDGET_KEYS[0]; i++) {
        if (WIDGET_KEYS[i].key == key) {
            return WIDGET_KEYS[i].means;
        }
    }
    return UI_KEY_NONE;
}

static bool run_command(Desk *desk, const SDL_Keysym *key) {
    bool control = (key->mod & (KMOD_CTRL | KMOD_GUI)) != 0;
    bool shift = (key->mod & KMOD_SHIFT) != 0;
    for (size_t i = 0; i < sizeof COMMANDS / sizeof COMMANDS[0]; i++) {
        if (COMMANDS[i].key == key->sym && COMMANDS[i].control == control && COMMANDS[i].shift == shift) {
            desk_command(desk, COMMANDS[i].command);
            return true;
        }
    }
    return false;
}

// Semitones above the lower row's first key, or -1.
static int typed_step(SDL_Scancode scancode) {
    for (int i = 0; i < (int)(sizeof LOWER / sizeof LOWER[0]); i++) {
        if (LOWER[i] == scancode) {
            return i;
        }
    }
    for (int i = 0; i < (int)(sizeof UPPER / sizeof UPPER[0]); i++) {
        if (UPPER[i] == scancode) {
            return 12 + i;
        }
    }
    return -1;
}

// Only plain keys play; those of commands have Control or Alt.
static void play_key(Desk *desk, const SDL_KeyboardEvent *event) {
    SDL_Scancode scancode = event->keysym.scancode;
    int step = typed_step(scancode);
    if (event->repeat) {
        return;
    }
    if (step >= 0) {
        keys_press(desk, (int)scancode, desk->keys.octave * 12 + 12 + step, TYPED_VELOCITY);
    } else if (scancode == SDL_SCANCODE_SPACE) {
        keys_sustain(desk, true);
    } else if (scancode == SDL_SCANCODE_EQUALS) {
        desk_command(desk, DESK_OCTAVE_UP);
    } else if (scancode == SDL_SCANCODE_MINUS) {
        desk_command(desk, DESK_OCTAVE_DOWN);
    }
}

bool window_key_down(Desk *desk, const SDL_KeyboardEvent *event, UiKey *key) {
    if (run_command(desk, &event->keysym)) {
        *key = UI_KEY_NONE;
        return true;
    }
    *key = widget_key(event->keysym.sym);
    if (event->keysym.sym == SDLK_F10 && (event->keysym.mod & KMOD_SHIFT)) { // what the menu key is elsewhere
        *key = UI_KEY_MENU;
    }
    if (event->keysym.sym == SDLK_v && (event->keysym.mod & (KMOD_CTRL | KMOD_GUI))) {
        *key = UI_KEY_PASTE;
    }
    if (*key != UI_KEY_NONE) {
        return true;
    }
    if (!ui_wants_text(&desk->ui) && !(event->keysym.mod & (KMOD_CTRL | KMOD_ALT | KMOD_GUI))) {
        play_key(desk, event);
    }
    return false;
}

void window_key_up(Desk *desk, const SDL_KeyboardEvent *event) {
    SDL_Scancode scancode = event->keysym.scancode;
    if (typed_step(scancode) >= 0) {
        keys_release(desk, (int)scancode);
    } else if (scancode == SDL_SCANCODE_SPACE) {
        keys_sustain(desk, false);
    }
}
