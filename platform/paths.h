// Says where the program's files are: the user's own, and those that came with the program. All paths are
// UTF-8.
#ifndef PLATFORM_PATHS_H
#define PLATFORM_PATHS_H

#include "platform/error.h"

/// The user's settings: ~/.config/polycore (XDG_CONFIG_HOME) on Linux. The folder may not exist yet:
/// file_make_folders(). Caller owns (free). NULL with error filled when the system does not say.
/// [main-thread]
char *paths_user_config(Error *error);

/// The user's patches and tunings: ~/.local/share/polycore (XDG_DATA_HOME) on Linux. As above.
char *paths_user_data(Error *error);

/// What can be made again: ~/.cache/polycore (XDG_CACHE_HOME) on Linux. As above.
char *paths_user_cache(Error *error);

/// The patches, tunings and songs that came with the program: the folder in the environment variable
/// POLYCORE_DATA, else the first that exists of "assets" beside the program and ../share/polycore seen from
/// there. As above; error names the places.
char *paths_shipped_data(Error *error);

/// folder/name, with one separator between. An absolute name is returned alone. Caller owns; NULL when memory
/// is out. [any-thread]
char *paths_join(const char *folder, const char *name);

/// The part after the last separator, within path. [any-thread]
const char *paths_base_name(const char *path);

#endif
