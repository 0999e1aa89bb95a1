// Figures are computed from a core's number and the host's own seconds; chance has no part in them.
#include "tests/support/synthetic_host.h"

#include "platform/clock.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const uint64_t DEADLINE_NS = 2666667; // 128 frames at 48 kHz

static const HostPatchInfo PATCHES[] = {
    {"Init", "Other", false},
    {"Warm bass", "Bass", false},
    {"Rubber bass", "Bass", true},
    {"Glass keys", "Keys", false},
    {"Soft electric", "Keys", false},
    {"Wide strings", "Strings", false},
    {"Slow horizon", "Pad", false},
    {"Night choir", "Pad", true},
    {"Square lead", "Lead", false},
    {"Screaming lead", "Lead", false},
    {"Pluck", "Plucked", false},
    {"Harp of wires", "Plucked", false},
    {"Bell tower", "Percussion", false},
    {"Organ full", "Organ", false},
    {"Drawbars 888", "Organ", false},
    {"Brass section", "Brass", false},
    {"Solo horn", "Brass", false},
    {"Wind in pipes", "Effects", false},
    {"A name that is far longer than the room", "Effects", true},
};
enum { PATCH_TOTAL = sizeof PATCHES / sizeof PATCHES[0] };

static bool tick(void *user) {
    (void)user;
    return true;
}

static void fill_worker(const SyntheticHost *host, WorkerFigures *worker, uint32_t index) {
    double share = host->busy ? 0.2 + 0.6 * fabs(sin((double)index * 1.7)) : 0.01;
    worker->busy_ns = (uint64_t)(share * host->seconds * 1e9);
    worker->spin_ns = (uint64_t)(0.15 * host->seconds * 1e9);
    worker->worst_busy_ns = (uint64_t)((share + 0.15) * (double)DEADLINE_NS);
    worker->cpu = (int32_t)index;
    worker->pinned = true;
    worker->realtime = index % 2 == 0;
    worker->in_workgroup = index % 4 == 0;
    worker->rescued = host->busy && index == 1 ? (uint64_t)host->seconds : 0;
}

static void figures(void *user, EngineFigures *out) {
    const SyntheticHost *host = user;
    memset(out, 0, sizeof *out);
    out->serial = 1;
    out->workers = (uint32_t)(host->cores > 2 ? host->cores - 1 : host->cores);
    out->blocks = (uint64_t)(host->seconds * 375.0);
    out->deadline_ns = DEADLINE_NS;
    out->block_ns = host->busy ? DEADLINE_NS / 2 : DEADLINE_NS / 50;
    int usual = host->busy ? 7 + (int)(3.0 * sin(host->seconds * 0.9)) : 0;
    out->histogram[usual] = out->blocks;
    out->histogram[usual + 2] = out->blocks / 8;
    for (uint32_t i = 0; i < out->workers; i++) {
        fill_worker(host, &out->worker[i], i);
    }
    if (!host->busy) {
        return;
    }
    out->voices = 118;
    out->stolen = 1204;
    out->dropped = 3;
    out->shed = 17;
    out->lowered = true;
    out->rescues = 12;
    out->peak[CHANNEL_LEFT] = 0.47f;
    out->peak[CHANNEL_RIGHT] = 1.2f;
    double burst = host->seconds < 120.0 ? 0.0 : host->seconds < 123.0 ? host->seconds - 120.0 : 3.0;
    out->xruns = (uint64_t)(host->seconds / 7.0) + (uint64_t)(burst * 12.0);
    out->xrun_entries = (uint32_t)out->xruns;
    for (uint32_t i = 0; i < out->xrun_entries; i++) {
        out->ledger[i] =
            (XrunEntry){.time_ns = host->began_ns - (uint64_t)(XRUN_LEDGER_ENTRIES - i) * 100000000u,
                        .block_ns = DEADLINE_NS + 912345 * (i + 1),
                        .deadline_ns = DEADLINE_NS,
                        .cause = (XrunCause)(i % 3),
                        .voices = 128,
                        .slowest_worker = i % out->workers,
                        .slowest_cpu = (int32_t)(i % out->workers)};
    }
}

static void scope(void *user, float *const channels[CHANNEL_COUNT], uint32_t frames) {
    const SyntheticHost *host = user;
    for (uint32_t i = 0; i < frames; i++) { // a saw of 110 Hz
        float phase = (float)(i * 110 % 48000) / 48000.0f;
        channels[CHANNEL_LEFT][i] = host->busy ? 0.8f - 1.6f * phase : 0.0f;
        channels[CHANNEL_RIGHT][i] = 0.9f * channels[CHANNEL_LEFT][i];
    }
}

