// What the window knows and what its user is doing: all that panels may ask, without a panel.
#ifndef UI_DESK_H
#define UI_DESK_H

#include "ui/browser.h"
#include "ui/context.h"
#include "ui/core_meters.h"
#include "ui/edit.h"
#include "ui/history.h"
#include "ui/host.h"
#include "ui/ledger.h"
#include "ui/signal.h"

#include <stdbool.h>

typedef enum Page { PAGE_PLAY, PAGE_SOUND, PAGE_XRUNS, PAGE_SETUP, PAGE_COUNT } Page;

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
    int patch_index;     // of the part's patch in the list, BROWSER_NONE
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
/// Writes to the status line: for some seconds, or, when it is bad, until Escape or a click. Bad ones wait
/// for each other; of more than DESK_TROUBLES_MAX the oldest is forgotten.
void desk_say(Desk *desk, bool bad, const char *text);
/// The oldest bad one has been seen.
void desk_hush(Desk *desk);
/// The lowest scale's units that the window has room for: true for the roomy layout.
bool desk_is_wide(const Desk *desk);

/// Sends a parameter's value to the part and keeps it in the edit: heard in the notes that sound.
/// [main-thread]
void desk_set_param(Desk *desk, ParamId param, float value);
/// Plays a patch of the list from the next note on. [main-thread]
void desk_load_patch(Desk *desk, int patch);
/// Plays the edit as it is now, after an undo, a redo or a compare. heard: its patch before. Only what
/// differs is sent, and is heard in the notes that sound. False, having said why, when its patch is another
/// one and is refused: the part plays what it played. [main-thread]
bool desk_play_edit(Desk *desk, const Patch *heard);

#endif
