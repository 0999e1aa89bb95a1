// Puts what was remembered where the command line says nothing.
#include "app/recall.h"

#include "engine/engine.h"
#include "platform/paths.h"

#include <stdlib.h>
#include <string.h>

static const char FILE_NAME[] = "settings.ini";

Settings *recall_settings(Error *trouble) {
    char *folder = paths_user_config(trouble);
    char *path = folder ? paths_join(folder, FILE_NAME) : NULL;
    Settings *settings = NULL;
    if (path) {
        Error error;
        settings = settings_create(path, trouble, &error);
        if (!settings) {
            *trouble = error;
        }
    } else if (folder) {
        error_set(trouble, "the settings: out of memory; close other programs");
    }
    free(path);
    free(folder);
    return settings;
}

// What a file says may be anything: out of range counts as not said.
static void recall_number(const Settings *settings, const Options *options, const char *option,
                          const char *name, uint32_t minimum, uint32_t maximum, uint32_t *value) {
    const char *text = settings_get(settings, name);
    char *end = NULL;
    unsigned long number = text ? strtoul(text, &end, 10) : 0;
    if (text && end != text && *end == '\0' && number >= minimum && number <= maximum &&
        !options_given(options, option)) {
        *value = (uint32_t)number;
    }
}

static void recall_choice(const Settings *settings, const Options *options, const char *name,
                          const char *const *choices, int count, int *value) {
    const char *text = settings_get(settings, name);
    for (int i = 0; i < count && text && !options_given(options, name); i++) {
        *value = strcmp(text, choices[i]) == 0 ? i : *value;
    }
}

static void recall_output(const Settings *settings, Options *options) {
    if (!options->audio_api && !options->device) { // one without the other may not fit
        options->audio_api = settings_get(settings, "audio_api");
        options->device = settings_get(settings, "device");
        recall_number(settings, options, "rate", "rate_hz", ENGINE_RATE_MIN_HZ, ENGINE_RATE_MAX_HZ,
                      &options->rate_hz);
        recall_number(settings, options, "block", "block_frames", 1, ENGINE_BLOCK_MAX_FRAMES,
                      &options->block_frames);
    }
}

void recall_options(const Settings *settings, Options *options) {
    static const char *const WAITS[] = {"park", "predict", "spin"};
    static const char *const PINS[] = {"auto", "on", "off"};
    recall_output(settings, options);
    recall_number(settings, options, "workers", "workers", 0, POOL_WORKERS_MAX, &options->workers);
    recall_number(settings, options, "polyphony", "polyphony", 1, ENGINE_POLYPHONY_MAX, &options->polyphony);
    recall_choice(settings, options, "wait", WAITS, WAIT_MODE_COUNT, &options->wait);
    recall_choice(settings, options, "pin", PINS, 3, &options->pin);
    recall_choice(settings, options, "quality", QUALITY_NAMES, QUALITY_COUNT, &options->quality);
}

bool recall_forget_output(Options *options) {
    bool any = false;
    if (!options_given(options, "audio-api") && !options_given(options, "device")) {
        any = options->audio_api || options->device || options->rate_hz || options->block_frames;
        options->audio_api = NULL;
        options->device = NULL;
        options->rate_hz = options_given(options, "rate") ? options->rate_hz : 0;
        options->block_frames = options_given(options, "block") ? options->block_frames : 0;
    }
    return any;
}
