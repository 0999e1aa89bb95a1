// What each key of the computer's keyboard does: notes, commands, or a widget's business.
#include "ui/window_keys.h"

#include <SDL_keyboard.h>
#include <stdio.h>

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

static const SDL_Scancode OCTAVE_UP = SDL_SCANCODE_EQUALS, OCTAVE_DOWN = SDL_SCANCODE_MINUS;

typedef struct KeyCommand {
    SDL_Keycode key;
    bool control, shift;
    DeskCommand command;
    bool repeats; // while the key is held
} KeyCommand;

static const KeyCommand COMMANDS[] = {
    {SDLK_F1, false, false, DESK_HELP, false},
    {SDLK_F2, false, false, DESK_PAGE_PLAY, false},
    {SDLK_F3, false, false, DESK_PAGE_SOUND, false},
    {SDLK_F4, false, false, DESK_PAGE_XRUNS, false},
    {SDLK_F5, false, false, DESK_PAGE_SETUP, false},
    {SDLK_F6, false, false, DESK_XRUNS_RESET, false},
    {SDLK_F7, false, false, DESK_XRUNS_SAVE, false},
    {SDLK_F8, false, false, DESK_PANIC, false},
    {SDLK_F9, false, false, DESK_THEME, false},
    {SDLK_F12, false, false, DESK_RECORD, false},
    {SDLK_EQUALS, true, false, DESK_ZOOM_IN, true},
    {SDLK_PLUS, true, false, DESK_ZOOM_IN, true},
    {SDLK_PLUS, true, true, DESK_ZOOM_IN, true},
    {SDLK_EQUALS, true, true, DESK_ZOOM_IN, true},
    {SDLK_KP_PLUS, true, false, DESK_ZOOM_IN, true},
    {SDLK_MINUS, true, false, DESK_ZOOM_OUT, true},
    {SDLK_KP_MINUS, true, false, DESK_ZOOM_OUT, true},
    {SDLK_z, true, false, DESK_UNDO, true},
    {SDLK_y, true, false, DESK_REDO, true},
    {SDLK_z, true, true, DESK_REDO, true},
    {SDLK_e, true, false, DESK_COMPARE, false},
    {SDLK_s, true, false, DESK_SAVE, false},
    {SDLK_s, true, true, DESK_SAVE_AS, false},
    {SDLK_f, true, false, DESK_SEARCH, false},
    {SDLK_DOWN, true, false, DESK_PATCH_NEXT, true},
    {SDLK_UP, true, false, DESK_PATCH_BEFORE, true},
    {SDLK_q, true, false, DESK_QUIT, false},
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

// True when the key is a command's, also when its repeats do nothing.
static bool run_command(Desk *desk, const SDL_KeyboardEvent *event) {
    const SDL_Keysym *key = &event->keysym;
    bool control = (key->mod & (KMOD_CTRL | KMOD_GUI)) != 0;
    bool shift = (key->mod & KMOD_SHIFT) != 0;
    for (size_t i = 0; i < sizeof COMMANDS / sizeof COMMANDS[0]; i++) {
        const KeyCommand *found = &COMMANDS[i];
        if (found->key == key->sym && found->control == control && found->shift == shift) {
            if (!event->repeat || found->repeats) {
                desk_command(desk, found->command);
            }
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
        desk->keys.sustain_typed = true;
    } else if (scancode == OCTAVE_UP) {
        desk_command(desk, DESK_OCTAVE_UP);
    } else if (scancode == OCTAVE_DOWN) {
        desk_command(desk, DESK_OCTAVE_DOWN);
    }
}

bool window_key_down(Desk *desk, const SDL_KeyboardEvent *event, UiKey *key) {
    if (run_command(desk, event)) {
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
        desk->keys.sustain_typed = false;
    }
}

// What the keyboard's layout writes on a key, or, where there is no layout, its usual name.
static void name_key(SDL_Scancode scancode, char name[WINDOW_KEYS_BYTES]) {
    snprintf(name, WINDOW_KEYS_BYTES, "%s", SDL_GetKeyName(SDL_GetKeyFromScancode(scancode)));
    if (!name[0]) {
        snprintf(name, WINDOW_KEYS_BYTES, "%s", SDL_GetScancodeName(scancode));
    }
}

static void name_row(const SDL_Scancode *row, size_t count, char text[WINDOW_KEYS_BYTES]) {
    char names[4][WINDOW_KEYS_BYTES];
    for (size_t i = 0; i < 3; i++) {
        name_key(row[i], names[i]);
    }
    name_key(row[count - 1], names[3]);
    snprintf(text, WINDOW_KEYS_BYTES, "%.6s %.6s %.6s \xE2\x80\xA6 %.6s", names[0], names[1], names[2],
             names[3]);
}

void window_keys_name(WindowKeys keys, char text[WINDOW_KEYS_BYTES]) {
    switch (keys) {
    case WINDOW_KEYS_LOWER:
        name_row(LOWER, sizeof LOWER / sizeof LOWER[0], text);
        break;
    case WINDOW_KEYS_UPPER:
        name_row(UPPER, sizeof UPPER / sizeof UPPER[0], text);
        break;
    case WINDOW_KEYS_OCTAVE_UP:
        name_key(OCTAVE_UP, text);
        break;
    case WINDOW_KEYS_OCTAVE_DOWN:
        name_key(OCTAVE_DOWN, text);
        break;
    }
}
