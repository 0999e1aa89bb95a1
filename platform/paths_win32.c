// Finds the user's folders by SHGetKnownFolderPath, and the program by GetModuleFileName.
#include "platform/paths.h"

#include "platform/paths_system.h"
#include "platform/wide_win32.h"

#include <stdlib.h>
#include <windows.h>

#include <initguid.h> // the folders' ids are defined here
#include <knownfolders.h>
#include <shlobj.h>

enum { PATH_CHARACTERS = 32768 }; // the longest that Windows has

char *paths_environment(const char *name) {
    wchar_t *wide = wide_from_utf8(name);
    const wchar_t *value = wide ? _wgetenv(wide) : NULL;
    free(wide);
    return value && value[0] ? wide_to_utf8(value) : NULL;
}

char *paths_program(Error *error) {
    wchar_t *wide = malloc(PATH_CHARACTERS * sizeof *wide);
    DWORD length = wide ? GetModuleFileNameW(NULL, wide, PATH_CHARACTERS) : 0;
    char *program = length > 0 ? wide_to_utf8(wide) : NULL;
    if (!program) {
        error_set(error, "polycore.exe: Windows does not say where it is; set POLYCORE_DATA");
    }
    free(wide);
    return program;
}

/// Polycore's folder in one of the system's known folders. variable overrides that, for portable use and for
/// tests.
static char *user_folder(const char *variable, const KNOWNFOLDERID *id, Error *error) {
    char *base = paths_environment(variable);
    PWSTR wide = NULL;
    if (!base && SHGetKnownFolderPath(id, KF_FLAG_CREATE, NULL, &wide) == S_OK) {
        base = wide_to_utf8(wide);
    }
    CoTaskMemFree(wide);
    char *folder = base ? paths_join(base, "polycore") : NULL;
    if (!folder) {
        error_set(error, "your user folder is not known; set %s", variable);
    }
    free(base);
    return folder;
}

char *paths_user_config(Error *error) {
    return user_folder("XDG_CONFIG_HOME", &FOLDERID_RoamingAppData, error);
}

char *paths_user_data(Error *error) {
    return user_folder("XDG_DATA_HOME", &FOLDERID_RoamingAppData, error);
}

char *paths_user_cache(Error *error) {
    return user_folder("XDG_CACHE_HOME", &FOLDERID_LocalAppData, error);
}
