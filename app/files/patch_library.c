// The user's files are read once; afterwards the library is a plain table.
#include "app/files/patch_library.h"

#include "app/files/embedded.h"
#include "app/files/patch_text.h"
#include "app/nearest.h"
#include "app/text_match.h"
#include "platform/file.h"
#include "platform/paths.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char SUFFIX[] = ".patch";
static const char FOLDER[] = "patches"; // within the user's data

enum {
    PATCH_FILE_BYTES_MAX = 65536, // a patch is 2 KiB; what is larger is something else
    PATCH_TEXT_BYTES = 8192,      // a saved one needs a third
    STEM_BYTES = PATCH_NAME_BYTES + sizeof "-patch",
    SAME_STEM_MAX = 999, // files that differ in their number only
};

struct PatchLibrary {
    char *user_folder; // NULL when there is none
    int32_t count;
    PatchEntry entries[PATCH_LIBRARY_MAX];
};

static char *copy_path(const char *path) {
    return paths_join("", path);
}

static bool has_suffix(const char *path) {
    size_t bytes = strlen(path);
    return bytes >= sizeof SUFFIX - 1 && text_same(path + bytes - (sizeof SUFFIX - 1), SUFFIX);
}

// The file's name without folder and .patch, cut on a whole character.
static void id_from_path(char id[PATCH_ID_BYTES], const char *path) {
    const char *name = paths_base_name(path);
    size_t bytes = strlen(name) - (has_suffix(name) ? sizeof SUFFIX - 1 : 0);
    if (bytes > PATCH_ID_BYTES - 1) {
        for (bytes = PATCH_ID_BYTES - 1; bytes > 0 && ((unsigned char)name[bytes] & 0xC0) == 0x80; bytes--) {
        }
    }
    memcpy(id, name, bytes);
    id[bytes] = '\0';
}

static bool read_patch_file(Patch *patch, const char *path, Error *error) {
    size_t bytes;
    uint8_t *text = file_read(path, PATCH_FILE_BYTES_MAX, &bytes, error);
    bool read = text && patch_parse(patch, (const char *)text, bytes, path, error);
    free(text);
    return read;
}

static int32_t find_id_or_name(const PatchLibrary *library, const char *id, const char *name) {
    for (int32_t i = 0; i < library->count; i++) {
        if (text_same(library->entries[i].id, id)) {
            return i;
        }
    }
    for (int32_t i = 0; i < library->count; i++) {
        if (text_same(library->entries[i].patch.name, name)) {
            return i;
        }
    }
    return PATCH_NONE;
}

// Puts a patch at its place, or at the end; takes path over, also on failure.
static int32_t put(PatchLibrary *library, int32_t index, const Patch *patch, char *path, Error *error) {
    if (index == PATCH_NONE) {
        if (library->count == PATCH_LIBRARY_MAX) {
            error_set(error, "%s: there are %d patches already; move some out of the folder", path,
                      PATCH_LIBRARY_MAX);
            free(path);
            return PATCH_NONE;
        }
        index = library->count++;
        id_from_path(library->entries[index].id, path);
    }
    PatchEntry *entry = &library->entries[index];
    free((char *)entry->path);
    entry->patch = *patch;
    entry->path = path;
    return index;
}

// Reads one of the user's patches at start-up. One that another of the user's patches has the name of is an
// error.
static bool add_user_file(PatchLibrary *library, char *path, Error *error) {
    Patch patch;
    char id[PATCH_ID_BYTES];
    if (!read_patch_file(&patch, path, error)) {
        free(path);
        return false;
    }
    id_from_path(id, path);
    int32_t index = find_id_or_name(library, id, patch.name);
    if (index != PATCH_NONE && library->entries[index].path) {
        error_set(error, "%s: '%s' is the name of %s already; rename one of them", path, patch.name,
                  library->entries[index].path);
        free(path);
        return false;
    }
    return put(library, index, &patch, path, error) != PATCH_NONE;
}

static bool add_builtin_patches(PatchLibrary *library, Error *error) {
    for (size_t i = 0; i < BUILTIN_PATCHES_COUNT; i++) {
        const EmbeddedFile *file = &BUILTIN_PATCHES[i];
        PatchEntry *entry = &library->entries[library->count];
        if (!patch_parse(&entry->patch, (const char *)file->bytes, file->size_bytes, file->name, error)) {
            return false;
        }
        id_from_path(entry->id, file->name);
        library->count++;
    }
    return true;
}

