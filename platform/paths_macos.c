// Finds the user's folders where Apple wants them, and the program by dyld.
#include "platform/paths.h"

#include "platform/paths_system.h"

#include <errno.h>
#include <mach-o/dyld.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

char *paths_environment(const char *name) {
    const char *value = getenv(name);
    return value && value[0] ? strdup(value) : NULL;
}

char *paths_program(Error *error) {
    uint32_t bytes = 0;
    _NSGetExecutablePath(NULL, &bytes);
    char *called = malloc(bytes);
    char *program = called && _NSGetExecutablePath(called, &bytes) == 0 ? realpath(called, NULL) : NULL;
    if (!program) {
        error_set(error, "the program's own file: %s; set POLYCORE_DATA", strerror(errno));
    }
    free(called);
    return program;
}

static const char *home_folder(void) {
    const char *home = getenv("HOME");
    if (home && home[0] == '/') {
        return home;
    }
    const struct passwd *user = getpwuid(getuid());
    return user && user->pw_dir && user->pw_dir[0] == '/' ? user->pw_dir : NULL;
}

/// VARIABLE/polycore where that is set, for tests and for those who like XDG; else HOME/below_home/polycore.
static char *user_folder(const char *variable, const char *below_home, Error *error) {
    const char *base = getenv(variable);
    const char *home = home_folder();
    char *folder = NULL;
    if (base && base[0] == '/') {
        folder = paths_join(base, "polycore");
    } else if (home) {
        char *parent = paths_join(home, below_home);
        folder = parent ? paths_join(parent, "polycore") : NULL;
        free(parent);
    }
    if (!folder) {
        error_set(error, "your home folder is not known; set HOME or %s", variable);
    }
    return folder;
}

char *paths_user_config(Error *error) {
    return user_folder("XDG_CONFIG_HOME", "Library/Application Support", error);
}

char *paths_user_data(Error *error) {
    return user_folder("XDG_DATA_HOME", "Library/Application Support", error);
}

char *paths_user_cache(Error *error) {
    return user_folder("XDG_CACHE_HOME", "Library/Caches", error);
}
