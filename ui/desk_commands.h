// What a key of the keyboard, or a button, asks of the desk.
#ifndef UI_DESK_COMMANDS_H
#define UI_DESK_COMMANDS_H

#include "ui/desk.h"

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

/// Does what a key or a button asks for; behind a menu or a dialog some are refused. [main-thread]
void desk_command(Desk *desk, DeskCommand command);
/// The key's name and what it does, for the help; "" where it has none. Valid for the program's life.
/// [any-thread]
const char *desk_command_key(DeskCommand command);
const char *desk_command_name(DeskCommand command);

#endif
