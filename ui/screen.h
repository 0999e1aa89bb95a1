// The window's picture as a surface in memory, and the way from there to the display.
#ifndef UI_SCREEN_H
#define UI_SCREEN_H

#include "platform/error.h"

#include <SDL_video.h>

typedef struct Screen Screen;

/// The window stays the caller's and must outlive the screen. NULL with error filled when nothing can be
/// shown. [main-thread]
Screen *screen_create(SDL_Window *window, Error *error);
/// NULL is harmless. [main-thread]
void screen_destroy(Screen *screen);

/// A surface of the window's present size in pixels, to be painted anew; valid until the next call. NULL with
/// error filled when there is none. [main-thread]
SDL_Surface *screen_surface(Screen *screen, Error *error);
/// Shows what was painted in rects, which lie within the surface. [main-thread]
void screen_show(Screen *screen, const SDL_Rect *rects, int count);

#endif
