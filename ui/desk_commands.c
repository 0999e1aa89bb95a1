// Each command by the desk's own functions, and the table of what they are called.
#include "ui/desk_commands.h"

#include "platform/clock.h"
#include "ui/field.h"
#include "ui/keys.h"

#include <SDL_stdinc.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static const float ZOOM_STEP = 1.125f;

static void remember_number(Desk *desk, const char *name, float value) {
    char text[HOST_TEXT_BYTES];
    snprintf(text, sizeof text, "%g", (double)value);
    desk->host->remember(desk->host->user, name, text);
}

static void toggle_record(Desk *desk) {
    HostRecording recording;
    Error error;
    desk->host->recording(desk->host->user, &recording);
    bool done = recording.on ? desk->host->record_stop(desk->host->user, &error)
                             : desk->host->record_start(desk->host->user, &error);
    if (!done) {
        desk_say(desk, true, error.text);
    } else if (recording.on) {
        char text[ERROR_TEXT_BYTES];
        snprintf(text, sizeof text, "Recorded %.480s", recording.path);
        desk_say(desk, false, text);
    }
}

static void save_ledger(Desk *desk) {
    size_t capacity = 64 * 1024; // 256 entries of under 128 bytes each
    char *text = malloc(capacity);
    char path[HOST_PATH_BYTES];
    char said[ERROR_TEXT_BYTES];
    Error error;
    if (text && ledger_csv(&desk->ledger, clock_now_ns(), time(NULL), text, capacity) < capacity) {
        if (desk->host->save_text(desk->host->user, "xruns", "csv", text, path, &error)) {
            snprintf(said, sizeof said, "Saved %.480s", path);
            desk_say(desk, false, said);
        } else {
            desk_say(desk, true, error.text);
        }
    }
    free(text);
}

static void change_theme(Desk *desk) {
    desk->ui.theme = desk->ui.theme == &THEME_DARK ? &THEME_LIGHT : &THEME_DARK;
    desk->host->remember(desk->host->user, "theme", desk->ui.theme->name);
}

static void change_zoom(Desk *desk, float factor) {
    desk->zoom = float_clamp(desk->zoom * factor, DESK_ZOOM_MIN, DESK_ZOOM_MAX);
    desk->zoom_changed = true;
    remember_number(desk, "zoom", desk->zoom);
}

// What is half done on a page ends with it: its menu, its field, the knob in hand, MIDI learn.
static void leave_page(Desk *desk) {
    desk->ui.menu = 0;
    desk->ui.edit = 0;
    desk->ui.active = 0;
    desk->menu_param = PARAM_COUNT;
    desk->gesture = false;
    desk->host->learn_cancel(desk->host->user);
}

static void change_page(Desk *desk, Page page) {
    leave_page(desk);
    desk->page = page;
    remember_number(desk, "page", (float)page);
}

static void change_octave(Desk *desk, int step) {
    desk->keys.octave = int_clamp(desk->keys.octave + step, OCTAVE_MIN, OCTAVE_MAX);
    remember_number(desk, "octave", (float)desk->keys.octave);
}

static void open_save(Desk *desk) {
    SDL_strlcpy(desk->save.name, desk->edit->at.now.name, sizeof desk->save.name);
    SDL_strlcpy(desk->save.family, desk->edit->at.now.family, sizeof desk->save.family);
    desk->save.problem[0] = '\0';
    desk->save.taken = false;
    desk->save.open = true;
}

static void save_patch(Desk *desk) {
    HostPatchInfo info = {.user = false};
    if (desk->patch_index >= 0) {
        desk->host->patch_info(desk->host->user, desk->patch_index, &info);
    }
    if (!info.user) { // a built-in patch is never written over: it gets a name of its own
        open_save(desk);
        return;
    }
    Error error;
    if (!desk->host->patch_save(desk->host->user, &desk->edit->at.now, true, &error)) {
        desk_say(desk, true, error.text);
        return;
    }
    edit_saved(desk->edit);
    desk->browser.stale = true;
    desk_say(desk, false, "Saved.");
}

static bool step_edit(Desk *desk, bool back) {
    return (back ? edit_undo : edit_redo)(desk->edit, desk->now_seconds);
}

static void undo_or_redo(Desk *desk, bool back) {
    Patch heard = desk->edit->at.now;
    if (step_edit(desk, back) && !desk_play_edit(desk, &heard)) {
        step_edit(desk, !back); // what is shown is what is heard
    }
}

static void compare(Desk *desk) {
    Patch heard = desk->edit->at.now;
    edit_compare(desk->edit, desk->now_seconds);
    if (!desk_play_edit(desk, &heard)) {
        edit_compare(desk->edit, desk->now_seconds); // refused: what plays is shown again
    }
}

static void step_patch(Desk *desk, int step) {
    int patch = browser_next(&desk->browser, step);
    if (patch != BROWSER_NONE) {
        desk_load_patch(desk, patch);
    }
}

