// Mixes byte by byte, as the display has it: no gamma.
#include "ui/color.h"

static uint8_t blend(uint8_t a, uint8_t b, float share) {
    return (uint8_t)((float)a + ((float)b - (float)a) * share + 0.5f);
}

Color color_blend(Color a, Color b, float share) {
    return (Color){blend(a.r, b.r, share), blend(a.g, b.g, share), blend(a.b, b.b, share),
                   blend(a.a, b.a, share)};
}

Color color_alpha(Color color, float alpha) {
    color.a = (uint8_t)(alpha * 255.0f + 0.5f);
    return color;
}
