// Goes through the options that have a key in the settings file.
#include "app/recall.h"

#include "app/option_value.h"
#include "platform/paths.h"

#include <stdlib.h>

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

// One of the two without the other may not fit.
static bool chooses_output(const Options *options) {
    return options_given(options, "audio-api") || options_given(options, "device");
}

void recall_options(const Settings *settings, Options *options) {
    bool output_too = !chooses_output(options);
    for (int i = 0; i < OPTION_TOTAL; i++) {
        const Option *option = &OPTION_ROWS[i];
        const char *text = option->key ? settings_get(settings, option->key) : NULL;
        if (text && !options_given(options, option->name) && (output_too || !option_of_output(option))) {
            option_read(option, text, options, NULL); // a file may say anything: what is no value is not said
        }
    }
}

bool recall_forget_output(Options *options) {
    bool any = false;
    for (int i = 0; i < OPTION_TOTAL && !chooses_output(options); i++) {
        const Option *option = &OPTION_ROWS[i];
        char room[OPTION_NUMBER_BYTES];
        if (option_of_output(option) && !options_given(options, option->name)) {
            any |= option_text(option, options, room)[0] != '\0';
            option_clear(option, options);
        }
    }
    return any;
}
