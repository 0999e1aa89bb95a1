// Coverage by supersampling, in a table of textures.
#include "ui/shapes.h"

#include <SDL.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

enum {
    ENTRIES = 2048, // every position of every knob on a 4K screen, a few times over; a power of two
    SIDE_MAX = 512,
    SAMPLES = 4, // each way in a pixel: 16 steps of coverage look smooth
};

typedef struct Entry {
    Shape shape;
    bool used;
    SDL_Texture *texture;
} Entry;

struct Shapes {
    SDL_Renderer *renderer;
    Entry entries[ENTRIES];
    uint32_t used;
};

typedef struct Direction {
    float x, y;
} Direction;

// What is asked of every point in a shape.
typedef struct Outline {
    Shape shape;
    Direction begin, end; // of an arc; a needle's is the first
} Outline;

Shapes *shapes_create(void) {
    return calloc(1, sizeof(Shapes));
}

static void empty(Shapes *shapes) {
    for (int i = 0; i < ENTRIES; i++) {
        if (shapes->entries[i].texture) {
            SDL_DestroyTexture(shapes->entries[i].texture);
        }
        shapes->entries[i] = (Entry){0};
    }
    shapes->used = 0;
}

void shapes_destroy(Shapes *shapes) {
    if (shapes) {
        empty(shapes);
        free(shapes);
    }
}

void shapes_set_renderer(Shapes *shapes, SDL_Renderer *renderer) {
    empty(shapes);
    shapes->renderer = renderer;
}

int shape_side(Shape shape) {
    int side = shape.kind == SHAPE_HATCH ? shape.a * SHAPE_HATCH_PERIODS : shape.a;
    return side < 1 ? 1 : side > SIDE_MAX ? SIDE_MAX : side;
}

// A direction from the centre, in 256ths of a turn clockwise from the bottom.
static Direction direction(uint16_t steps) {
    float angle = (float)(steps & 255) * 0.024543693f; // 2 pi / 256
    return (Direction){-sinf(angle), cosf(angle)};
}

// Positive when a turn clockwise by less than a half leads from a to b.
static float turn(Direction a, Direction b) {
    return a.x * b.y - a.y * b.x;
}

static bool in_arc(const Outline *outline, float x, float y) {
    Shape shape = outline->shape;
    float radius = 0.5f * (float)shape.a;
    float inner = radius - (float)shape.b;
    Direction at = {x - radius, y - radius};
    float square = at.x * at.x + at.y * at.y;
    if (square > radius * radius || square < inner * inner) {
        return false;
    }
    bool after_begin = turn(outline->begin, at) >= 0.0f;
    bool before_end = turn(at, outline->end) >= 0.0f;
    int steps = shape.d - shape.c;
    return steps >= 256 || (steps > 128 ? after_begin || before_end : after_begin && before_end);
}

static bool in_needle(const Outline *outline, float x, float y) {
    float radius = 0.5f * (float)outline->shape.a;
    Direction at = {x - radius, y - radius};
    float along = at.x * outline->begin.x + at.y * outline->begin.y;
    float across = turn(at, outline->begin);
    return along > radius * 0.35f && along < radius && fabsf(across) * 2.0f < (float)outline->shape.b;
}

static bool in_corner(Shape shape, float x, float y, float thickness) {
    float radius = (float)shape.a;
    float dx = shape.b == 0 || shape.b == 3 ? radius - x : x;
    float dy = shape.b == 0 || shape.b == 1 ? radius - y : y;
    float square = dx * dx + dy * dy;
    float inner = radius - thickness;
    return square <= radius * radius && (thickness <= 0.0f || square >= inner * inner);
}

static bool in_triangle(Shape shape, float x, float y) {
    float size = (float)shape.a;
    float u = x / size - 0.5f;
    float v = y / size - 0.5f;
    float along = shape.b == 0 ? -v : shape.b == 1 ? u : shape.b == 2 ? v : -u;
    float across = shape.b % 2 == 0 ? u : v;
    return along > -0.25f && along < 0.25f && fabsf(across) < 0.25f - along;
}

