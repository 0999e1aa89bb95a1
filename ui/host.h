// What the window asks of the program: the app fills this in, the layout test fills it with synthetic
// figures.
#ifndef UI_HOST_H
#define UI_HOST_H

#include "engine/event.h"
#include "engine/figures.h"
#include "engine/patch/patch.h"
#include "platform/error.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    HOST_TEXT_BYTES = 128,
    HOST_PATH_BYTES = 1024,
    HOST_CORES_MAX = 64,
    HOST_CHOICES_MAX = 64,
    HOST_SCOPE_FRAMES = 4096,
    HOST_MIDI_INPUTS_MAX = 32,
};

/// One name in a list.
typedef struct HostText {
    char text[HOST_TEXT_BYTES];
} HostText;

/// What can be chosen from a list while the program plays.
typedef struct HostSetting {
    const char *label; // valid for the program's life, as is tip
    const char *tip;
    HostText choices[HOST_CHOICES_MAX];
    int32_t choice_count;
    int32_t current; // which of them is in use, -1 for none
} HostSetting;

/// A logical CPU that the process may use.
typedef struct HostCore {
    int32_t cpu;      // the system's number
    bool efficiency;  // not of the fastest class
    bool sibling;     // a further hardware thread of a core that is listed
    uint64_t busy_ns; // by everything on the system, since its start; 0 with total_ns 0 when unknown
    uint64_t total_ns;
} HostCore;

typedef struct HostPatchInfo {
    char name[PATCH_NAME_BYTES];
    char family[PATCH_NAME_BYTES];
    bool user; // lies in the user's folder, so saving writes over it
} HostPatchInfo;

typedef struct HostRecording {
    bool on;
    double seconds;
    char path[HOST_PATH_BYTES]; // of the present or the last take, "" before the first
} HostRecording;

typedef struct HostCalibration {
    bool running;
    float progress;             // 0..1
    char text[HOST_TEXT_BYTES]; // what is measured now, or the result; "" before the first
} HostCalibration;

typedef struct HostOutput {
    bool lost;   // the device went away: silent until it is back
    bool silent; // nothing is heard: lost, chosen so, or off for a calibration
    char device[HOST_TEXT_BYTES];
    double latency_seconds; // from callback to loudspeaker as far as the driver says, else 0
    uint32_t frames;        // that the device wants at once, 0: not known yet
} HostOutput;

/// What the musician does now, from every input together.
typedef struct HostActivity {
    uint8_t key_velocity[128];           // 0: not held
    uint32_t channel_notes[PART_COUNT];  // keys held
    uint32_t channel_events[PART_COUNT]; // counts every channel message; wraps
    float bend;                          // -1..1
    float wheel;                         // 0..1
    bool sustain;
} HostActivity;

/// Every function is called on the main thread with `user` first, and none may be NULL. Text outputs are
/// UTF-8, cut to their arrays.
typedef struct Host {
    void *user;

    /// Called about ten times a second. False: close the window.
    bool (*tick)(void *user);

    // What sounds.
    void (*figures)(void *user, EngineFigures *figures);
    /// Copies the newest frames of the output, the newest last. frames: 1..HOST_SCOPE_FRAMES.
    void (*scope)(void *user, float *const channels[CHANNEL_COUNT], uint32_t frames);
    /// Fills cores with loads as of now; returns how many, >= 1.
    int32_t (*cores)(void *user, HostCore cores[HOST_CORES_MAX]);
    /// part: whose wheels and pedal are told.
    void (*activity)(void *user, int part, HostActivity *activity);
    uint32_t (*rate_hz)(void *user);
    void (*output)(void *user, HostOutput *output);

    // Playing. The frame is filled in by the host, which also tells when an event finds no room; part 0..15.
    // EVENT_PARAM is an edit: it reaches the notes that sound as well as the next ones.
    void (*push)(void *user, Event event);

    // The patch of a part.
    int32_t (*patch_count)(void *user);
    void (*patch_info)(void *user, int32_t index, HostPatchInfo *info);
    /// Plays patch `index` on the part from the next note on, and fills in what that is. patch_now may tell
    /// older values for a moment. False with error filled: the part plays what it played.
    bool (*patch_load)(void *user, int part, int32_t index, Patch *loaded, Error *error);
    /// What the part plays counts as the list's patch of that name from now on; its values stay. A name that
    /// is in no list changes nothing.
    void (*patch_name)(void *user, int part, const char *name, const char *family);
    /// The patch that the part plays now, with its parameters as they are turned. Returns its index, -1 when
    /// it is in no list.
    int32_t (*patch_now)(void *user, int part, Patch *patch);
    /// Writes the patch to the user's folder. replace false: refuses a name that is taken.
    bool (*patch_save)(void *user, const Patch *patch, bool replace, Error *error);

    // MIDI learn: the next controller that moves is bound. It turns its channel's part, or, on a channel that
    // plays no notes, the part that `activity` was asked for last.
    void (*learn)(void *user, ParamId param);
    void (*learn_cancel)(void *user);
    void (*learn_forget)(void *user, ParamId param);
    /// The parameter that waits for a controller, or PARAM_COUNT.
    ParamId (*learning)(void *user);
    /// The controller 0..127 bound to the parameter, or -1.
    int32_t (*learned)(void *user, ParamId param);

    // Set-up, changed while playing.
    int32_t (*setting_count)(void *user);
    /// index: 0..setting_count()-1.
    void (*setting)(void *user, int32_t index, HostSetting *setting);
    /// False with error filled when refused; what was in use stays.
    bool (*choose)(void *user, int32_t index, int32_t choice, Error *error);
    int32_t (*midi_inputs)(void *user, HostText names[HOST_MIDI_INPUTS_MAX], bool on[HOST_MIDI_INPUTS_MAX]);
    bool (*midi_input_set)(void *user, int32_t input, bool on, Error *error);
    /// Looks for inputs that have been connected since.
    bool (*midi_look)(void *user, Error *error);
    bool (*calibrate_start)(void *user, Error *error);
    void (*calibrate_cancel)(void *user);
    void (*calibration)(void *user, HostCalibration *calibration);

    // Recording.
    bool (*record_start)(void *user, Error *error);
    bool (*record_stop)(void *user, Error *error);
    void (*recording)(void *user, HostRecording *recording);

    /// Saves text as a new file in the user's documents: "xruns", "csv". path tells where.
    bool (*save_text)(void *user, const char *stem, const char *extension, const char *text,
                      char path[HOST_PATH_BYTES], Error *error);
    /// Takes the next thing to tell the user (a device lost, a file set aside). False when there is none.
    bool (*notice)(void *user, Error *notice);

    // What the window remembers between starts: short texts under short names.
    bool (*recall)(void *user, const char *name, char text[HOST_TEXT_BYTES]);
    void (*remember)(void *user, const char *name, const char *text);
} Host;

#endif
