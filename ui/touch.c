// Which of the devices that report fingers is a screen: a file of its own, so that a test without one answers
// itself.
#include "ui/touch.h"

bool touch_is_screen(SDL_TouchID device) {
    return SDL_GetTouchDeviceType(device) == SDL_TOUCH_DEVICE_DIRECT;
}
