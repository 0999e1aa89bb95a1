// The window's own icon: what assets/icon/polycore.svg shows, for desktops that know the program by its
// window alone.
#ifndef UI_ICON_H
#define UI_ICON_H

struct SDL_Surface;

enum { ICON_SIDE = 64 }; // pixels: halves and quarters of it are what title bars and task bars show

/// Paints it; NULL when memory is refused. Caller owns: SDL_FreeSurface. [main-thread]
struct SDL_Surface *icon_paint(void);

#endif
