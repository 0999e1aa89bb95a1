// Measures in the background what this machine plays, for the window.
#ifndef APP_WINDOW_WINDOW_CALIBRATION_H
#define APP_WINDOW_WINDOW_CALIBRATION_H

#include "engine/engine.h"
#include "ui/host.h"

typedef struct WindowCalibration WindowCalibration;

/// Starts; engine says with what. NULL with error filled when a thread or memory is refused. [main-thread]
WindowCalibration *window_calibration_create(const EngineConfig *engine, Error *error);
/// Cancels what still runs, and waits for it. NULL is harmless. [main-thread]
void window_calibration_destroy(WindowCalibration *calibration);
/// Asks it to end soon. [main-thread]
void window_calibration_cancel(WindowCalibration *calibration);
/// [main-thread]
bool window_calibration_running(const WindowCalibration *calibration);
/// [main-thread]
void window_calibration_state(WindowCalibration *calibration, HostCalibration *state);

#endif
