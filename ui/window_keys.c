// Two tables, of commands and of what widgets know; all other keys play.
#include "ui/window_keys.h"

#include "ui/desk_commands.h"
#include "ui/keys.h"
#include "ui/typed_keys.h"

enum { TYPED_VELOCITY = 100 }; // a computer's keys know no force

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

// Only plain keys play; those of commands have Control or Alt.
static void play_key(Desk *desk, const SDL_KeyboardEvent *event) {
    SDL_Scancode scancode = event->keysym.scancode;
    int step = typed_keys_step(scancode);
    if (event->repeat) {
        return;
    }
    if (step >= 0) {
        keys_press(desk, (int)scancode, desk->keys.octave * 12 + 12 + step, TYPED_VELOCITY);
    } else if (scancode == SDL_SCANCODE_SPACE) {
        keys_sustain(desk, true);
        desk->keys.sustain_typed = true;
    } else if (scancode == TYPED_KEY_OCTAVE_UP) {
        desk_command(desk, DESK_OCTAVE_UP);
    } else if (scancode == TYPED_KEY_OCTAVE_DOWN) {
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
    if (typed_keys_step(scancode) >= 0) {
        keys_release(desk, (int)scancode);
    } else if (scancode == SDL_SCANCODE_SPACE) {
        keys_sustain(desk, false);
        desk->keys.sustain_typed = false;
    }
}
