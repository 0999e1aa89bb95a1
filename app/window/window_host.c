// Answers the window out of live play: figures, patches, recording, and what was remembered.
#include "app/window/window_host.h"

#include "app/live/live_notices.h"
#include "app/live/live_play.h"
#include "app/live/live_record.h"
#include "app/window/window_host_state.h"
#include "app/window/window_playing.h"
#include "app/window/window_setup.h"
#include "platform/clock.h"
#include "platform/console.h"
#include "platform/file.h"
#include "platform/paths.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    SAVE_PERIOD_NS = 2 * 1000 * 1000 * 1000u, // a knob turned for a second is not written thirty times
    LOADS_PERIOD_NS = 500 * 1000 * 1000,
    SAME_NAME_MAX = 99, // files of one second
};

static bool tick(void *user) {
    WindowHost *host = user;
    live_watch(host->live);
    window_setup_watch(host);
    uint64_t now_ns = clock_now_ns();
    if (host->settings && now_ns >= host->next_save_ns) {
        host->next_save_ns = now_ns + SAVE_PERIOD_NS;
        Error error;
        if (!settings_save(host->settings, &error)) {
            live_notice_add(host->live, &error);
        }
    }
    return !console_interrupted() && (host->end_ns == 0 || now_ns < host->end_ns);
}

static void figures(void *user, EngineFigures *out) {
    WindowHost *host = user;
    engine_figures(live_engine(host->live), out);
}

static void scope(void *user, float *const channels[CHANNEL_COUNT], uint32_t frames) {
    WindowHost *host = user;
    live_scope(host->live, channels, frames);
}
_Static_assert((int)HOST_SCOPE_FRAMES <= (int)SCOPE_READ_FRAMES,
               "the window reads no more than the scope lets");

static int32_t cores(void *user, HostCore out[HOST_CORES_MAX]) {
    WindowHost *host = user;
    uint64_t now_ns = clock_now_ns();
    if (host->load_count == 0 || now_ns - host->loads_ns > LOADS_PERIOD_NS) {
        host->load_count = cpu_loads(host->loads, WINDOW_LOADS_MAX, NULL);
        host->loads_ns = now_ns;
    }
    if (!host->topology) {
        out[0] = (HostCore){0};
        return 1;
    }
    int32_t count = host->topology->cpu_count < HOST_CORES_MAX ? host->topology->cpu_count : HOST_CORES_MAX;
    for (int32_t i = 0; i < count; i++) {
        const TopologyCpu *cpu = &host->topology->cpus[i];
        out[i] = (HostCore){.cpu = cpu->cpu,
                            .efficiency = cpu->efficiency + 1 < host->topology->efficiency_count,
                            .sibling = cpu->sibling > 0};
        if (cpu->cpu < host->load_count && cpu->cpu < WINDOW_LOADS_MAX) {
            out[i].busy_ns = host->loads[cpu->cpu].busy_ns;
            out[i].total_ns = host->loads[cpu->cpu].total_ns;
        }
    }
    return count;
}

static void output(void *user, HostOutput *out) {
    const WindowHost *host = user;
    bool measured = host->calibration && window_calibration_running(host->calibration);
    const OutputPlan *plan = live_output(host->live);
    uint32_t wanted_frames = live_block_frames(host->live); // whatever was asked for
    *out = (HostOutput){.lost = live_lost(host->live),
                        .silent = plan->silent || measured,
                        .latency_seconds = live_latency_seconds(host->live),
                        .frames = wanted_frames ? wanted_frames : plan->block_frames};
    snprintf(out->device, sizeof out->device, "%s", plan->device);
}

static uint32_t rate_hz(void *user) {
    WindowHost *host = user;
    return live_engine_config(host->live)->rate_hz;
}

static int32_t patch_count(void *user) {
    WindowHost *host = user;
    return patch_library_count(host->library);
}

static void patch_info(void *user, int32_t index, HostPatchInfo *info) {
    WindowHost *host = user;
    const PatchEntry *entry = patch_library_entry(host->library, index);
    memcpy(info->name, entry->patch.name, sizeof info->name);
    memcpy(info->family, entry->patch.family, sizeof info->family);
    info->user = entry->path != NULL;
}

// What part 1 plays is played again at the next start.
static void remember_patch(WindowHost *host, int part, int32_t index) {
    if (part == 0) {
        window_host_remember(host, "patch", patch_library_entry(host->library, index)->patch.name);
    }
}

static bool patch_load(void *user, int part, int32_t index, Patch *loaded, Error *error) {
    WindowHost *host = user;
    if (!live_choose_patch(host->live, part, index, error)) {
        return false;
    }
    *loaded = patch_library_entry(host->library, index)->patch;
    remember_patch(host, part, index);
    return true;
}

static void patch_name(void *user, int part, const char *name, const char *family) {
    (void)family; // it is the library's
    WindowHost *host = user;
    int32_t index = patch_library_find(host->library, name);
    Error refused;
    if (index == PATCH_NONE) {
        return;
    }
    if (live_rename_patch(host->live, part, index, &refused)) {
        remember_patch(host, part, index);
    } else {
        live_notice_add(host->live, &refused);
    }
}

