// The two palettes. Blue, orange and vermilion stay apart for every common kind of colour blindness (Okabe
// and Ito, 2008).
#include "ui/theme.h"

#define RGB(r, g, b) {r, g, b, 255}

const Theme THEME_DARK = {
    .name = "dark",
    .ground = RGB(0x0D, 0x10, 0x15),
    .panel = RGB(0x15, 0x19, 0x20),
    .raised = RGB(0x20, 0x26, 0x30),
    .hover = RGB(0x2B, 0x33, 0x40),
    .line = RGB(0x2C, 0x34, 0x40),
    .text = RGB(0xEC, 0xEF, 0xF4),
    .dim = RGB(0x93, 0x9E, 0xAF),
    .accent = RGB(0x5B, 0xB8, 0xF5),
    .on_accent = RGB(0x06, 0x16, 0x24),
    .warn = RGB(0xF2, 0xAE, 0x1C),
    .bad = RGB(0xF5, 0x5B, 0x32),
    .on_bad = RGB(0x1E, 0x06, 0x00),
    .key_white = RGB(0xE3, 0xE7, 0xED),
    .key_black = RGB(0x1B, 0x20, 0x29),
    .key_line = RGB(0x0D, 0x10, 0x15),
};

const Theme THEME_LIGHT = {
    .name = "light",
    .ground = RGB(0xE9, 0xEC, 0xF0),
    .panel = RGB(0xFA, 0xFB, 0xFC),
    .raised = RGB(0xE6, 0xEA, 0xEF),
    .hover = RGB(0xD8, 0xDE, 0xE6),
    .line = RGB(0xCD, 0xD4, 0xDD),
    .text = RGB(0x16, 0x1B, 0x22),
    .dim = RGB(0x56, 0x61, 0x70),
    .accent = RGB(0x00, 0x6C, 0xB8),
    .on_accent = RGB(0xFF, 0xFF, 0xFF),
    .warn = RGB(0xA8, 0x62, 0x00),
    .bad = RGB(0xC4, 0x36, 0x0A),
    .on_bad = RGB(0xFF, 0xFF, 0xFF),
    .key_white = RGB(0xFF, 0xFF, 0xFF),
    .key_black = RGB(0x2A, 0x31, 0x3B),
    .key_line = RGB(0xB4, 0xBD, 0xC9),
};

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
