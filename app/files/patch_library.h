// Keeps the patches there are: the built-in ones and the user's, which win by name.
#ifndef APP_FILES_PATCH_LIBRARY_H
#define APP_FILES_PATCH_LIBRARY_H

#include "engine/patch/patch.h"
#include "platform/error.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    PATCH_LIBRARY_MAX = 128, // no more fit in the engine's bank
    PATCH_ID_BYTES = 64,
    PATCH_NONE = -1,
};

typedef struct PatchEntry {
    Patch patch;
    char id[PATCH_ID_BYTES]; // for the command line: the file's name without .patch, cut
    const char
        *path; // the user's file; NULL when built in. Valid as long as the entry is not saved or loaded anew.
} PatchEntry;

typedef struct PatchLibrary PatchLibrary;

/// Told of each user patch that was left out and why: one line of text, valid during the call. [main-thread]
typedef void PatchTrouble(void *context, const char *text);

/// The user's folder for patches, whether or not it exists. Caller owns (free). NULL with error filled.
/// [main-thread]
char *patch_library_user_folder(Error *error);

/// Collects the built-in patches, then those in user_folder (NULL: none; a folder that does not exist: none).
/// A user's patch replaces the built-in one of its id or name in its place. One that cannot be read is told
/// to trouble (NULL: nobody) and left out. NULL with error filled when memory is refused. Caller owns.
/// [main-thread]
PatchLibrary *patch_library_create(const char *user_folder, PatchTrouble *trouble, void *context,
                                   Error *error);

/// NULL is harmless.
void patch_library_destroy(PatchLibrary *library);

/// How many patches there are, at least the built-in ones: indices 0..count-1. They never change their place.
/// [main-thread]
int32_t patch_library_count(const PatchLibrary *library);
const PatchEntry *patch_library_entry(const PatchLibrary *library, int32_t index);

/// The patch of that id or name, upper and lower case of A-Z alike, or PATCH_NONE. [main-thread]
int32_t patch_library_find(const PatchLibrary *library, const char *name);

/// The patch of that id or name, else the file of that path, which is added to the library or replaces the
/// entry of its id or name. PATCH_NONE with error filled: no such patch (the nearest is named), or the file,
/// also the user's own of that name, is broken. [main-thread]
int32_t patch_library_load(PatchLibrary *library, const char *name_or_path, Error *error);

/// Writes the patch to the user's folder, by a draft that takes its place in one step: over the user's patch
/// of that name, else to a new file named after it; then it is in the library. Returns its index, or
/// PATCH_NONE with error filled: no folder, not writable, disk full, or the library is full. patch: as
/// patch_format() wants it. [main-thread]
int32_t patch_library_save(PatchLibrary *library, const Patch *patch, Error *error);

#endif