static int32_t patch_now(void *user, int part, Patch *patch) {
    WindowHost *host = user;
    return live_part_patch(host->live, part, patch);
}

static bool patch_save(void *user, const Patch *patch, bool replace, Error *error) {
    WindowHost *host = user;
    int32_t index = patch_library_find(host->library, patch->name);
    if (!patch->name[0]) {
        error_set(error, "the patch has no name; give it one");
        return false;
    }
    if (!replace && index != PATCH_NONE && patch_library_entry(host->library, index)->path) {
        error_set(error, "%s: you have a patch of this name; choose another", patch->name);
        return false;
    }
    index = patch_library_save(host->library, patch, error);
    Error refused;
    if (index != PATCH_NONE && !live_replace_patch(host->live, index, patch, &refused)) {
        live_notice_add(host->live, &refused);
    }
    return index != PATCH_NONE;
}

// "FOLDER/STEM-20260131-204500.ENDING" in the user's data, a name that no file has yet.
static bool new_path(const char *folder, const char *stem, const char *ending, char path[HOST_PATH_BYTES],
                     Error *error) {
    char *data = paths_user_data(error);
    char *inside = data ? paths_join(data, folder) : NULL;
    bool made = inside && file_make_folders(inside, error);
    time_t now = time(NULL);
    char stamp[32];
    strftime(stamp, sizeof stamp, "%Y%m%d-%H%M%S", localtime(&now));
    for (int number = 1; made && number <= SAME_NAME_MAX; number++) {
        char again[16] = "";
        if (number > 1) {
            snprintf(again, sizeof again, "-%d", number);
        }
        int length = snprintf(path, HOST_PATH_BYTES, "%s/%s-%s%s.%s", inside, stem, stamp, again, ending);
        if (length < HOST_PATH_BYTES && !file_exists(path)) {
            break;
        }
    }
    free(inside);
    free(data);
    return made;
}

static bool record_start(void *user, Error *error) {
    WindowHost *host = user;
    char path[HOST_PATH_BYTES];
    if (!new_path("recordings", "take", "wav", path, error) || !live_record_start(host->live, path, error)) {
        return false;
    }
    memcpy(host->take_path, path, sizeof path);
    return true;
}

static bool record_stop(void *user, Error *error) {
    WindowHost *host = user;
    return live_record_stop(host->live, NULL, error);
}

static void recording(void *user, HostRecording *out) {
    WindowHost *host = user;
    RecorderFigures take;
    *out = (HostRecording){.on = live_recording(host->live, &take)};
    if (out->on && take.rate_hz > 0) {
        out->seconds = (double)take.frames / take.rate_hz;
    }
    memcpy(out->path, host->take_path, sizeof out->path);
}

static bool save_text(void *user, const char *stem, const char *extension, const char *text,
                      char path[HOST_PATH_BYTES], Error *error) {
    (void)user;
    return new_path("reports", stem, extension, path, error) && file_write(path, text, strlen(text), error);
}

static bool notice(void *user, Error *out) {
    WindowHost *host = user;
    return live_notice(host->live, out);
}

static bool recall(void *user, const char *name, char text[HOST_TEXT_BYTES]) {
    WindowHost *host = user;
    const char *found = host->settings ? settings_get(host->settings, name) : NULL;
    snprintf(text, HOST_TEXT_BYTES, "%s", found ? found : "");
    return found != NULL;
}

static void remember(void *user, const char *name, const char *text) {
    window_host_remember(user, name, text);
}

static const Host FUNCTIONS = {
    .tick = tick,
    .figures = figures,
    .scope = scope,
    .cores = cores,
    .output = output,
    .rate_hz = rate_hz,
    .patch_count = patch_count,
    .patch_info = patch_info,
    .patch_load = patch_load,
    .patch_name = patch_name,
    .patch_now = patch_now,
    .patch_save = patch_save,
    .record_start = record_start,
    .record_stop = record_stop,
    .recording = recording,
    .save_text = save_text,
    .notice = notice,
    .recall = recall,
    .remember = remember,
};

WindowHost *window_host_create(Live *live, PatchLibrary *library, Settings *settings, uint64_t end_ns,
                               bool choose_midi, Error *error) {
    WindowHost *host = calloc(1, sizeof *host);
    if (!host) {
        error_set(error, "out of memory for the window; close other programs");
        return NULL;
    }
    host->functions = FUNCTIONS;
    host->functions.user = host;
    host->live = live;
    host->library = library;
    host->settings = settings;
    host->end_ns = end_ns;
    host->topology = topology_create(NULL);
    window_playing_add(host);
    window_setup_add(host, choose_midi);
    return host;
}

void window_host_destroy(WindowHost *host) {
    if (!host) {
        return;
    }
    window_calibration_destroy(host->calibration);
    Error error;
    if (host->settings && !settings_save(host->settings, &error)) {
        fprintf(stderr, "polycore: %s\n", error.text);
    }
    topology_destroy(host->topology);
    free(host);
}

const Host *window_host_functions(const WindowHost *host) {
    return &host->functions;
}
