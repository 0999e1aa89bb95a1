// Offers the window what can be chosen on this machine, and does what is chosen while the sound goes on.
#include "app/window/window_host_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const uint32_t RATES_HZ[] = {32000, 44100, 48000, 88200, 96000, 192000};
static const uint32_t BLOCKS_FRAMES[] = {0, 16, 32, 64, 128, 256, 512, 1024, 2048};
static const uint32_t POLYPHONIES[] = {16, 32, 64, 128, 256, 512, 1024, 2048, 4096};
static const char *const WAITS[] = {"park", "predict", "spin"};
static const char *const PINS[] = {"auto", "on", "off"};
enum {
    RATE_COUNT = sizeof RATES_HZ / sizeof RATES_HZ[0],
    BLOCK_COUNT = sizeof BLOCKS_FRAMES / sizeof BLOCKS_FRAMES[0],
    POLYPHONY_COUNT = sizeof POLYPHONIES / sizeof POLYPHONIES[0],
};
static const char MIDI_OFF_PREFIX[] = "midi_off.";

static void add(HostText choices[HOST_CHOICES_MAX], int32_t *count, const char *text) {
    if (*count < HOST_CHOICES_MAX) {
        snprintf(choices[(*count)++].text, sizeof choices[0].text, "%s", text);
    }
}

static int32_t add_numbers(HostText choices[HOST_CHOICES_MAX], const uint32_t *numbers, int32_t number_count,
                           const char *unit, uint32_t now, int32_t *current) {
    int32_t count = 0;
    for (int32_t i = 0; i < number_count; i++) {
        char text[HOST_TEXT_BYTES] = "as the device likes";
        if (numbers[i] > 0) {
            snprintf(text, sizeof text, "%u %s", numbers[i], unit);
        }
        *current = numbers[i] == now ? count : *current;
        add(choices, &count, text);
    }
    return count;
}

// The default, every API, and silence. Who plays silently has not needed the list: it is read when it is
// first shown.
static int32_t api_choices(WindowHost *host, HostText choices[HOST_CHOICES_MAX], int32_t *current) {
    if (!host->looked) {
        Error trouble;
        host->looked = true;
        if (!live_audio_open(host->live, &trouble)) {
            window_host_tell(host, &trouble);
        }
    }
    const AudioList *list = live_audio_list(host->live);
    const OutputPlan *plan = live_output(host->live);
    int32_t count = 0;
    add(choices, &count, "System default");
    for (int32_t i = 0; list && i < list->api_count; i++) {
        *current = !plan->silent && strcmp(list->apis[i].name, plan->api) == 0 ? count : *current;
        add(choices, &count, list->apis[i].name);
    }
    *current = plan->silent ? count : *current;
    add(choices, &count, "Silent");
    return count;
}

// Index into the list's devices of the choice-th one of the API that plays; AUDIO_NONE past the last.
static int32_t device_at(const WindowHost *host, int32_t choice) {
    const AudioList *list = live_audio_list(host->live);
    const OutputPlan *plan = live_output(host->live);
    for (int32_t i = 0; list && !plan->silent && i < list->device_count; i++) {
        if (strcmp(list->apis[list->devices[i].api].name, plan->api) == 0 && choice-- == 0) {
            return i;
        }
    }
    return AUDIO_NONE;
}

static int32_t device_choices(const WindowHost *host, HostText choices[HOST_CHOICES_MAX], int32_t *current) {
    const OutputPlan *plan = live_output(host->live);
    int32_t count = 0;
    for (int32_t device; (device = device_at(host, count)) != AUDIO_NONE && count < HOST_CHOICES_MAX;) {
        const AudioDevice *there = &live_audio_list(host->live)->devices[device];
        *current = there->number == plan->number ? count : *current;
        add(choices, &count, there->name);
    }
    if (count == 0) {
        *current = 0;
        add(choices, &count, plan->silent ? "Silent clock" : plan->device);
    }
    return count;
}

