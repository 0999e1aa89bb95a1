// One frame of the window's content: its panels, laid out for the room there is.
#ifndef UI_FRAME_H
#define UI_FRAME_H

#include "ui/context.h"
#include "ui/desk.h"

/// Lays out, draws and reacts. [main-thread]
void frame_draw(Desk *desk, const UiInput *input);

#endif
