// Opens, makes and lists files by POSIX calls, for Linux and macOS.
#include "platform/file.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

/// What the user can do about an errno value.
static const char *next_step(int cause) {
    switch (cause) {
    case ENOENT:
    case ENOTDIR:
        return "check the path";
    case EACCES:
    case EPERM:
        return "check who may use it (ls -l)";
    case EROFS:
        return "choose a folder that can be written";
    case EISDIR:
        return "name a file in it";
    case ENOSPC:
    case EDQUOT:
        return "free some space";
    default:
        return "try another path";
    }
}

static void set_errno(Error *error, const char *path, int cause) {
    error_set(error, "%s: %s; %s", path, strerror(cause), next_step(cause));
}

FILE *file_open(const char *path, const char *mode, Error *error) {
    FILE *stream = fopen(path, mode);
    if (!stream) {
        set_errno(error, path, errno);
    }
    return stream;
}

bool file_exists(const char *path) {
    struct stat status;
    return stat(path, &status) == 0;
}

bool file_is_folder(const char *path) {
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

bool file_make_folders(const char *path, Error *error) {
    char *partial = strdup(path);
    if (!partial) {
        error_set(error, "%s: no memory", path);
        return false;
    }
    bool made = true;
    for (char *end = partial; made && *end;) {
        end += strspn(end, "/");
        end += strcspn(end, "/");
        char separator = *end;
        *end = '\0';
        if (mkdir(partial, 0777) != 0 && !file_is_folder(partial)) {
            set_errno(error, partial, errno);
            made = false;
        }
        *end = separator;
    }
    free(partial);
    return made;
}

static int compare_names(const void *left, const void *right) {
    return strcmp(*(char *const *)left, *(char *const *)right);
}

static bool is_wanted(DIR *stream, const char *name, const char *suffix, bool want_folders) {
    size_t length = strlen(name);
    size_t suffix_length = strlen(suffix);
    if (name[0] == '.' || length < suffix_length || strcasecmp(name + length - suffix_length, suffix) != 0) {
        return false;
    }
    struct stat status;
    return fstatat(dirfd(stream), name, &status, 0) == 0 &&
           (want_folders ? S_ISDIR(status.st_mode) : S_ISREG(status.st_mode));
}

static bool add_name(FileList *list, const char *name) {
    char **names = realloc(list->names, ((size_t)list->count + 1) * sizeof *names);
    if (!names) {
        return false;
    }
    list->names = names;
    names[list->count] = strdup(name);
    if (!names[list->count]) {
        return false;
    }
    list->count++;
    return true;
}

static FileList *list_entries(const char *folder, const char *suffix, bool want_folders, Error *error) {
    DIR *stream = opendir(folder);
    if (!stream) {
        set_errno(error, folder, errno);
        return NULL;
    }
    FileList *list = calloc(1, sizeof *list);
    bool complete = list != NULL;
    for (struct dirent *entry; complete && (entry = readdir(stream));) {
        complete = !is_wanted(stream, entry->d_name, suffix, want_folders) || add_name(list, entry->d_name);
    }
    closedir(stream);
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
