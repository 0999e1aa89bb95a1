// Which of the devices that report fingers is a screen.
#ifndef UI_TOUCH_H
#define UI_TOUCH_H

#include <SDL_touch.h>
#include <stdbool.h>

/// False for a trackpad, whose fingers point at nothing in the window. [main-thread]
bool touch_is_screen(SDL_TouchID device);

#endif
