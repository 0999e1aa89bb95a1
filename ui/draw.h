// Takes down what a frame shows, and paints only the places where it differs from the frame before.
#ifndef UI_DRAW_H
#define UI_DRAW_H

#include "platform/error.h"
#include "ui/color.h"
#include "ui/draw_damage.h"
#include "ui/draw_list.h"
#include "ui/font.h"
#include "ui/layout.h"

typedef enum DrawPoint { POINT_UP, POINT_RIGHT, POINT_DOWN, POINT_LEFT } DrawPoint;

typedef struct Draw Draw;
struct SDL_Renderer;
struct SDL_Surface;

/// scale: pixels a unit. NULL with error filled without a font or memory. [main-thread]
Draw *draw_create(float scale, Error *error);
void draw_destroy(Draw *draw);
/// Fonts and sizes of another scale from the next frame on; false with error filled leaves the old.
/// [main-thread]
bool draw_set_scale(Draw *draw, float scale, Error *error);
/// Paints to this surface by its software renderer, all of it in the next frame. The surface has 32 bits a
/// pixel, 8 a colour. Both NULL: the ones before are gone. [main-thread]
void draw_set_renderer(Draw *draw, struct SDL_Renderer *renderer, struct SDL_Surface *surface);
int draw_width(const Draw *draw);
int draw_height(const Draw *draw);
/// Pixels of a length in units, at least 1 when units > 0.
int draw_px(const Draw *draw, float units);

/// Forgets the commands of the frame before and begins another. [main-thread]
void draw_begin(Draw *draw);
/// Paints what changed; fills damage and returns how many rectangles (all in one when there are more): 0
/// without a renderer. [main-thread]
int draw_end(Draw *draw, Rect damage[DRAW_DAMAGE_MAX]);

void draw_set_layer(Draw *draw, DrawLayer layer);
DrawLayer draw_layer(const Draw *draw);
/// Narrows what is painted to rect until the pop. Nests 8 deep.
void draw_push_clip(Draw *draw, Rect rect);
/// Lets a popup out of the clip it is called in, until the pop.
void draw_push_window_clip(Draw *draw);
void draw_pop_clip(Draw *draw);
Rect draw_clip(const Draw *draw);

void draw_fill(Draw *draw, Rect rect, Color color);
void draw_round(Draw *draw, Rect rect, int radius, Color color);
void draw_outline(Draw *draw, Rect rect, int radius, int thickness, Color color);
void draw_disc(Draw *draw, int center_x, int center_y, int diameter, Color color);
/// Part of a ring: begin and end in turns 0..1 clockwise from the bottom.
void draw_arc(Draw *draw, Rect square, int thickness, float begin, float end, Color color);
void draw_needle(Draw *draw, Rect square, int thickness, float direction, Color color);
void draw_triangle(Draw *draw, Rect square, DrawPoint point, Color color);
/// Diagonal stripes: told from a fill without colour.
void draw_hatch(Draw *draw, Rect rect, Color color);
/// For each column of rect from the left a bar from low to high, both 0 (bottom) .. 1 (top), with soft ends.
void draw_columns(Draw *draw, Rect rect, const float *low, const float *high, int count, Color color);

/// What the frame has taken down so far, and what its text is written with: for draw_text. [main-thread]
DrawList *draw_list(Draw *draw);
Font *draw_font(const Draw *draw);

#endif