static void add_user_patches(PatchLibrary *library, PatchTrouble *trouble, void *context) {
    Error error = {""};
    if (!file_is_folder(library->user_folder)) {
        return;
    }
    FileList *files = file_list_create(library->user_folder, SUFFIX, &error);
    if (!files && trouble) {
        trouble(context, error.text);
    }
    for (int32_t i = 0; files && i < files->count; i++) {
        char *path = paths_join(library->user_folder, files->names[i]);
        if (path && !add_user_file(library, path, &error) && trouble) {
            trouble(context, error.text);
        }
    }
    file_list_destroy(files);
}

char *patch_library_user_folder(Error *error) {
    char *data = paths_user_data(error);
    char *folder = data ? paths_join(data, FOLDER) : NULL;
    if (data && !folder) {
        error_set(error, "the folder for patches: no memory left to name it; close another program");
    }
    free(data);
    return folder;
}

PatchLibrary *patch_library_create(const char *user_folder, PatchTrouble *trouble, void *context,
                                   Error *error) {
    PatchLibrary *library = calloc(1, sizeof *library);
    char *folder = user_folder ? copy_path(user_folder) : NULL;
    if (!library || (user_folder && !folder)) {
        error_set(error, "the patches: no memory left for them; close another program");
        goto fail;
    }
    if (!add_builtin_patches(library, error)) {
        goto fail;
    }
    library->user_folder = folder;
    if (folder) {
        add_user_patches(library, trouble, context);
    }
    return library;
fail:
    free(folder);
    free(library);
    return NULL;
}

void patch_library_destroy(PatchLibrary *library) {
    if (!library) {
        return;
    }
    for (int32_t i = 0; i < library->count; i++) {
        free((char *)library->entries[i].path);
    }
    free(library->user_folder);
    free(library);
}

int32_t patch_library_count(const PatchLibrary *library) {
    return library->count;
}

const PatchEntry *patch_library_entry(const PatchLibrary *library, int32_t index) {
    return &library->entries[index];
}

int32_t patch_library_find(const PatchLibrary *library, const char *name) {
    return find_id_or_name(library, name, name);
}

static int32_t load_file(PatchLibrary *library, char *path, Error *error) {
    Patch patch;
    char id[PATCH_ID_BYTES];
    if (!path) {
        error_set(error, "the patch: no memory left to read it; close another program");
        return PATCH_NONE;
    }
    if (!read_patch_file(&patch, path, error)) {
        free(path);
        return PATCH_NONE;
    }
    id_from_path(id, path);
    return put(library, find_id_or_name(library, id, patch.name), &patch, path, error);
}

static void complain_of_unknown(const PatchLibrary *library, const char *name, Error *error) {
    const char *names[2 * PATCH_LIBRARY_MAX];
    for (int32_t i = 0; i < library->count; i++) {
        names[2 * i] = library->entries[i].id;
        names[2 * i + 1] = library->entries[i].patch.name;
    }
    const char *nearest = nearest_name(name, names, 2 * (size_t)library->count);
    if (nearest) {
        error_set(error, "there is no patch '%s'; did you mean '%s'?", name, nearest);
    } else {
        error_set(error, "there is no patch '%s'; 'polycore patches' lists those there are", name);
    }
}

// "folder/NAME.patch"; NULL when there is no folder or no memory.
static char *user_path(const PatchLibrary *library, const char *name) {
    char *file_name = malloc(strlen(name) + sizeof SUFFIX);
    char *path = NULL;
    if (file_name && library->user_folder) {
        sprintf(file_name, "%s%s", name, SUFFIX);
        path = paths_join(library->user_folder, file_name);
    }
    free(file_name);
    return path;
}