static int32_t cores(void *user, HostCore out[HOST_CORES_MAX]) {
    const SyntheticHost *host = user;
    for (int i = 0; i < host->cores; i++) {
        out[i] = (HostCore){.cpu = i,
                            .efficiency = host->cores >= 8 && i >= host->cores * 3 / 4,
                            .sibling = host->cores >= 16 && i % 2 == 1,
                            .busy_ns = (uint64_t)(host->seconds * 1e9 * (host->busy ? 0.9 : 0.1)),
                            .total_ns = (uint64_t)(host->seconds * 1e9)};
    }
    return host->cores;
}

static void activity(void *user, int part, HostActivity *out) {
    (void)part;
    const SyntheticHost *host = user;
    static const int KEYS[] = {48, 55, 60, 64, 67, 71, 74};
    memset(out, 0, sizeof *out);
    for (size_t i = 0; i < sizeof KEYS / sizeof KEYS[0] && host->busy; i++) {
        out->key_velocity[KEYS[i]] = 90;
        out->channel_notes[0]++;
        out->channel_events[3] = (uint32_t)(host->seconds * 20.0);
    }
}

static void output(void *user, HostOutput *out) {
    const SyntheticHost *host = user;
    *out = (HostOutput){.lost = host->busy,
                        .silent = host->busy,
                        .device = "USB interface 4x4",
                        .latency_seconds = 0.0116,
                        .frames = 256};
}

static uint32_t rate_hz(void *user) {
    (void)user;
    return 48000;
}

static void push(void *user, Event event) {
    SyntheticHost *host = user;
    host->pushed = event;
    host->pushes++;
    if (event.kind == EVENT_PARAM) {
        host->patch.values[event.param] = event.value;
    }
}

static int32_t patch_count(void *user) {
    (void)user;
    return PATCH_TOTAL;
}

static void patch_info(void *user, int32_t index, HostPatchInfo *info) {
    (void)user;
    *info = PATCHES[index];
}

static bool patch_load(void *user, int part, int32_t index, Patch *loaded, Error *error) {
    (void)part;
    SyntheticHost *host = user;
    if (host->refuses) {
        error_set(error, "the part takes no patch now; choose it again");
        return false;
    }
    host->loads++;
    patch_init(&host->patch);
    memcpy(host->patch.name, PATCHES[index].name, sizeof host->patch.name);
    memcpy(host->patch.family, PATCHES[index].family, sizeof host->patch.family);
    host->patch_index = index;
    *loaded = host->patch;
    return true;
}

static void patch_name(void *user, int part, const char *name, const char *family) {
    (void)part;
    SyntheticHost *host = user;
    snprintf(host->patch.name, sizeof host->patch.name, "%s", name);
    snprintf(host->patch.family, sizeof host->patch.family, "%s", family);
}

static int32_t patch_now(void *user, int part, Patch *patch) {
    (void)part;
    const SyntheticHost *host = user;
    *patch = host->patch;
    return host->patch_index;
}

static bool patch_save(void *user, const Patch *patch, bool replace, Error *error) {
    (void)user;
    (void)replace;
    error_set(error, "%s: the disk is full; make room and save again", patch->name);
    return false;
}

static void learn(void *user, ParamId param) {
    ((SyntheticHost *)user)->learning = param;
}

static void learn_cancel(void *user) {
    ((SyntheticHost *)user)->learning = PARAM_COUNT;
}

static void learn_forget(void *user, ParamId param) {
    (void)param;
    ((SyntheticHost *)user)->learned_param = -1;
}

static ParamId learning(void *user) {
    return ((SyntheticHost *)user)->learning;
}

static int32_t learned(void *user, ParamId param) {
    return ((SyntheticHost *)user)->learned_param == (int)param ? 74 : -1;
}

static const struct {
    const char *label;
    const char *choices[4];
} SETTINGS[] = {
    {"Driver", {"ALSA", "JACK", "null"}},
    {"Output", {"Built-in audio, analogue stereo", "USB interface 4x4"}},
    {"Sample rate", {"44100 Hz", "48000 Hz", "96000 Hz"}},
    {"Block", {"64 frames", "128 frames", "256 frames"}},
    {"Workers", {"automatic", "1 thread", "2 threads"}},
    {"Waiting", {"park", "predict", "spin"}},
    {"Pinning", {"auto", "on", "off"}},
    {"Polyphony", {"64 voices", "128 voices"}},
    {"Quality", {"draft", "live", "offline"}},
};