static int32_t worker_choices(const WindowHost *host, HostText choices[HOST_CHOICES_MAX], int32_t *current) {
    int32_t count = 0;
    int32_t most = host->topology ? host->topology->cpu_count : 1;
    add(choices, &count, "automatic");
    for (int32_t workers = 1; workers <= most && workers < HOST_CHOICES_MAX; workers++) {
        char text[HOST_TEXT_BYTES];
        snprintf(text, sizeof text, workers == 1 ? "1 thread" : "%d threads", workers);
        add(choices, &count, text);
    }
    int32_t now = (int32_t)live_engine_config(host->live)->pool.workers;
    *current = now < count ? now : -1;
    return count;
}

static int32_t name_choices(HostText choices[HOST_CHOICES_MAX], const char *const *names,
                            int32_t name_count) {
    int32_t count = 0;
    for (int32_t i = 0; i < name_count; i++) {
        add(choices, &count, names[i]);
    }
    return count;
}

static int32_t choices(void *user, HostSetting setting, HostText out[HOST_CHOICES_MAX], int32_t *current) {
    WindowHost *host = user;
    const OutputPlan *plan = live_output(host->live);
    const EngineConfig *engine = live_engine_config(host->live);
    *current = -1;
    switch (setting) {
    case HOST_SETTING_API:
        return api_choices(host, out, current);
    case HOST_SETTING_DEVICE:
        return device_choices(host, out, current);
    case HOST_SETTING_RATE:
        return add_numbers(out, RATES_HZ, RATE_COUNT, "Hz", plan->rate_hz, current);
    case HOST_SETTING_BLOCK:
        return add_numbers(out, BLOCKS_FRAMES, BLOCK_COUNT, "frames", plan->block_frames, current);
    case HOST_SETTING_WORKERS:
        return worker_choices(host, out, current);
    case HOST_SETTING_WAIT:
        *current = (int32_t)engine->pool.wait;
        return name_choices(out, WAITS, WAIT_MODE_COUNT);
    case HOST_SETTING_PIN:
        *current = (int32_t)engine->pool.pin;
        return name_choices(out, PINS, 3);
    case HOST_SETTING_POLYPHONY:
        return add_numbers(out, POLYPHONIES, POLYPHONY_COUNT, "voices", engine->polyphony, current);
    case HOST_SETTING_QUALITY:
        *current = (int32_t)engine->quality;
        return name_choices(out, QUALITY_NAMES, QUALITY_COUNT);
    case HOST_SETTING_COUNT:
        break;
    }
    return 0;
}

// 0, which is not asked for, forgets the name.
static void remember_number(WindowHost *host, const char *name, uint32_t number) {
    char text[16] = "";
    if (number > 0) {
        snprintf(text, sizeof text, "%u", number);
    }
    window_host_remember(host, name, text);
}

// What was chosen, and what that choice put back; the rest may suit another device better next time.
static void remember_output(WindowHost *host, HostSetting setting, const OutputRequest *request) {
    if (setting <= HOST_SETTING_DEVICE) {
        window_host_remember(host, "audio_api", request->api ? request->api : "");
        window_host_remember(host, "device", request->device ? request->device : "");
    }
    if (setting <= HOST_SETTING_RATE) {
        remember_number(host, "rate_hz", request->rate_hz);
    }
    if (setting == HOST_SETTING_API || setting == HOST_SETTING_BLOCK) {
        remember_number(host, "block_frames", request->block_frames);
    }
}
_Static_assert(HOST_SETTING_API < HOST_SETTING_DEVICE && HOST_SETTING_DEVICE < HOST_SETTING_RATE &&
                   HOST_SETTING_RATE < HOST_SETTING_BLOCK,
               "what comes first decides on more");

