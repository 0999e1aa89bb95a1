// The commands of one frame, shared by what takes them down and what paints them.
#ifndef UI_DRAW_LIST_H
#define UI_DRAW_LIST_H

#include "ui/columns.h"
#include "ui/draw.h"

#include <stddef.h>

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
    bool cut;
} Command;

struct Draw {
    Font *font;
    Shapes *shapes;
    struct SDL_Renderer *renderer;
    struct SDL_Surface *surface;
    int width, height;
    float scale;

    Command *commands;
    int command_count, command_capacity;
    uint8_t *bytes;
    size_t byte_count, byte_capacity;
    bool overflow; // memory was refused: this frame shows less

    DrawLayer layer, layer_highest; // highest: that anything was drawn in
    Rect clips[CLIP_DEPTH];
    int clip_depth;

    int columns, rows; // of cells
    uint64_t *cells;   // hash of what each shows; the first half is this frame's, the second the last one's
};

/// Takes down a command, in the present layer and clip. [main-thread]
void draw_add(Draw *draw, Command command);
/// The columns of a command that has them. [main-thread]
static inline const Column *command_columns(const Draw *draw, const Command *command) {
    return (const Column *)(const void *)(draw->bytes + command->offset);
}
/// Room for a command's bytes, valid until the next call; NULL when memory is refused. [main-thread]
uint8_t *draw_reserve_bytes(Draw *draw, size_t bytes);

/// Cells for the draw's width and height, all of them to be painted. [main-thread]
void draw_damage_resize(Draw *draw);
void draw_damage_begin(Draw *draw);
void draw_damage_mark(Draw *draw, const Command *command);
/// Gathers the cells that changed; returns how many rectangles, all in one when there are more.
int draw_damage_find(const Draw *draw, Rect damage[DRAW_DAMAGE_MAX]);
/// What is shown now is what the next frame is compared with.
void draw_damage_keep(Draw *draw);

/// Paints what is seen in the rectangles, which do not meet. [main-thread]
void draw_paint(Draw *draw, const Rect *rects, int count);

#endif