int32_t patch_library_load(PatchLibrary *library, const char *name_or_path, Error *error) {
    if (strpbrk(name_or_path, "/\\") || has_suffix(name_or_path)) {
        return load_file(library, copy_path(name_or_path), error);
    }
    // A file of the user's that was left out for a mistake in it must not be passed over for a built-in one.
    int32_t index = patch_library_find(library, name_or_path);
    char *path = user_path(library, name_or_path);
    if (path && file_exists(path) && (index == PATCH_NONE || !library->entries[index].path)) {
        return load_file(library, path, error);
    }
    free(path);
    if (index != PATCH_NONE) {
        return index;
    }
    if (file_exists(name_or_path) && !file_is_folder(name_or_path)) {
        return load_file(library, copy_path(name_or_path), error);
    }
    complain_of_unknown(library, name_or_path, error);
    return PATCH_NONE;
}

// Windows takes these for devices, whatever their ending: what is saved there is lost.
static bool is_device_name(const char *stem) {
    static const char *const DEVICES[] = {"con", "prn", "aux", "nul", "com", "lpt"};
    size_t length = strlen(stem);
    bool as_long = length == 3 || (length == 4 && stem[3] >= '0' && stem[3] <= '9');
    for (size_t i = 0; i < sizeof DEVICES / sizeof DEVICES[0]; i++) {
        if (as_long && strncmp(stem, DEVICES[i], 3) == 0) {
            return true;
        }
    }
    return false;
}

// "Warm bass!" -> "warm-bass": what every file system bears and a command line needs no quotes for.
static void stem_from_name(char stem[STEM_BYTES], const char *name) {
    size_t bytes = 0;
    for (; *name && bytes < PATCH_NAME_BYTES; name++) {
        char letter = text_lower(*name);
        if ((letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') ||
            (unsigned char)letter >= 0x80) {
            stem[bytes++] = letter;
        } else if (bytes > 0 && stem[bytes - 1] != '-') {
            stem[bytes++] = '-';
        }
    }
    while (bytes > 0 && stem[bytes - 1] == '-') {
        bytes--;
    }
    stem[bytes] = '\0';
    if (bytes == 0 || is_device_name(stem)) {
        strcat(stem, bytes == 0 ? "patch" : "-patch");
    }
}

// A path in the user's folder that no file has yet, named after the patch. NULL with error filled.
static char *new_path(const PatchLibrary *library, const char *patch_name, Error *error) {
    char stem[STEM_BYTES] = "";
    stem_from_name(stem, patch_name);
    for (int number = 1; number <= SAME_STEM_MAX; number++) {
        char name[STEM_BYTES + 16];
        if (number == 1) {
            snprintf(name, sizeof name, "%s", stem);
        } else {
            snprintf(name, sizeof name, "%s-%d", stem, number);
        }
        char *path = user_path(library, name);
        if (!path) {
            error_set(error, "%s: no memory left to save it; close another program", patch_name);
            return NULL;
        }
        if (!file_exists(path)) {
            return path;
        }
        free(path);
    }
    error_set(error, "%s: %d files in %s have this name; remove some", patch_name, SAME_STEM_MAX,
              library->user_folder);
    return NULL;
}

static bool write_patch_file(const char *path, const Patch *patch, Error *error) {
    char text[PATCH_TEXT_BYTES];
    size_t bytes = patch_format(patch, text, sizeof text);
    assert(bytes < sizeof text);
    return file_write(path, text, bytes, error);
}

int32_t patch_library_save(PatchLibrary *library, const Patch *patch, Error *error) {
    int32_t index = PATCH_NONE;
    for (int32_t i = 0; i < library->count && index == PATCH_NONE; i++) {
        index = text_same(library->entries[i].patch.name, patch->name) ? i : PATCH_NONE;
    }
    if (index == PATCH_NONE && library->count == PATCH_LIBRARY_MAX) {
        error_set(error, "%s: there are %d patches already; save it over another", patch->name,
                  PATCH_LIBRARY_MAX);
        return PATCH_NONE;
    }
    char *path;
    if (index != PATCH_NONE && library->entries[index].path) {
        path = copy_path(library->entries[index].path);
    } else if (!library->user_folder) {
        error_set(error, "%s: there is no folder to save patches in; set XDG_DATA_HOME or HOME", patch->name);
        return PATCH_NONE;
    } else if (!file_make_folders(library->user_folder, error)) {
        return PATCH_NONE;
    } else {
        path = new_path(library, patch->name, error);
    }
    if (!path || !write_patch_file(path, patch, error)) {
        free(path);
        return PATCH_NONE;
    }
    return put(library, index, patch, path, error);
}