static bool choose_output(WindowHost *host, HostSetting setting, int32_t choice, Error *error) {
    OutputPlan plan = *live_output(host->live); // a copy: it changes under the request
    OutputRequest request = {.api = plan.silent ? AUDIO_API_NULL : plan.api,
                             .device = plan.silent ? NULL : plan.device,
                             .rate_hz = plan.rate_hz,
                             .block_frames = plan.block_frames};
    HostText names[HOST_CHOICES_MAX];
    int32_t current = -1;
    if (setting == HOST_SETTING_API) {
        int32_t count = api_choices(host, names, &current);
        request = (OutputRequest){.api = choice == 0           ? NULL
                                         : choice == count - 1 ? AUDIO_API_NULL
                                                               : names[choice].text};
    } else if (setting == HOST_SETTING_DEVICE) {
        int32_t device = device_at(host, choice);
        if (device == AUDIO_NONE) {
            return true; // the silent clock is the one choice
        }
        snprintf(names[0].text, sizeof names[0].text, "%d",
                 live_audio_list(host->live)->devices[device].number);
        request.device = names[0].text;
        request.rate_hz = 0; // its own
    } else if (setting == HOST_SETTING_RATE) {
        request.rate_hz = RATES_HZ[choice];
    } else {
        request.block_frames = BLOCKS_FRAMES[choice];
    }
    if (!live_set_output(host->live, &request, error)) {
        return false;
    }
    if (setting == HOST_SETTING_DEVICE) { // numbers change, names stay
        plan = *live_output(host->live);
        request.device = plan.device;
    }
    remember_output(host, setting, &request);
    return true;
}

static bool choose_engine(WindowHost *host, HostSetting setting, int32_t choice, Error *error) {
    EngineConfig config = *live_engine_config(host->live);
    const char *name;
    char text[16];
    if (setting == HOST_SETTING_WORKERS) {
        config.pool.workers = (uint32_t)choice;
        name = "workers";
        snprintf(text, sizeof text, "%d", choice);
    } else if (setting == HOST_SETTING_WAIT) {
        config.pool.wait = (WaitMode)choice;
        name = "wait";
        snprintf(text, sizeof text, "%s", WAITS[choice]);
    } else if (setting == HOST_SETTING_PIN) {
        config.pool.pin = (PinMode)choice;
        name = "pin";
        snprintf(text, sizeof text, "%s", PINS[choice]);
    } else if (setting == HOST_SETTING_QUALITY) {
        config.quality = (Quality)choice;
        name = "quality";
        snprintf(text, sizeof text, "%s", QUALITY_NAMES[choice]);
    } else {
        config.polyphony = POLYPHONIES[choice];
        name = "polyphony";
        snprintf(text, sizeof text, "%u", config.polyphony);
    }
    if (!live_set_engine(host->live, &config, error)) {
        return false;
    }
    window_host_remember(host, name, text);
    return true;
}

static bool choose(void *user, HostSetting setting, int32_t choice, Error *error) {
    return setting <= HOST_SETTING_BLOCK ? choose_output(user, setting, choice, error)
                                         : choose_engine(user, setting, choice, error);
}

static int32_t midi_inputs(void *user, HostText names[HOST_MIDI_INPUTS_MAX], bool on[HOST_MIDI_INPUTS_MAX]) {
    const WindowHost *host = user;
    for (uint32_t i = 0; i < host->midi.count; i++) {
        snprintf(names[i].text, sizeof names[i].text, "%s", host->midi.inputs[i].name);
        on[i] = host->midi_on[i];
    }
    return (int32_t)host->midi.count;
}
_Static_assert((int)HOST_MIDI_INPUTS_MAX >= (int)MIDI_INPUTS_MAX, "the window shows every MIDI input");

static bool listen_to_chosen(WindowHost *host, Error *error) {
    const char *wanted[MIDI_INPUTS_MAX];
    uint32_t count = 0;
    for (uint32_t i = 0; i < host->midi.count; i++) {
        if (host->midi_on[i]) {
            wanted[count++] = host->midi.inputs[i].name;
        }
    }
    if (host->midi.all && count == host->midi.count) {
        return live_set_midi(host->live, NULL, 0, error);
    }
    static const char *const NONE[] = {"none"};
    return live_set_midi(host->live, count > 0 ? wanted : NONE, count > 0 ? count : 1, error);
}

static void off_name(const WindowHost *host, int32_t input, char name[SETTINGS_NAME_BYTES]) {
    snprintf(name, SETTINGS_NAME_BYTES, "%s%s", MIDI_OFF_PREFIX, host->midi.inputs[input].name);
}

