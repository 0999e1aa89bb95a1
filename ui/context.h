// Who has the pointer, the keyboard focus and the popup: what every widget of a frame shares.
#ifndef UI_CONTEXT_H
#define UI_CONTEXT_H

#include "ui/draw.h"
#include "ui/theme.h"

#include <stdbool.h>
#include <stdint.h>

typedef uint32_t UiId; // 0: none

enum {
    UI_WIDGETS_MAX = 1024, // in one frame
    UI_TEXT_BYTES = 256,
    UI_TIP_BYTES = 320,
    UI_FINGERS_MAX = 10,
    UI_SEED_DEPTH = 8,
};

/// Keys that widgets know; the rest are the window's.
typedef enum UiKey {
    UI_KEY_NONE,
    UI_KEY_TAB,
    UI_KEY_ENTER,
    UI_KEY_ESCAPE,
    UI_KEY_LEFT,
    UI_KEY_RIGHT,
    UI_KEY_UP,
    UI_KEY_DOWN,
    UI_KEY_HOME,
    UI_KEY_END,
    UI_KEY_PAGE_UP,
    UI_KEY_PAGE_DOWN,
    UI_KEY_BACKSPACE,
    UI_KEY_DELETE,
    UI_KEY_PASTE,
    UI_KEY_MENU, // the key that asks for a context menu
} UiKey;

typedef struct UiFinger {
    int64_t id;
    int x, y;
    int begin_x, begin_y; // where it was put down
} UiFinger;

/// What has happened since the frame before: at most one press, release or key a frame.
typedef struct UiInput {
    double now_seconds;
    int x, y;  // pointer; -1, -1 when it is outside
    bool down; // left button held
    bool pressed, released, double_click, right_pressed;
    bool from_touch; // the pointer is a finger
    float wheel;     // notches, up is positive
    UiKey key;
    bool shift, control;
    char text[32]; // typed, UTF-8
    UiFinger fingers[UI_FINGERS_MAX];
    int finger_count;
} UiInput;

/// One widget that was placed in the frame.
typedef struct UiWidget {
    UiId id;
    Rect rect;
    Rect clip;
    DrawLayer layer;
    int group; // panel, for Ctrl+Tab
    bool focusable;
} UiWidget;

/// What the widget's user does to it now.
typedef struct UiState {
    bool hover;
    bool held;    // pressed here and not let go
    bool pressed; // this frame
    bool clicked; // let go over it, or Enter
    bool right;   // right button, or the menu key
    bool double_click;
    bool focused;
} UiState;

typedef struct Ui {
    Draw *draw;
    const Theme *theme;
    UiInput in;

    UiId seeds[UI_SEED_DEPTH];
    int seed_depth;
    int group;

    UiWidget widgets[UI_WIDGETS_MAX];
    int widget_count;
    UiId active; // has the pointer until the button is let go
    UiId focus;
    UiId focus_at_begin; // of the frame
    UiId focus_before_popup;
    bool focus_by_key; // so it is shown strongly, and scrolled to
    double key_at;     // seconds, of the last key: the focus rests since then
    DrawLayer modal, modal_next;

    UiId hover_id;
    double hover_since;
    char tip[UI_TIP_BYTES];
    Rect tip_rect;
    bool tip_pointed; // else it is the focused widget's

    UiId menu; // open drop-down
    int menu_first, menu_choice;

    UiId edit; // text field being typed in
    int edit_cursor;
    bool edit_all; // the next character replaces everything
    char edit_text[UI_TEXT_BYTES];

    float drag_travel; // where the dragged knob or scroll bar began
    int drag_x, drag_y;
    bool drag_moved; // since it was pressed
} Ui;

enum { UI_NO_FOCUS = 1 };

void ui_begin(Ui *ui, const UiInput *input);
/// Moves the focus, shows the tooltip.
void ui_end(Ui *ui);

/// Pixels of a length in units of the grid.
int ui_px(const Ui *ui, float units);
/// A name's id within the present seed.
UiId ui_id(const Ui *ui, const char *name);
void ui_push(Ui *ui, const char *name, int index);
void ui_pop(Ui *ui);

/// Places a widget: everything that can be pointed at or focused goes through here. flags: UI_NO_FOCUS or 0.
UiState ui_widget(Ui *ui, UiId id, Rect rect, int flags);
/// True when this layer gets the input now.
bool ui_enabled(const Ui *ui);
/// Takes the key so that nobody behind sees it.
bool ui_take_key(Ui *ui, UiKey key);
void ui_set_focus(Ui *ui, UiId id, bool by_key);
/// Draws the focus ring of the widget if it has the focus.
void ui_focus_ring(Ui *ui, UiState state, Rect rect);
/// True when the widget placed last shows its tooltip now: for texts that take time to write.
bool ui_tip_due(const Ui *ui);
/// Gives a tooltip to the widget placed last.
void ui_tip(Ui *ui, const char *text);
/// While called in every frame, only the layer drawn now gets input.
void ui_hold_modal(Ui *ui);
/// True when typed letters belong to a text field.
bool ui_wants_text(const Ui *ui);

#endif
