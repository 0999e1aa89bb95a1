// How many pixels a unit of the desk takes: more on finer displays and in larger windows, never so many that
// it is cut.
#include "ui/scale.h"

static const float STEP = 0.25f;
static const float GROWTH = 0.5f;        // of a larger window goes into larger text, the rest into more room
static const float LIMIT_STEP = 0.0625f; // fonts are not made anew for every pixel of a window being resized
static const float LEAST = 0.25f;        // below nothing can be read

static float smaller(float a, float b) {
    return a < b ? a : b;
}

static float steps_below(float value, float step) {
    return (float)(int)(value / step + 0.01f) * step;
}

// A large window is meant to be read from further away: half of its size goes into the scale.
float scale_find(int width, int height, float pixels, float zoom) {
    float room = smaller((float)width / pixels / SCALE_WIDTH, (float)height / pixels / SCALE_HEIGHT);
    float grown = room > 1.0f ? 1.0f + GROWTH * (room - 1.0f) : 1.0f;
    float wanted = steps_below(grown, STEP) * pixels * zoom;
    float limit =
        steps_below(smaller((float)width / SCALE_WIDTH_MIN, (float)height / SCALE_HEIGHT_MIN), LIMIT_STEP);
    float scale = smaller(wanted, limit);
    return scale > LEAST ? scale : LEAST;
}
