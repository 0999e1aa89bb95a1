// Undo is a ring of steps; what is undone changes places with what is heard, so redo is the same step.
#include "ui/edit.h"

#include <string.h>

static const double SETTLE_SECONDS =
    0.3; // until the engine reports what was just sent to it, several blocks on
static const double JOIN_SECONDS = 0.5; // between notches of a wheel that are one gesture

static EditStep *step(Edit *edit, int index) {
    return &edit->undo[(edit->undo_first + index) % EDIT_UNDO_STEPS];
}

static bool same_values(const Patch *a, const Patch *b) {
    return memcmp(a->values, b->values, sizeof a->values) == 0;
}

static bool same_patch(const Patch *a, const Patch *b) {
    return strcmp(a->name, b->name) == 0 && strcmp(a->family, b->family) == 0 && same_values(a, b);
}

void edit_mark(Edit *edit) {
    edit->redo_count = 0;
    edit->comparing = false;
    edit->turning = false;
    const EditStep *newest = edit->undo_count > 0 ? step(edit, edit->undo_count - 1) : NULL;
    if (newest && same_patch(&newest->now, &edit->at.now) && same_patch(&newest->saved, &edit->at.saved)) {
        return;
    }
    if (edit->undo_count == EDIT_UNDO_STEPS) {
        edit->undo_first = (edit->undo_first + 1) % EDIT_UNDO_STEPS;
        edit->undo_count--;
    }
    *step(edit, edit->undo_count++) = edit->at;
}

void edit_turn(Edit *edit, ParamId param, double now_seconds) {
    bool joins = edit->turning && edit->turned == param && now_seconds - edit->turned_at < JOIN_SECONDS;
    if (!joins) {
        edit_mark(edit);
    }
    edit->turning = true;
    edit->turned = param;
    edit->turned_at = now_seconds;
}

void edit_load(Edit *edit, const Patch *patch, double now_seconds) {
    if (edit->at.now.name[0]) {
        edit_mark(edit);
    }
    edit->at.saved = *patch;
    edit->at.now = *patch;
    edit->comparing = false;
    edit->turning = false;
    edit->settled = false;
    edit->loaded_at = now_seconds;
}

void edit_set(Edit *edit, ParamId param, float value, double now_seconds) {
    edit->at.now.values[param] = param_clamp(param, value);
    edit->comparing = false;
    edit->settled = true;
    edit->changed_at = now_seconds;
}

void edit_follow(Edit *edit, const Patch *played, double now_seconds) {
    if (now_seconds - edit->changed_at < SETTLE_SECONDS && edit->at.now.name[0]) {
        return;
    }
    if (strcmp(played->name, edit->at.now.name) != 0) {
        edit_load(edit, played, now_seconds);
    } else if (!edit->settled) { // the name may be a block ahead of the values
        memcpy(edit->at.saved.values, played->values, sizeof edit->at.saved.values);
        memcpy(edit->at.now.values, played->values, sizeof edit->at.now.values);
        edit->settled = now_seconds - edit->loaded_at >= SETTLE_SECONDS;
    } else if (!edit->comparing) {
        memcpy(edit->at.now.values, played->values, sizeof edit->at.now.values);
    }
}

bool edit_can_undo(const Edit *edit) {
    return edit->undo_count > 0;
}

bool edit_can_redo(const Edit *edit) {
    return edit->redo_count > 0;
}

// The step in the ring changes places with what is heard, so the same place serves the way there and back.
static void swap(Edit *edit, int index, double now_seconds) {
    EditStep heard = edit->at;
    edit->at = *step(edit, index);
    *step(edit, index) = heard;
    edit->comparing = false;
    edit->turning = false;
    edit->settled = true;
    edit->changed_at = now_seconds;
}

bool edit_undo(Edit *edit, double now_seconds) {
    if (edit->undo_count == 0) {
        return false;
    }
    edit->undo_count--;
    edit->redo_count++;
    swap(edit, edit->undo_count, now_seconds);
    return true;
}

bool edit_redo(Edit *edit, double now_seconds) {
    if (edit->redo_count == 0) {
        return false;
    }
    edit->redo_count--;
    edit->undo_count++;
    swap(edit, edit->undo_count - 1, now_seconds);
    return true;
}

void edit_compare(Edit *edit, double now_seconds) {
    if (!edit->comparing) {
        edit->kept = edit->at.now;
        edit->at.now = edit->at.saved;
    } else {
        edit->at.now = edit->kept;
    }
    edit->comparing = !edit->comparing;
    edit->turning = false;
    edit->settled = true;
    edit->changed_at = now_seconds;
}

void edit_saved(Edit *edit) {
    edit->at.saved = edit->at.now;
    edit->comparing = false;
    edit->turning = false; // what is turned from here on is a way back to what was saved
}

bool edit_changed(const Edit *edit) {
    return !same_values(&edit->at.now, &edit->at.saved);
}
