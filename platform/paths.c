// Joins paths and finds what came with the program, the same way on every system.
#include "platform/paths.h"

#include "platform/file.h"
#include "platform/paths_system.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#ifdef _WIN32
static const char SEPARATORS[] = "/\\";
#else
static const char SEPARATORS[] = "/";
#endif

static bool is_separator(char byte) {
    return byte != '\0' && strchr(SEPARATORS, byte);
}

static bool is_absolute(const char *path) {
#ifdef _WIN32
    if (path[0] != '\0' && path[1] == ':') {
        return true;
    }
#endif
    return is_separator(path[0]);
}

char *paths_join(const char *folder, const char *name) {
    size_t folder_length = is_absolute(name) ? 0 : strlen(folder);
    bool between = folder_length > 0 && !is_separator(folder[folder_length - 1]);
    size_t name_bytes = strlen(name) + 1;
    char *path = malloc(folder_length + between + name_bytes);
    if (!path) {
        return NULL;
    }
    memcpy(path, folder, folder_length);
    if (between) {
        path[folder_length] = '/';
    }
    memcpy(path + folder_length + between, name, name_bytes);
    return path;
}

const char *paths_base_name(const char *path) {
    const char *name = path;
    for (const char *at = path; *at; at++) {
        name = is_separator(*at) ? at + 1 : name;
    }
    return name;
}

char *paths_shipped_data(Error *error) {
    static const char *const PLACES[] = {"assets", "../share/polycore", "../Resources/polycore"};
    char *chosen = paths_environment("POLYCORE_DATA");
    if (chosen) {
        if (file_is_folder(chosen)) {
            return chosen;
        }
        error_set(error, "%s: no such folder; POLYCORE_DATA names it: correct or unset that", chosen);
        free(chosen);
        return NULL;
    }
    char *program = paths_program(error);
    if (!program) {
        return NULL;
    }
    program[paths_base_name(program) - program] = '\0'; // its folder is left
    for (size_t i = 0; i < sizeof PLACES / sizeof *PLACES; i++) {
        char *place = paths_join(program, PLACES[i]);
        if (place && file_is_folder(place)) {
            free(program);
            return place;
        }
        free(place);
    }
    error_set(error,
              "patches: neither %sassets nor %s../share/polycore exists; install polycore again, or set "
              "POLYCORE_DATA",
              program, program);
    free(program);
    return NULL;
}