static int32_t setting_count(void *user) {
    (void)user;
    return sizeof SETTINGS / sizeof SETTINGS[0];
}

static void setting(void *user, int32_t index, HostSetting *out) {
    (void)user;
    *out = (HostSetting){.label = SETTINGS[index].label, .tip = "What it is for", .current = 1};
    for (; out->choice_count < 4 && SETTINGS[index].choices[out->choice_count]; out->choice_count++) {
        snprintf(out->choices[out->choice_count].text, HOST_TEXT_BYTES, "%s",
                 SETTINGS[index].choices[out->choice_count]);
    }
}

static bool choose(void *user, int32_t index, int32_t choice, Error *error) {
    (void)user;
    (void)index;
    (void)choice;
    error_set(error, "USB interface 4x4: it does not open; look at its cable, or choose another");
    return false;
}

static int32_t midi_inputs(void *user, HostText names[HOST_MIDI_INPUTS_MAX], bool on[HOST_MIDI_INPUTS_MAX]) {
    const SyntheticHost *host = user;
    for (int i = 0; i < 3; i++) {
        snprintf(names[i].text, sizeof names[i].text, "USB MIDI keyboard %d", i + 1);
        on[i] = i != 1;
    }
    return host->busy ? 3 : 0;
}

static bool midi_input_set(void *user, int32_t input, bool on, Error *error) {
    (void)user;
    (void)input;
    (void)on;
    (void)error;
    return true;
}

static bool begin(void *user, Error *error) {
    (void)user;
    (void)error;
    return true;
}

static void cancel(void *user) {
    (void)user;
}

static void calibration(void *user, HostCalibration *out) {
    const SyntheticHost *host = user;
    *out = (HostCalibration){.running = host->busy, .progress = 0.4f};
    snprintf(out->text, sizeof out->text, "%s", host->busy ? "4 workers, 256 voices" : "");
}

static void recording(void *user, HostRecording *out) {
    const SyntheticHost *host = user;
    *out = (HostRecording){.on = host->busy, .seconds = 3725.0};
}

static bool save_text(void *user, const char *stem, const char *extension, const char *text,
                      char path[HOST_PATH_BYTES], Error *error) {
    (void)user;
    (void)text;
    (void)error;
    snprintf(path, HOST_PATH_BYTES, "/music/%s.%s", stem, extension);
    return true;
}

static bool notice(void *user, Error *out) {
    (void)user;
    (void)out;
    return false;
}

static bool recall(void *user, const char *name, char text[HOST_TEXT_BYTES]) {
    (void)user;
    (void)name;
    text[0] = '\0';
    return false;
}

static void remember(void *user, const char *name, const char *text) {
    (void)user;
    (void)name;
    (void)text;
}

static const Host FUNCTIONS = {
    .tick = tick,
    .figures = figures,
    .scope = scope,
    .cores = cores,
    .activity = activity,
    .rate_hz = rate_hz,
    .output = output,
    .push = push,
    .patch_count = patch_count,
    .patch_info = patch_info,
    .patch_load = patch_load,
    .patch_name = patch_name,
    .patch_now = patch_now,
    .patch_save = patch_save,
    .learn = learn,
    .learn_cancel = learn_cancel,
    .learn_forget = learn_forget,
    .learning = learning,
    .learned = learned,
    .setting_count = setting_count,
    .setting = setting,
    .choose = choose,
    .midi_inputs = midi_inputs,
    .midi_input_set = midi_input_set,
    .midi_look = begin,
    .calibrate_start = begin,
    .calibrate_cancel = cancel,
    .calibration = calibration,
    .record_start = begin,
    .record_stop = begin,
    .recording = recording,
    .save_text = save_text,
    .notice = notice,
    .recall = recall,
    .remember = remember,
};

void synthetic_host_init(SyntheticHost *host, int count, bool busy) {
    *host = (SyntheticHost){.host = FUNCTIONS,
                            .cores = count,
                            .busy = busy,
                            .seconds = 100.0,
                            .began_ns = clock_now_ns(),
                            .learning = PARAM_COUNT,
                            .learned_param = PARAM_FILTER_RESONANCE};
    host->host.user = host;
    patch_load(host, 0, 5, &host->patch, NULL);
    host->patch.values[PARAM_FILTER_CUTOFF] = 2400.0f;
}
