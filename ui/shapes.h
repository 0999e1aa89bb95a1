// Smooth shapes as coverage masks, each made once and kept as a texture.
#ifndef UI_SHAPES_H
#define UI_SHAPES_H

#include <stdint.h>

typedef enum ShapeKind {
    SHAPE_DISC, // a: diameter
    SHAPE_ARC,  // a: diameter, b: thickness, c and d: begin and end in 1/256 turns clockwise from the bottom
    SHAPE_CORNER,   // a: radius of the quarter disc, b: which corner (0 top left, clockwise)
    SHAPE_RING,     // a: outer radius of the quarter ring, b: corner, c: thickness
    SHAPE_TRIANGLE, // a: size, b: where it points (0 up, 1 right, 2 down, 3 left)
    SHAPE_HATCH,    // a: period of diagonal stripes; the mask is 16 periods wide and high
    SHAPE_NEEDLE,   // a: diameter, b: thickness, c: direction in 1/256 turns clockwise from the bottom
} ShapeKind;

enum { SHAPE_HATCH_PERIODS = 16 };

/// What makes a mask; all in pixels but where said otherwise.
typedef struct Shape {
    uint16_t kind; // ShapeKind
    uint16_t a, b, c, d;
} Shape;

typedef struct Shapes Shapes;
struct SDL_Renderer;
struct SDL_Texture;

Shapes *shapes_create(void);
void shapes_destroy(Shapes *shapes);
/// Masks belong to this renderer from now on; the ones before are forgotten. [main-thread]
void shapes_set_renderer(Shapes *shapes, struct SDL_Renderer *renderer);

/// Side of the shape's square mask in pixels. [any-thread]
int shape_side(Shape shape);
/// The mask, white with alpha; NULL when memory is refused. Valid until the next call. [main-thread]
struct SDL_Texture *shapes_texture(Shapes *shapes, Shape shape);

#endif
