// Smooth shapes as coverage masks, each made once and kept as a texture.
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

// Turns clockwise from the bottom of a point relative to the centre, 0..1.
static float turns_at(float x, float y) {
    float turns = atan2f(-x, y) * 0.15915494f;
    return turns < 0.0f ? turns + 1.0f : turns;
}

static bool in_arc(Shape shape, float x, float y) {
    float radius = 0.5f * (float)shape.a;
    float dx = x - radius;
    float dy = y - radius;
    float distance = sqrtf(dx * dx + dy * dy);
    if (distance > radius || distance < radius - (float)shape.b) {
        return false;
    }
    float turns = turns_at(dx, dy) * 256.0f;
    return turns >= (float)shape.c && turns <= (float)shape.d;
}

static bool in_needle(Shape shape, float x, float y) {
    float radius = 0.5f * (float)shape.a;
    float angle = (float)shape.c * 0.024543693f; // 2 pi / 256
    float ux = -sinf(angle);
    float uy = cosf(angle);
    float dx = x - radius;
    float dy = y - radius;
    float along = dx * ux + dy * uy;
    float across = dx * uy - dy * ux;
    return along > radius * 0.35f && along < radius && fabsf(across) * 2.0f < (float)shape.b;
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

static bool inside(Shape shape, float x, float y) {
    switch ((ShapeKind)shape.kind) {
    case SHAPE_DISC: {
        float radius = 0.5f * (float)shape.a;
        return (x - radius) * (x - radius) + (y - radius) * (y - radius) <= radius * radius;
    }
    case SHAPE_ARC:
        return in_arc(shape, x, y);
    case SHAPE_CORNER:
        return in_corner(shape, x, y, 0.0f);
    case SHAPE_RING:
        return in_corner(shape, x, y, (float)shape.c);
    case SHAPE_TRIANGLE:
        return in_triangle(shape, x, y);
    case SHAPE_HATCH:
        return fmodf(x + y, (float)shape.a) < 0.5f * (float)shape.a;
    case SHAPE_NEEDLE:
        return in_needle(shape, x, y);
    }
    return false;
}

static uint8_t coverage(Shape shape, int x, int y) {
    int hits = 0;
    for (int j = 0; j < SAMPLES; j++) {
        for (int i = 0; i < SAMPLES; i++) {
            hits +=
                inside(shape, (float)x + ((float)i + 0.5f) / SAMPLES, (float)y + ((float)j + 0.5f) / SAMPLES);
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
    for (int y = 0; y < side; y++) {
        uint32_t *row = (uint32_t *)(void *)((uint8_t *)surface->pixels + y * surface->pitch);
        for (int x = 0; x < side; x++) {
            row[x] = 0x00FFFFFFu | (uint32_t)coverage(shape, x, y) << 24;
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
