// What the window asks for, done by the parts of the live program.
#ifndef APP_WINDOW_WINDOW_HOST_H
#define APP_WINDOW_WINDOW_HOST_H

#include "app/files/patch_library.h"
#include "app/live/live.h"
#include "app/settings.h"
#include "ui/host.h"

typedef struct WindowHost WindowHost;

/// All but the result stay the caller's and must outlive it. settings NULL: nothing is remembered. end_ns:
/// clock_now_ns() time at which the window closes by itself, 0 for never. choose_midi: inputs that were
/// switched off stay off. NULL with error filled when memory is refused. [main-thread]
WindowHost *window_host_create(Live *live, PatchLibrary *library, Settings *settings, uint64_t end_ns,
                               bool choose_midi, Error *error);

/// Ends a calibration that runs, saves the settings. NULL is harmless. [main-thread]
void window_host_destroy(WindowHost *host);

/// Valid until window_host_destroy. [main-thread]
const Host *window_host_functions(const WindowHost *host);

#endif