// Behind a menu or a dialog nothing changes that it is about, or that cannot be seen.
static bool waits_for_modal(const Desk *desk, DeskCommand command) {
    if (desk->ui.modal == LAYER_BASE) {
        return false;
    }
    switch (command) {
    case DESK_HELP:
        return !desk->help;
    case DESK_PAGE_PLAY:
    case DESK_PAGE_SOUND:
    case DESK_PAGE_XRUNS:
    case DESK_PAGE_SETUP:
    case DESK_UNDO:
    case DESK_REDO:
    case DESK_COMPARE:
    case DESK_SAVE:
    case DESK_SAVE_AS:
    case DESK_SEARCH:
    case DESK_PATCH_NEXT:
    case DESK_PATCH_BEFORE:
        return true;
    default:
        return false;
    }
}

void desk_command(Desk *desk, DeskCommand command) {
    if (waits_for_modal(desk, command)) {
        return;
    }
    switch (command) {
    case DESK_HELP:
        desk->help = !desk->help;
        break;
    case DESK_PAGE_PLAY:
    case DESK_PAGE_SOUND:
    case DESK_PAGE_XRUNS:
    case DESK_PAGE_SETUP:
        change_page(desk, (Page)(command - DESK_PAGE_PLAY));
        break;
    case DESK_RECORD:
        toggle_record(desk);
        break;
    case DESK_XRUNS_RESET:
        ledger_reset(&desk->ledger);
        break;
    case DESK_XRUNS_SAVE:
        save_ledger(desk);
        break;
    case DESK_PANIC:
        keys_release_all(desk);
        desk->host->push(desk->host->user, (Event){.kind = EVENT_PANIC});
        desk_say(desk, false, "All notes off.");
        break;
    case DESK_THEME:
        change_theme(desk);
        break;
    case DESK_ZOOM_IN:
        change_zoom(desk, ZOOM_STEP);
        break;
    case DESK_ZOOM_OUT:
        change_zoom(desk, 1.0f / ZOOM_STEP);
        break;
    case DESK_UNDO:
    case DESK_REDO:
        undo_or_redo(desk, command == DESK_UNDO);
        break;
    case DESK_COMPARE:
        compare(desk);
        break;
    case DESK_SAVE:
        save_patch(desk);
        break;
    case DESK_SAVE_AS:
        open_save(desk);
        break;
    case DESK_SEARCH:
        change_page(desk, PAGE_SOUND);
        ui_field_enter(&desk->ui, ui_id(&desk->ui, "search"), desk->browser.search);
        break;
    case DESK_PATCH_NEXT:
    case DESK_PATCH_BEFORE:
        step_patch(desk, command == DESK_PATCH_NEXT ? 1 : -1);
        break;
    case DESK_OCTAVE_UP:
    case DESK_OCTAVE_DOWN:
        change_octave(desk, command == DESK_OCTAVE_UP ? 1 : -1);
        break;
    case DESK_QUIT:
        desk->quit = true;
        break;
    case DESK_COMMAND_COUNT:
        break;
    }
}

typedef struct CommandText {
    const char *key;
    const char *name;
} CommandText;

static const CommandText COMMAND_TEXTS[DESK_COMMAND_COUNT] = {
    [DESK_HELP] = {"F1", "These keys"},
    [DESK_PAGE_PLAY] = {"F2", "Page: play"},
    [DESK_PAGE_SOUND] = {"F3", "Page: sound"},
    [DESK_PAGE_XRUNS] = {"F4", "Page: xruns"},
    [DESK_PAGE_SETUP] = {"F5", "Page: set-up"},
    [DESK_XRUNS_RESET] = {"F6", "Count xruns from 0"},
    [DESK_XRUNS_SAVE] = {"F7", "Save the xruns as CSV"},
    [DESK_PANIC] = {"F8", "Panic: all notes off"},
    [DESK_THEME] = {"F9", "Light or dark"},
    [DESK_RECORD] = {"F12", "Record, and stop"},
    [DESK_ZOOM_IN] = {"Ctrl +", "Larger"},
    [DESK_ZOOM_OUT] = {"Ctrl \xE2\x88\x92", "Smaller"},
    [DESK_UNDO] = {"Ctrl Z", "Undo"},
    [DESK_REDO] = {"Ctrl Y", "Redo"},
    [DESK_COMPARE] = {"Ctrl E", "Compare with the saved patch"},
    [DESK_SAVE] = {"Ctrl S", "Save the patch"},
    [DESK_SAVE_AS] = {"Ctrl Shift S", "Save under a name"},
    [DESK_SEARCH] = {"Ctrl F", "Search patches"},
    [DESK_PATCH_NEXT] = {"Ctrl \xE2\x86\x93", "Next patch"},
    [DESK_PATCH_BEFORE] = {"Ctrl \xE2\x86\x91", "Patch before"},
    [DESK_OCTAVE_UP] = {"=", "Octave up"},
    [DESK_OCTAVE_DOWN] = {"\xE2\x88\x92", "Octave down"},
    [DESK_QUIT] = {"Ctrl Q", "Quit"},
};

const char *desk_command_key(DeskCommand command) {
    return COMMAND_TEXTS[command].key;
}

const char *desk_command_name(DeskCommand command) {
    return COMMAND_TEXTS[command].name;
}
