// Paints the commands of a frame.
#ifndef UI_DRAW_PAINT_H
#define UI_DRAW_PAINT_H

#include "ui/draw_damage.h"
#include "ui/draw_list.h"
#include "ui/font.h"
#include "ui/layout.h"
#include "ui/shapes.h"

struct SDL_Renderer;
struct SDL_Surface;

/// What is painted with, and where to.
typedef struct Painter {
    Font *font;
    Shapes *shapes;
    struct SDL_Renderer *renderer; // a software renderer into the surface
    struct SDL_Surface *surface;
} Painter;

/// Paints what is seen of the list in the rectangles, which do not meet. count: 0..DRAW_DAMAGE_MAX.
/// [main-thread]
void draw_paint(const Painter *painter, const DrawList *list, const Rect *rects, int count);

#endif
