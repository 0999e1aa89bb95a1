// Finds the user's folders by the XDG base directory specification, and the program in /proc.
#include "platform/paths.h"

#include "platform/paths_system.h"

#include <errno.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

char *paths_environment(const char *name) {
    const char *value = getenv(name);
    return value && value[0] ? strdup(value) : NULL;
}

char *paths_program(Error *error) {
    char *program = realpath("/proc/self/exe", NULL);
    if (!program) {
        error_set(error, "/proc/self/exe: %s; mount /proc, or set POLYCORE_DATA", strerror(errno));
    }
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

/// VARIABLE/polycore, else HOME/below_home/polycore. The specification says that a relative VARIABLE counts
/// as unset.
static char *user_folder(const char *variable, const char *below_home, Error *error) {
    const char *base = getenv(variable);
    char *folder = NULL;
    if (base && base[0] == '/') {
        folder = paths_join(base, "polycore");
    } else {
        const char *home = home_folder();
        if (!home) {
            error_set(error, "your home folder is not known; set HOME or %s", variable);
            return NULL;
        }
        char *parent = paths_join(home, below_home);
        folder = parent ? paths_join(parent, "polycore") : NULL;
        free(parent);
    }
    if (!folder) {
        error_set(error, "%s: no memory for the path", variable);
    }
    return folder;
}

char *paths_user_config(Error *error) {
    return user_folder("XDG_CONFIG_HOME", ".config", error);
}

char *paths_user_data(Error *error) {
    return user_folder("XDG_DATA_HOME", ".local/share", error);
}

char *paths_user_cache(Error *error) {
    return user_folder("XDG_CACHE_HOME", ".cache", error);
}
