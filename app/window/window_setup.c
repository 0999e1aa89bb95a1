// Keeps lists of what this machine has in step with what plays, and remembers what was chosen.
#include "app/window/window_setup.h"

#include "app/live/live_midi.h"
#include "app/live/live_notices.h"
#include "app/live/live_output.h"
#include "app/option_value.h"
#include "app/window/window_host_state.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char MIDI_OFF_PREFIX[] = "midi_off.";

// The index-th row that is shown; NULL past the last.
static const Option *row_at(int32_t index) {
    for (int i = 0; i < OPTION_TOTAL; i++) {
        if (OPTION_ROWS[i].label && index-- == 0) {
            return &OPTION_ROWS[i];
        }
    }
    return NULL;
}

static int32_t setting_count(void *user) {
    (void)user;
    int32_t count = 0;
    while (row_at(count)) {
        count++;
    }
    return count;
}

// What plays now, as if it had been asked for. The texts are the plan's.
static Options in_use(const OutputPlan *plan, const EngineConfig *engine) {
    return (Options){.engine = *engine,
                     .audio = {.api = plan->silent ? AUDIO_API_NULL : plan->api,
                               .device = plan->silent ? NULL : plan->device,
                               .rate_hz = plan->rate_hz,
                               .block_frames = plan->block_frames}};
}

static void add(HostSetting *setting, bool current, const char *text) {
    if (setting->choice_count < HOST_CHOICES_MAX) {
        setting->current = current ? setting->choice_count : setting->current;
        snprintf(setting->choices[setting->choice_count++].text, HOST_TEXT_BYTES, "%s", text);
    }
}

// The default, every API, and silence. Who plays silently has not needed the list: it is read when it is
// first shown.
static void add_apis(WindowHost *host, HostSetting *setting) {
    if (!host->looked) {
        Error trouble;
        host->looked = true;
        if (!live_audio_open(host->live, &trouble)) {
            live_notice_add(host->live, &trouble);
        }
    }
    const AudioList *list = live_audio_list(host->live);
    const OutputPlan *plan = live_output(host->live);
    add(setting, false, "System default");
    for (int32_t i = 0; list && i < list->api_count; i++) {
        add(setting, !plan->silent && strcmp(list->apis[i].name, plan->api) == 0, list->apis[i].name);
    }
    add(setting, plan->silent, "Silent");
}

// The choice-th device of the API that plays; NULL past the last.
static const AudioDevice *device_at(const WindowHost *host, int32_t choice) {
    const AudioList *list = live_audio_list(host->live);
    const OutputPlan *plan = live_output(host->live);
    for (int32_t i = 0; list && !plan->silent && i < list->device_count; i++) {
        if (strcmp(list->apis[list->devices[i].api].name, plan->api) == 0 && choice-- == 0) {
            return &list->devices[i];
        }
    }
    return NULL;
}

static void add_devices(const WindowHost *host, HostSetting *setting) {
    const OutputPlan *plan = live_output(host->live);
    const AudioDevice *device;
    for (int32_t i = 0; i < HOST_CHOICES_MAX && (device = device_at(host, i)) != NULL; i++) {
        add(setting, device->number == plan->number, device->name);
    }
    if (setting->choice_count == 0) {
        add(setting, true, plan->device);
    }
}

// The choice-th number or position that a row offers. False past the last.
static bool number_at(const WindowHost *host, const Option *option, int32_t choice, uint32_t *number) {
    if (option->none && choice-- == 0) {
        *number = 0;
        return true;
    }
    switch (option->kind) {
    case OPTION_CHOICE:
        *number = (uint32_t)choice;
        return option->choices[choice] != NULL;
    case OPTION_WORKERS:
        *number = (uint32_t)choice + 1;
        return choice < (host->topology ? host->topology->cpu_count : 1) && *number <= POOL_WORKERS_MAX;
    default:
        *number = option->numbers[choice];
        return *number > 0;
    }
}

static void add_number(HostSetting *setting, bool current, const Option *option, uint32_t number) {
    char text[HOST_TEXT_BYTES];
    int unit_bytes = option->unit ? (int)strlen(option->unit) - (number == 1) : 0; // 1 thread, 2 threads
    snprintf(text, sizeof text, "%u%.*s", (unsigned)number, unit_bytes, option->unit ? option->unit : "");
    add(setting, current,
        option->kind == OPTION_CHOICE         ? option->choices[number]
        : number == 0 && option->none != NULL ? option->none
                                              : text);
}

