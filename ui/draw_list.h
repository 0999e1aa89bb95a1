// What one frame shows, as a list of commands in the order they were given.
#ifndef UI_DRAW_LIST_H
#define UI_DRAW_LIST_H

#include "ui/color.h"
#include "ui/columns.h"
#include "ui/layout.h"
#include "ui/shapes.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Popups are painted over the base, whatever the order of calls.
typedef enum DrawLayer { LAYER_BASE, LAYER_POPUP, LAYER_TOP, LAYER_COUNT } DrawLayer;

enum { CLIP_DEPTH = 8 };

typedef enum CommandKind {
    COMMAND_FILL,
    COMMAND_ROUND,
    COMMAND_OUTLINE,
    COMMAND_SHAPE,
    COMMAND_HATCH,
    COMMAND_COLUMNS,
    COMMAND_TEXT,
} CommandKind;

typedef struct Command {
    CommandKind kind;
    DrawLayer layer;
    Rect rect;
    Rect clip;
    Color color;
    Shape shape;     // SHAPE; ROUND: a radius; OUTLINE: a radius, b thickness; TEXT: a style; HATCH: a period
    uint32_t offset; // into the bytes: text with its zero, or columns
    uint32_t bytes;
    bool cut; // TEXT: it ends in an ellipsis, and that is the layout's fault
} Command;

typedef struct DrawList {
    Command *commands;
    int command_count, command_capacity;
    uint8_t *bytes;
    size_t byte_count, byte_capacity;

    DrawLayer layer, layer_highest; // highest: that anything was drawn in
    Rect clips[CLIP_DEPTH];
    int clip_depth;
} DrawList;

/// Empties it; commands are clipped to window. All zero is a list that has never been used. [main-thread]
void draw_list_begin(DrawList *list, Rect window);
/// Gives its memory back. [main-thread]
void draw_list_deinit(DrawList *list);

/// Takes down a command, in the present layer and clip; without memory the frame shows less. [main-thread]
void draw_list_add(DrawList *list, Command command);
/// Room for a command's bytes, valid until the next call; NULL when memory is refused. [main-thread]
uint8_t *draw_list_reserve(DrawList *list, size_t bytes);

/// Nests CLIP_DEPTH deep. [main-thread]
void draw_list_push_clip(DrawList *list, Rect rect);
void draw_list_pop_clip(DrawList *list);
Rect draw_list_clip(const DrawList *list);

/// The columns of a command that has them, the text of one that has one. Valid until bytes are reserved.
/// [main-thread]
static inline const Column *command_columns(const DrawList *list, const Command *command) {
    return (const Column *)(const void *)(list->bytes + command->offset);
}
static inline const char *command_text(const DrawList *list, const Command *command) {
    return (const char *)list->bytes + command->offset;
}

#endif
