// What the window's host consists of: the state that its files share, below all of them.
#ifndef APP_WINDOW_WINDOW_HOST_STATE_H
#define APP_WINDOW_WINDOW_HOST_STATE_H

#include "app/files/patch_library.h"
#include "app/live/live.h"
#include "app/settings.h"
#include "app/window/window_calibration.h"
#include "platform/cpu.h"
#include "platform/topology.h"
#include "ui/host.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct WindowHost WindowHost;

enum { WINDOW_LOADS_MAX = 1024, PART_NONE = -1 };

/// What one MIDI channel does, as last heard.
typedef struct Channel {
    uint8_t key_velocity[128];
    uint32_t events;
    float bend, wheel;
    bool sustain;
} Channel;

struct WindowHost {
    Host functions;
    Live *live;
    PatchLibrary *library;
    Settings *settings;
    uint64_t end_ns;
    uint64_t next_save_ns;

    Channel channels[PART_COUNT];
    int shown_part; // in the window, as the engine was told; PART_NONE

    Topology *topology; // NULL when the system does not tell
    CpuLoad loads[WINDOW_LOADS_MAX];
    int32_t load_count;
    uint64_t loads_ns;

    bool looked; // at the outputs that there are

    MidiList midi; // what can be switched on; all: new ones join it
    bool midi_on[MIDI_INPUTS_MAX];

    char take_path[HOST_PATH_BYTES];
    WindowCalibration *calibration; // NULL before the first
};

/// Keeps a text for the next start; nothing without settings. [main-thread]
void window_host_remember(WindowHost *host, const char *name, const char *text);

#endif
