// The patch as it is being shaped: what was saved, what is heard, and the way back.
#ifndef UI_EDIT_H
#define UI_EDIT_H

#include "engine/patch/patch.h"

#include <stdbool.h>

enum { EDIT_UNDO_STEPS = 64 };

typedef struct EditStep {
    Patch saved; // as loaded or saved last
    Patch now;   // as it sounds
} EditStep;

typedef struct Edit {
    EditStep at;
    Patch kept; // the shaped one while the saved one is heard
    bool comparing;
    EditStep undo[EDIT_UNDO_STEPS]; // a ring: the oldest step is forgotten
    int undo_first, undo_count;     // steps that can be undone
    int redo_count;                 // steps after them that can be done again
    double changed_at;              // seconds; what the engine reports may be older for a moment
    double loaded_at;               // seconds; so may the values of a patch that came with its name
    bool settled;                   // they no longer are
    bool turning;                   // the newest step belongs to the parameter `turned`
    ParamId turned;
    double turned_at; // seconds, when it was turned last
} Edit;

/// A patch was loaded: nothing to undo in it yet, but the one before is a step back. [main-thread]
void edit_load(Edit *edit, const Patch *patch, double now_seconds);
/// Keeps the present values as a step to come back to, unless the newest step is just that. [main-thread]
void edit_mark(Edit *edit);
/// Marks before a parameter is turned; turns of the same one in short order are one step. [main-thread]
void edit_turn(Edit *edit, ParamId param, double now_seconds);
void edit_set(Edit *edit, ParamId param, float value, double now_seconds);
/// Takes over what the engine plays when someone else turned it (MIDI, program change). [main-thread]
void edit_follow(Edit *edit, const Patch *played, double now_seconds);
bool edit_can_undo(const Edit *edit);
bool edit_can_redo(const Edit *edit);
/// True when `now` changed: play it. [main-thread]
bool edit_undo(Edit *edit, double now_seconds);
bool edit_redo(Edit *edit, double now_seconds);
/// Changes between what was saved and what was shaped. [main-thread]
void edit_compare(Edit *edit, double now_seconds);
/// What is heard has been saved under its name. [main-thread]
void edit_saved(Edit *edit);
/// True when what is heard is not what was saved.
bool edit_changed(const Edit *edit);

#endif
