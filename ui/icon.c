// Paints the icon from the rectangles of the drawing, each pixel by how much of it they cover.
#include "ui/icon.h"

#include "ui/color.h"

#include <SDL.h>
#include <stdbool.h>
#include <string.h>

enum {
    DRAWING_SIDE = 128, // units of the drawing
    SAMPLES = 4,        // each way in a pixel: 16 steps of coverage look smooth
    WHITE_KEYS = 7,
};

static const float UNITS = (float)DRAWING_SIDE / (float)ICON_SIDE; // in a pixel
static const float CORE_TOP = 16.0f;
static const float CORE_HEIGHT = 58.0f;
static const float LOAD_TURN = 0.45f; // where of a core's height its load has the middle colour

static const Color GROUND = {0x14, 0x20, 0x2B, 0xFF};
static const Color CORE = {0x22, 0x32, 0x3F, 0xFF};
static const Color LOAD_HIGH = {0xFF, 0xB3, 0x47, 0xFF};
static const Color LOAD_MIDDLE = {0x7F, 0xE0, 0xC0, 0xFF};
static const Color LOAD_LOW = {0x2F, 0x9F, 0xD0, 0xFF};
static const Color KEY = {0xF4, 0xF1, 0xEA, 0xFF};

// In units of the drawing, which is seen from its top left.
typedef struct Box {
    float x, y, width, height, radius;
} Box;

typedef Color Pixels[ICON_SIDE][ICON_SIDE];

// How far a place lies beyond the straight part of a side whose corners are round.
static float beyond(float at, float first, float length, float radius) {
    float low = first + radius - at;
    float high = at - (first + length - radius);
    return SDL_max(SDL_max(low, high), 0.0f);
}

static bool is_inside(Box box, float x, float y) {
    float across = beyond(x, box.x, box.width, box.radius);
    float along = beyond(y, box.y, box.height, box.radius);
    return across * across + along * along <= box.radius * box.radius;
}

// 0..1
static float coverage(Box box, int x, int y) {
    int hits = 0;
    for (int j = 0; j < SAMPLES; j++) {
        for (int i = 0; i < SAMPLES; i++) {
            hits += is_inside(box, ((float)x + ((float)i + 0.5f) / SAMPLES) * UNITS,
                              ((float)y + ((float)j + 0.5f) / SAMPLES) * UNITS);
        }
    }
    return (float)hits / (SAMPLES * SAMPLES);
}

static void fill_row(Pixels pixels, int y, Box box, Color color) {
    for (int x = (int)(box.x / UNITS); x < (int)SDL_ceilf((box.x + box.width) / UNITS); x++) {
        pixels[y][x] = color_blend(pixels[y][x], color, coverage(box, x, y));
    }
}

static void fill(Pixels pixels, Box box, Color color) {
    for (int y = (int)(box.y / UNITS); y < (int)SDL_ceilf((box.y + box.height) / UNITS); y++) {
        fill_row(pixels, y, box, color);
    }
}

// Of a core's height, 0 at its top.
static Color load_color(float down) {
    return down < LOAD_TURN ? color_blend(LOAD_HIGH, LOAD_MIDDLE, down / LOAD_TURN)
                            : color_blend(LOAD_MIDDLE, LOAD_LOW, (down - LOAD_TURN) / (1.0f - LOAD_TURN));
}

static void fill_core(Pixels pixels, float x, float load_top) {
    fill(pixels, (Box){x, CORE_TOP, 12.0f, CORE_HEIGHT, 3.0f}, CORE);
    Box load = {x, load_top, 12.0f, CORE_TOP + CORE_HEIGHT - load_top, 3.0f};
    for (int y = (int)(load_top / UNITS); y < (int)((CORE_TOP + CORE_HEIGHT) / UNITS); y++) {
        fill_row(pixels, y, load, load_color((((float)y + 0.5f) * UNITS - CORE_TOP) / CORE_HEIGHT));
    }
}

static void fill_all(Pixels pixels) {
    static const float LOAD_TOP[] = {38.0f, 22.0f, 46.0f, 30.0f, 52.0f, 40.0f};
    static const float BLACK_KEY[] = {25.0f, 39.0f, 67.0f, 81.0f, 95.0f};
    fill(pixels, (Box){4.0f, 4.0f, 120.0f, 120.0f, 22.0f}, GROUND);
    for (size_t i = 0; i < SDL_arraysize(LOAD_TOP); i++) {
        fill_core(pixels, 16.0f + 17.0f * (float)i, LOAD_TOP[i]);
    }
    for (int i = 0; i < WHITE_KEYS; i++) {
        fill(pixels, (Box){16.0f + 14.0f * (float)i, 82.0f, 12.6f, 32.0f, 2.0f}, KEY);
    }
    for (size_t i = 0; i < SDL_arraysize(BLACK_KEY); i++) {
        fill(pixels, (Box){BLACK_KEY[i], 82.0f, 8.4f, 19.0f, 0.0f}, GROUND);
    }
    fill(pixels, (Box){58.0f, 82.0f, 9.0f, 32.0f, 2.0f}, LOAD_HIGH); // the key that is held
    fill(pixels, (Box){58.0f, 101.0f, 12.6f, 13.0f, 2.0f}, LOAD_HIGH);
}

SDL_Surface *icon_paint(void) {
    Pixels pixels;
    for (int y = 0; y < ICON_SIDE; y++) {
        for (int x = 0; x < ICON_SIDE; x++) {
            pixels[y][x] = color_alpha(GROUND, 0.0f); // of this colour, so that its edge has no other
        }
    }
    fill_all(pixels);
    SDL_Surface *icon = SDL_CreateRGBSurfaceWithFormat(0, ICON_SIDE, ICON_SIDE, 32, SDL_PIXELFORMAT_RGBA32);
    for (int y = 0; icon && y < ICON_SIDE; y++) {
        memcpy((uint8_t *)icon->pixels + y * icon->pitch, pixels[y], sizeof pixels[y]);
    }
    return icon;
}
