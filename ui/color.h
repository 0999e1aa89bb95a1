// A colour, and how two of them mix.
#ifndef UI_COLOR_H
#define UI_COLOR_H

#include <stdint.h>

typedef struct Color {
    uint8_t r, g, b, a;
} Color;

/// a with share 0..1 of b. [any-thread]
Color color_blend(Color a, Color b, float share);
/// The same colour; alpha: 0..1. [any-thread]
Color color_alpha(Color color, float alpha);

#endif
