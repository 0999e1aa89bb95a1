// How many pixels a unit of the desk takes.
#ifndef UI_SCALE_H
#define UI_SCALE_H

enum { SCALE_WIDTH = 1280, SCALE_HEIGHT = 800 };        // units that a window has when it first opens
enum { SCALE_WIDTH_MIN = 800, SCALE_HEIGHT_MIN = 500 }; // units that the desk needs for all it shows

/// width, height: the surface's pixels, >= 1. pixels: of the surface for one of the window's units, > 0.
/// zoom: the user's factor, > 0. The desk never gets fewer than SCALE_WIDTH_MIN by SCALE_HEIGHT_MIN units,
/// save in a surface too small for text.
float scale_find(int width, int height, float pixels, float zoom);

#endif
