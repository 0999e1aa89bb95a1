// Opens, makes and lists files by Win32's wide calls.
#include "platform/file.h"

#include "platform/wide_win32.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

static void set_error(Error *error, const char *path, DWORD code) {
    const char *next_step = code == ERROR_FILE_NOT_FOUND || code == ERROR_PATH_NOT_FOUND ? "check the path"
                            : code == ERROR_DISK_FULL                                    ? "free some space"
                            : code == ERROR_ACCESS_DENIED
                                ? "check who may use it, and that no program has it open"
                                : "try another path";
    wide_error(error, path, code, next_step);
}

/// GetFileAttributesW of a UTF-8 path.
static DWORD attributes_of(const char *path) {
    WidePath wide;
    return wide_path(wide, path) ? GetFileAttributesW(wide) : INVALID_FILE_ATTRIBUTES;
}

FILE *file_open(const char *path, const char *mode, Error *error) {
    enum { MODE_CHARACTERS = 16 };
    wchar_t wide_mode[MODE_CHARACTERS];
    WidePath wide;
    // "b": bytes as they are.
    _snwprintf(wide_mode, MODE_CHARACTERS, strchr(mode, 'b') ? L"%hs" : L"%hsb", mode);
    FILE *stream = wide_path(wide, path) ? _wfopen(wide, wide_mode) : NULL;
    if (!stream) {
        int cause = errno;
        if (file_is_folder(path)) {
            error_set(error, "%s: is a directory; name a file in it", path);
        } else {
            error_set(error, "%s: %s; %s", path, strerror(cause),
                      cause == ENOENT ? "check the path" : "try another path");
        }
    }
    return stream;
}

bool file_exists(const char *path) {
    return attributes_of(path) != INVALID_FILE_ATTRIBUTES;
}

bool file_is_folder(const char *path) {
    DWORD attributes = attributes_of(path);
    return attributes != INVALID_FILE_ATTRIBUTES && (attributes & FILE_ATTRIBUTE_DIRECTORY);
}

/// Makes one folder. partial: UTF-8.
static bool make_folder(const char *partial, Error *error) {
    WidePath wide;
    bool made = wide_path(wide, partial) && CreateDirectoryW(wide, NULL);
    DWORD cause = GetLastError();
    if (!made && !file_is_folder(partial)) {
        set_error(error, partial, cause);
        return false;
    }
    return true;
}

/// How much of a path is there or is not, and cannot be made: a drive, or a server and its share.
static size_t root_length(const char *path) {
    static const char SEPARATORS[] = "/\\";
    if (path[0] != '\0' && path[1] == ':') {
        return 2;
    }
    if (strspn(path, SEPARATORS) != 2) {
        return 0;
    }
    size_t length = 2 + strcspn(path + 2, SEPARATORS);
    length += strspn(path + length, SEPARATORS);
    return length + strcspn(path + length, SEPARATORS);
}

bool file_make_folders(const char *path, Error *error) {
    if (file_is_folder(path)) {
        return true;
    }
    char *partial = _strdup(path);
    if (!partial) {
        error_set(error, "%s: no memory", path);
        return false;
    }
    bool made = true;
    char *end = partial + root_length(partial);
    while (made && *end) {
        end += strspn(end, "/\\");
        end += strcspn(end, "/\\");
        char separator = *end;
        *end = '\0';
        made = make_folder(partial, error);
        *end = separator;
    }
    free(partial);
    return made;
}

static int compare_names(const void *left, const void *right) {
    return strcmp(*(char *const *)left, *(char *const *)right);
}

static bool is_wanted(const char *name, DWORD attributes, const char *suffix, bool want_folders) {
    size_t length = strlen(name);
    size_t suffix_length = strlen(suffix);
    if (name[0] == '.' || length < suffix_length || _stricmp(name + length - suffix_length, suffix) != 0) {
        return false;
    }
    return want_folders == ((attributes & FILE_ATTRIBUTE_DIRECTORY) != 0) &&
           !(attributes & FILE_ATTRIBUTE_DEVICE);
}

/// Adds the name, which the list then owns. False, with the name freed, when memory is out.
static bool add_name(FileList *list, char *name) {
    char **names = realloc(list->names, ((size_t)list->count + 1) * sizeof *names);
    if (!names) {
        free(name);
        return false;
    }
    list->names = names;
    names[list->count++] = name;
    return true;
}

/// Adds every wanted entry of an open search. False when memory is out.
static bool add_entries(FileList *list, HANDLE search, WIN32_FIND_DATAW *entry, const char *suffix,
                        bool want_folders) {
    do {
        char *name = wide_to_utf8(entry->cFileName);
        if (!name) {
            return false;
        }
        if (!is_wanted(name, entry->dwFileAttributes, suffix, want_folders)) {
            free(name);
        } else if (!add_name(list, name)) {
            return false;
        }
    } while (FindNextFileW(search, entry));
    return true;
}

/// Starts a search for everything in folder.
static HANDLE search_folder(const char *folder, WIN32_FIND_DATAW *entry) {
    WidePath pattern;
    if (!wide_path(pattern, folder) || wcslen(pattern) + sizeof "/*" > WIDE_PATH_CHARACTERS) {
        return INVALID_HANDLE_VALUE;
    }
    wcscat(pattern, L"/*");
    return FindFirstFileW(pattern, entry);
}

static FileList *list_entries(const char *folder, const char *suffix, bool want_folders, Error *error) {
    WIN32_FIND_DATAW entry;
    HANDLE search = search_folder(folder, &entry);
    if (search == INVALID_HANDLE_VALUE) {
        set_error(error, folder, GetLastError());
        return NULL;
    }
    FileList *list = calloc(1, sizeof *list);
    bool complete = list && add_entries(list, search, &entry, suffix, want_folders);
    FindClose(search);
    if (!complete) {
        error_set(error, "%s: no memory for its list of files; end other programs", folder);
        file_list_destroy(list);
        return NULL;
    }
    if (list->count > 0) {
        qsort(list->names, (size_t)list->count, sizeof *list->names, compare_names);
    }
    return list;
}

FileList *file_list_create(const char *folder, const char *suffix, Error *error) {
    return list_entries(folder, suffix, false, error);
}

FileList *file_list_folders(const char *folder, Error *error) {
    return list_entries(folder, "", true, error);
}