static bool midi_input_set(void *user, int32_t input, bool on, Error *error) {
    WindowHost *host = user;
    host->midi_on[input] = on;
    if (!listen_to_chosen(host, error)) {
        host->midi_on[input] = !on;
        return false;
    }
    char name[SETTINGS_NAME_BYTES];
    off_name(host, input, name);
    window_host_remember(host, name, on ? "" : "yes");
    return true;
}

bool window_host_take_midi(WindowHost *host, Error *error) {
    bool some_off = false;
    host->midi = *live_midi(host->live);
    for (uint32_t i = 0; i < host->midi.count; i++) {
        char name[SETTINGS_NAME_BYTES];
        off_name(host, (int32_t)i, name);
        host->midi_on[i] = !host->settings || !settings_get(host->settings, name);
        some_off |= !host->midi_on[i];
    }
    return !some_off || listen_to_chosen(host, error);
}

void window_host_watch_midi(WindowHost *host) {
    Error error;
    const MidiList *now = live_midi(host->live);
    if (now->all && now->count != host->midi.count && !window_host_take_midi(host, &error)) {
        window_host_tell(host, &error);
    }
}

static bool was_on(const MidiList *list, const bool on[MIDI_INPUTS_MAX], const char *name) {
    bool found = false;
    for (uint32_t i = 0; i < list->count; i++) {
        found |= on[i] && strcmp(list->inputs[i].name, name) == 0;
    }
    return found;
}

// Where only some inputs are to be listened to, those found besides are off, and streams, which are not
// looked for, stay.
static bool look_beside_chosen(WindowHost *host, Error *error) {
    MidiList old = host->midi;
    bool on[MIDI_INPUTS_MAX];
    memcpy(on, host->midi_on, sizeof on);
    host->midi = *live_midi(host->live);
    host->midi.all = false;
    for (uint32_t i = 0; i < old.count && host->midi.count < MIDI_INPUTS_MAX; i++) {
        if (old.inputs[i].number == MIDI_NUMBER_STREAM) {
            host->midi.inputs[host->midi.count++] = old.inputs[i];
        }
    }
    for (uint32_t i = 0; i < host->midi.count; i++) {
        host->midi_on[i] = was_on(&old, on, host->midi.inputs[i].name);
    }
    return listen_to_chosen(host, error);
}

static bool midi_look(void *user, Error *error) {
    WindowHost *host = user;
    bool all = host->midi.all;
    return live_set_midi(host->live, NULL, 0, error) &&
           (all ? window_host_take_midi(host, error) : look_beside_chosen(host, error));
}

static bool calibrate_start(void *user, Error *error) {
    WindowHost *host = user;
    window_calibration_destroy(host->calibration);
    host->calibration = NULL;
    if (!live_suspend(host->live, error)) {
        return false;
    }
    host->calibration = window_calibration_create(live_engine_config(host->live), error);
    if (!host->calibration) {
        live_resume(host->live);
    }
    return host->calibration != NULL;
}

void window_host_watch_calibration(WindowHost *host) {
    if (host->calibration && !window_calibration_running(host->calibration)) {
        live_resume(host->live);
    }
}

static void calibrate_cancel(void *user) {
    WindowHost *host = user;
    if (host->calibration) {
        window_calibration_cancel(host->calibration);
    }
}

static void calibration(void *user, HostCalibration *out) {
    WindowHost *host = user;
    *out = (HostCalibration){.text = ""};
    if (host->calibration) {
        window_calibration_state(host->calibration, out);
    }
}

void window_host_add_setup(WindowHost *host) {
    host->functions.choices = choices;
    host->functions.choose = choose;
    host->functions.midi_inputs = midi_inputs;
    host->functions.midi_input_set = midi_input_set;
    host->functions.midi_look = midi_look;
    host->functions.calibrate_start = calibrate_start;
    host->functions.calibrate_cancel = calibrate_cancel;
    host->functions.calibration = calibration;
}
