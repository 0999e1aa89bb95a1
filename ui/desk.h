// The whole of the window's content without a window: what it knows, what the user is doing, and its panels.
#ifndef UI_DESK_H
#define UI_DESK_H

#include "ui/context.h"
#include "ui/core_meters.h"
#include "ui/edit.h"
#include "ui/history.h"
#include "ui/host.h"
#include "ui/ledger.h"
#include "ui/signal.h"

#include <stdbool.h>

typedef enum Page { PAGE_PLAY, PAGE_SOUND, PAGE_XRUNS, PAGE_SETUP, PAGE_COUNT } Page;

/// What a key of the keyboard, or a button, asks for.
typedef enum DeskCommand {
    DESK_HELP,
    DESK_PAGE_PLAY,
    DESK_PAGE_SOUND,
    DESK_PAGE_XRUNS,
    DESK_PAGE_SETUP,
    DESK_RECORD,
    DESK_XRUNS_RESET,
    DESK_XRUNS_SAVE,
    DESK_PANIC,
    DESK_THEME,
    DESK_ZOOM_IN,
    DESK_ZOOM_OUT,
    DESK_UNDO,
    DESK_REDO,
    DESK_COMPARE,
    DESK_SAVE,
    DESK_SAVE_AS,
    DESK_SEARCH,
    DESK_PATCH_NEXT,
    DESK_PATCH_BEFORE,
    DESK_OCTAVE_UP,
    DESK_OCTAVE_DOWN,
    DESK_QUIT,
    DESK_COMMAND_COUNT,
} DeskCommand;

enum { DESK_TROUBLES_MAX = 4 };

enum {
    KEY_SOURCE_MOUSE = 512, // below: the computer keyboard's scancodes
    KEY_SOURCE_FINGER,      // and as many as there are fingers
    KEY_SOURCE_COUNT = KEY_SOURCE_FINGER + UI_FINGERS_MAX,
    KEY_NONE = -1,
    OCTAVE_MIN = 0,
    OCTAVE_MAX = 8,
};

/// What is held down on the desk itself.
typedef struct Keys {
    int16_t held[KEY_SOURCE_COUNT]; // the MIDI key that each source holds, or KEY_NONE
    int octave;                     // of the computer keyboard's lower row: 4 begins at middle C, key 60
    bool sustain;
    bool sustain_typed; // by a key that is held
    float bend, wheel;  // as last sent; bend -1..1, wheel 0..1
    float first_key;    // leftmost key on the screen
} Keys;

typedef struct Browser {
    HostPatchInfo *patches;
    int count;
    int *visible; // those that match search and family
    int visible_count;
    char search[PATCH_NAME_BYTES];
    char family[PATCH_NAME_BYTES]; // "": all
    int chosen;                    // in visible
    float offset;
    bool stale; // read again and filter again
} Browser;

typedef struct SaveDialog {
    bool open;
    bool taken; // the name is, so saving would replace
    char name[PATCH_NAME_BYTES];
    char family[PATCH_NAME_BYTES];
    char problem[ERROR_TEXT_BYTES];
} SaveDialog;

typedef struct Desk {
    Ui ui;
    const Host *host;
    double now_seconds;
    bool quit;
    bool zoom_changed;
    float zoom; // the user's own factor on the scale
    Page page;
    int part; // 0..15: what the keys play and the knobs turn

    EngineFigures figures;
    HostCore cores[HOST_CORES_MAX];
    int core_count;
    HostActivity activity;
    uint32_t channel_events[PART_COUNT];
    double channel_at[PART_COUNT]; // seconds of the last message
    CoreMeters meters;
    int core_chosen; // whose meter has the focus when the meters have it
    History history;
    Ledger ledger;
    Signal *signal;

    Edit edits[PART_COUNT];
    Edit *edit;          // the part's
    int patch_index;     // of the part's patch in the list, -1
    bool gesture;        // a knob is being turned
    bool gesture_marked; // and has an undo step of its own
    Browser browser;
    SaveDialog save;
    ParamId menu_param; // whose learn menu is open, or PARAM_COUNT
    Rect menu_rect;
    float params_offset, setup_offset, ledger_offset, midi_offset, help_offset;
    int ledger_chosen;

    Keys keys;
    bool help;
    char said[ERROR_TEXT_BYTES]; // in the status line for a while
    double said_until;
    char troubles[DESK_TROUBLES_MAX][ERROR_TEXT_BYTES]; // until each is seen; the oldest first
    int trouble_count;
} Desk;

/// The user's own factor on the scale.
#define DESK_ZOOM_MIN 0.7f
#define DESK_ZOOM_MAX 2.5f

/// draw and host stay the caller's and must outlive the desk. NULL with error filled when memory is refused.
/// [main-thread]
Desk *desk_create(Draw *draw, const Host *host, Error *error);
void desk_destroy(Desk *desk);

/// Takes a reading of everything that the host can tell. [main-thread]
void desk_read(Desk *desk, double now_seconds);
/// Lays out, draws and reacts: one frame. [main-thread]
void desk_frame(Desk *desk, const UiInput *input);
/// Does what a key or a button asks for. [main-thread]
void desk_command(Desk *desk, DeskCommand command);
/// The key's name and what it does, for the help; "" where it has none. Valid for the program's life.
const char *desk_command_key(DeskCommand command);
const char *desk_command_name(DeskCommand command);

/// Writes to the status line: for some seconds, or, when it is bad, until Escape or a click. Bad ones wait
/// for each other; of more than DESK_TROUBLES_MAX the oldest is forgotten.
void desk_say(Desk *desk, bool bad, const char *text);
/// The oldest bad one has been seen.
void desk_hush(Desk *desk);
/// The lowest scale's units that the window has room for: true for the roomy layout.
bool desk_is_wide(const Desk *desk);

/// Starts and ends a note of one source; source: a scancode or KEY_SOURCE_*. key: 0..127, velocity 1..127.
/// [main-thread]
void keys_press(Desk *desk, int source, int key, int velocity);
void keys_release(Desk *desk, int source);
void keys_release_all(Desk *desk);
/// Lets go what the computer's keyboard holds. [main-thread]
void keys_release_typed(Desk *desk);
void keys_sustain(Desk *desk, bool on);
void keys_bend(Desk *desk, float bend);
void keys_wheel(Desk *desk, float wheel);

/// Plays the patch next to the present one in the browser's order; step: 1 or -1. [main-thread]
void browser_step(Desk *desk, int step);
void browser_load(Desk *desk, int patch);
/// Reads the list of patches when it is stale, and filters it.
void browser_refresh(Desk *desk);

/// Sends a parameter's value to the part and keeps it in the edit. [main-thread]
void desk_set_param(Desk *desk, ParamId param, float value);

#endif