static void add_numbers(const WindowHost *host, const Option *option, HostSetting *setting) {
    Options now = in_use(live_output(host->live), live_engine_config(host->live));
    uint32_t number;
    for (int32_t i = 0; i < HOST_CHOICES_MAX && number_at(host, option, i, &number); i++) {
        add_number(setting, number == option_number(option, &now), option, number);
    }
}

static void setting(void *user, int32_t index, HostSetting *out) {
    WindowHost *host = user;
    const Option *option = row_at(index);
    out->label = option->label;
    out->tip = option->tip;
    out->choice_count = 0;
    out->current = -1;
    if (option->kind == OPTION_API) {
        add_apis(host, out);
    } else if (option->kind == OPTION_DEVICE) {
        add_devices(host, out);
    } else {
        add_numbers(host, option, out);
    }
}

static bool names_output(const Option *option) {
    return option->kind == OPTION_API || option->kind == OPTION_DEVICE;
}

// What was chosen. A device is kept with its API, and what either puts back is forgotten; the rest may suit
// another device better next time.
static void remember(WindowHost *host, const Option *chosen, const Options *asked) {
    for (int i = 0; i < OPTION_TOTAL; i++) {
        const Option *option = &OPTION_ROWS[i];
        char room[OPTION_NUMBER_BYTES];
        bool with_it = names_output(chosen) && option_of_output(option) &&
                       (names_output(option) || option_number(option, asked) == 0);
        if (option == chosen || with_it) {
            window_host_remember(host, option->key, option_text(option, asked, room));
        }
    }
}

// An API is asked for alone, a device with its own rate; a number beside what plays. False when the one
// choice is what plays.
static bool ask(const WindowHost *host, const Option *option, int32_t choice, char name[AUDIO_NAME_BYTES],
                Options *asked) {
    const AudioList *list = live_audio_list(host->live);
    const AudioDevice *device;
    uint32_t number;
    switch (option->kind) {
    case OPTION_API:
        snprintf(name, AUDIO_NAME_BYTES, "%s",
                 list && choice > 0 && choice <= list->api_count ? list->apis[choice - 1].name
                                                                 : AUDIO_API_NULL);
        asked->audio = (OutputRequest){.api = choice == 0 ? NULL : name};
        return true;
    case OPTION_DEVICE:
        device = device_at(host, choice);
        if (device) {
            snprintf(name, AUDIO_NAME_BYTES, "%d", device->number);
            asked->audio.device = name;
            asked->audio.rate_hz = 0;
        }
        return device != NULL;
    default:
        if (number_at(host, option, choice, &number)) {
            option_set_number(option, number, asked);
        }
        return true;
    }
}

static bool choose(void *user, int32_t index, int32_t choice, Error *error) {
    WindowHost *host = user;
    const Option *option = row_at(index);
    OutputPlan plan = *live_output(host->live); // a copy: it changes under the request
    Options asked = in_use(&plan, live_engine_config(host->live));
    char name[AUDIO_NAME_BYTES];
    if (!ask(host, option, choice, name, &asked)) {
        return true;
    }
    if (option_of_output(option) ? !live_set_output(host->live, &asked.audio, error)
                                 : !live_set_engine(host->live, &asked.engine, error)) {
        return false;
    }
    if (option->kind == OPTION_DEVICE) { // numbers change, names stay
        plan = *live_output(host->live);
        asked.audio.device = plan.device;
    }
    remember(host, option, &asked);
    return true;
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

static bool take_midi(WindowHost *host, Error *error) {
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

static void watch_midi(WindowHost *host) {
    Error error;
    const MidiList *now = live_midi(host->live);
    if (now->all && now->count != host->midi.count && !take_midi(host, &error)) {
        live_notice_add(host->live, &error);
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
           (all ? take_midi(host, error) : look_beside_chosen(host, error));
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

static void watch_calibration(WindowHost *host) {
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

void window_setup_watch(WindowHost *host) {
    watch_calibration(host);
    watch_midi(host);
}

void window_setup_add(WindowHost *host, bool choose_midi) {
    Error trouble;
    host->midi = *live_midi(host->live);
    memset(host->midi_on, true, sizeof host->midi_on);
    if (choose_midi && !take_midi(host, &trouble)) {
        live_notice_add(host->live, &trouble);
    }
    host->functions.setting_count = setting_count;
    host->functions.setting = setting;
    host->functions.choose = choose;
    host->functions.midi_inputs = midi_inputs;
    host->functions.midi_input_set = midi_input_set;
    host->functions.midi_look = midi_look;
    host->functions.calibrate_start = calibrate_start;
    host->functions.calibrate_cancel = calibrate_cancel;
    host->functions.calibration = calibration;
}
