// Shows a surface: in the display's own memory where the driver lets us (X11, Windows), else through a
// texture (Wayland, macOS).
#include "ui/screen.h"

#include "ui/columns.h"

#include <SDL.h>
#include <stdint.h>
#include <stdlib.h>

// Of surface and texture alike, so that no pixel is converted.
static const Uint32 PIXELS = SDL_PIXELFORMAT_ARGB8888;

struct Screen {
    SDL_Window *window;
    SDL_Renderer *renderer; // NULL: the surface is the window's own
    SDL_Texture *texture;
    SDL_Surface *surface; // what the texture, or a window's own surface of another format, is filled from
};

static void say(Error *error) {
    error_set(error, "the window cannot be drawn: %s; try another SDL_VIDEODRIVER, or --headless",
              SDL_GetError());
}

Screen *screen_create(SDL_Window *window, Error *error) {
    Screen *screen = calloc(1, sizeof *screen);
    if (!screen) {
        error_set(error, "out of memory for the window");
        return NULL;
    }
    screen->window = window;
    // Memory shared with the display costs what has changed, and no graphics driver's threads.
    SDL_SetHintWithPriority(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0", SDL_HINT_DEFAULT);
    if (!SDL_GetWindowSurface(window)) {
        screen->renderer = SDL_CreateRenderer(window, -1, SDL_RENDERER_ACCELERATED);
        if (!screen->renderer) {
            say(error);
            free(screen);
            return NULL;
        }
    }
    return screen;
}

static void drop_texture(Screen *screen) {
    if (screen->texture) {
        SDL_DestroyTexture(screen->texture);
    }
    SDL_FreeSurface(screen->surface);
    screen->texture = NULL;
    screen->surface = NULL;
}

void screen_destroy(Screen *screen) {
    if (screen) {
        drop_texture(screen);
        if (screen->renderer) {
            SDL_DestroyRenderer(screen->renderer);
        }
        free(screen);
    }
}

static SDL_Surface *make_surface(Screen *screen, int width, int height) {
    screen->surface = SDL_CreateRGBSurfaceWithFormat(0, width, height, 32, PIXELS);
    return screen->surface;
}

static SDL_Surface *make_texture(Screen *screen) {
    int width = 0;
    int height = 0;
    if (SDL_GetRendererOutputSize(screen->renderer, &width, &height) != 0) {
        return NULL;
    }
    screen->texture = SDL_CreateTexture(screen->renderer, PIXELS, SDL_TEXTUREACCESS_STREAMING, width, height);
    return screen->texture ? make_surface(screen, width, height) : NULL;
}

// A display of 10 or 5 bits a colour gets its pixels converted.
static SDL_Surface *own_surface(Screen *screen) {
    SDL_Surface *surface = SDL_GetWindowSurface(screen->window);
    return !surface || columns_fit(surface) ? surface : make_surface(screen, surface->w, surface->h);
}

SDL_Surface *screen_surface(Screen *screen, Error *error) {
    drop_texture(screen);
    SDL_Surface *surface = screen->renderer ? make_texture(screen) : own_surface(screen);
    if (!surface) {
        say(error);
    }
    return surface;
}

void screen_show(Screen *screen, const SDL_Rect *rects, int count) {
    if (!screen->renderer) {
        for (int i = 0; i < count && screen->surface; i++) {
            SDL_Rect to = rects[i]; // SDL writes to it
            SDL_BlitSurface(screen->surface, &rects[i], SDL_GetWindowSurface(screen->window), &to);
        }
        SDL_UpdateWindowSurfaceRects(screen->window, rects, count);
        return;
    }
    const SDL_Surface *from = screen->surface;
    if (!from) {
        return;
    }
    for (int i = 0; i < count; i++) {
        const uint8_t *pixels = from->pixels;
        pixels += rects[i].y * from->pitch + rects[i].x * from->format->BytesPerPixel;
        SDL_UpdateTexture(screen->texture, &rects[i], pixels, from->pitch);
    }
    SDL_RenderCopy(screen->renderer, screen->texture, NULL, NULL); // of two buffers the other is older
    SDL_RenderPresent(screen->renderer);
}
