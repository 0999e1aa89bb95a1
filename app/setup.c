// Reads what a command needs, and complains of what is wrong with it.
#include "app/setup.h"

#include "app/calibrate/load.h"
#include "app/files/bank.h"
#include "platform/file.h"

#include <stdio.h>
#include <stdlib.h>

void setup_complain(const char *text) {
    fprintf(stderr, "polycore: %s\n", text);
}

void setup_complain_of_workers(const Engine *engine) {
    Error notice;
    if (engine_notice(engine, &notice)) {
        setup_complain(notice.text);
    }
}

void setup_complain_of_all_workers(void) {
    EngineConfig config = engine_config_default();
    Engine *engine = load_create_silent(&config, LOAD_TWO_SAWS, NULL);
    if (engine) {
        setup_complain_of_workers(engine);
    }
    engine_destroy(engine);
}

static void complain_of_patch(void *context, const char *text) {
    (void)context;
    setup_complain(text);
}

PatchLibrary *setup_library(Error *error) {
    char *folder = patch_library_user_folder(NULL); // a system that names none has no user patches
    PatchLibrary *library = patch_library_create(folder, complain_of_patch, NULL, error);
    free(folder);
    return library;
}

bool setup_bank(const Options *options, PatchLibrary *library, Bank *bank, Error *error) {
    int32_t first =
        options->patch ? patch_library_load(library, options->patch, error) : bank_default_patch(library);
    if (first == PATCH_NONE) {
        return false;
    }
    bank_fill(bank, library, first);
    return true;
}

Smf *setup_song(const char *path, Error *error) {
    size_t bytes;
    uint8_t *file = file_read(path, SMF_BYTES_MAX, &bytes, error);
    Smf *song = file ? smf_parse(file, bytes, path, error) : NULL;
    free(file);
    return song;
}