static bool inside(const Outline *outline, float x, float y) {
    Shape shape = outline->shape;
    switch ((ShapeKind)shape.kind) {
    case SHAPE_DISC: {
        float radius = 0.5f * (float)shape.a;
        return (x - radius) * (x - radius) + (y - radius) * (y - radius) <= radius * radius;
    }
    case SHAPE_ARC:
        return in_arc(outline, x, y);
    case SHAPE_CORNER:
        return in_corner(shape, x, y, 0.0f);
    case SHAPE_RING:
        return in_corner(shape, x, y, (float)shape.c);
    case SHAPE_TRIANGLE:
        return in_triangle(shape, x, y);
    case SHAPE_HATCH:
        return fmodf(x + y, (float)shape.a) < 0.5f * (float)shape.a;
    case SHAPE_NEEDLE:
        return in_needle(outline, x, y);
    }
    return false;
}

// True where no point of a pixel can lie in the ring that an arc is cut from.
static bool is_off_ring(Shape shape, int x, int y) {
    float radius = 0.5f * (float)shape.a;
    float dx = (float)x + 0.5f - radius;
    float dy = (float)y + 0.5f - radius;
    float inner = fmaxf(radius - (float)shape.b - 1.0f, 0.0f);
    float square = dx * dx + dy * dy;
    return square > (radius + 1.0f) * (radius + 1.0f) || square < inner * inner;
}

static uint8_t coverage(const Outline *outline, int x, int y) {
    int hits = 0;
    if (outline->shape.kind == SHAPE_ARC && is_off_ring(outline->shape, x, y)) {
        return 0;
    }
    for (int j = 0; j < SAMPLES; j++) {
        for (int i = 0; i < SAMPLES; i++) {
            hits += inside(outline, (float)x + ((float)i + 0.5f) / SAMPLES,
                           (float)y + ((float)j + 0.5f) / SAMPLES);
        }
    }
    return (uint8_t)(hits * 255 / (SAMPLES * SAMPLES));
}

static SDL_Texture *make(Shapes *shapes, Shape shape) {
    int side = shape_side(shape);
    SDL_Surface *surface = SDL_CreateRGBSurfaceWithFormat(0, side, side, 32, SDL_PIXELFORMAT_ARGB8888);
    if (!surface) {
        return NULL;
    }
    Outline outline = {shape, direction(shape.c), direction(shape.d)};
    for (int y = 0; y < side; y++) {
        uint32_t *row = (uint32_t *)(void *)((uint8_t *)surface->pixels + y * surface->pitch);
        for (int x = 0; x < side; x++) {
            row[x] = 0x00FFFFFFu | (uint32_t)coverage(&outline, x, y) << 24;
        }
    }
    SDL_Texture *texture = SDL_CreateTextureFromSurface(shapes->renderer, surface);
    SDL_FreeSurface(surface);
    return texture;
}

static bool same(Shape a, Shape b) {
    return a.kind == b.kind && a.a == b.a && a.b == b.b && a.c == b.c && a.d == b.d;
}

SDL_Texture *shapes_texture(Shapes *shapes, Shape shape) {
    if (shapes->used > ENTRIES / 2) {
        empty(shapes);
    }
    uint32_t hash = shape.kind;
    hash = (hash * 31u + shape.a) * 2654435761u;
    hash = (hash ^ shape.b) * 2246822519u;
    hash = (hash ^ shape.c) * 3266489917u;
    hash = (hash ^ shape.d) * 668265263u;
    uint32_t place = hash >> 21 & (ENTRIES - 1);
    while (shapes->entries[place].used && !same(shapes->entries[place].shape, shape)) {
        place = (place + 1) & (ENTRIES - 1);
    }
    Entry *entry = &shapes->entries[place];
    if (!entry->used) {
        *entry = (Entry){.shape = shape, .used = true, .texture = make(shapes, shape)};
        shapes->used++;
    }
    return entry->texture;
}
