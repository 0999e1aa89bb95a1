// Writes a file beside its destination and moves it over, by Win32's wide calls.
#include "platform/file.h"

#include "platform/wide_win32.h"

#include <errno.h>
#include <fcntl.h>
#include <io.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <windows.h>

enum {
    PART_NUMBERS = 1000,   // drafts of one file at once, those left by crashes included
    PART_SUFFIX_BYTES = 16 // ".999.part" and the final 0
};

struct FileDraft {
    FILE *stream;
    char *destination;
    char *written; // the file beside, or the destination itself where that is a device or a pipe
    bool direct;
};

static void draft_free(FileDraft *draft) {
    free(draft->written);
    free(draft->destination);
    free(draft);
}

/// Opens a UTF-8 path. Returns a descriptor, -1 with errno set.
static int open_wide(const char *path, int flags) {
    WidePath wide;
    return wide_path(wide, path) ? _wopen(wide, flags | _O_BINARY | _O_NOINHERIT, _S_IREAD | _S_IWRITE) : -1;
}

static void remove_wide(const char *path) {
    WidePath wide;
    if (wide_path(wide, path)) {
        DeleteFileW(wide);
    }
}

/// Creates "destination.N.part", N being the first that is free. Returns its descriptor, -1 with errno set.
static int create_beside(FileDraft *draft) {
    size_t bytes = strlen(draft->destination) + PART_SUFFIX_BYTES;
    draft->written = malloc(bytes);
    if (!draft->written) {
        return -1;
    }
    int descriptor = -1;
    for (int number = 0; descriptor < 0 && number < PART_NUMBERS; number++) {
        snprintf(draft->written, bytes, "%s.%d.part", draft->destination, number);
        descriptor = open_wide(draft->written, _O_RDWR | _O_CREAT | _O_EXCL);
        if (descriptor < 0 && errno != EEXIST) {
            break;
        }
    }
    return descriptor;
}

static int open_directly(FileDraft *draft) {
    draft->direct = true;
    draft->written = _strdup(draft->destination);
    return draft->written ? open_wide(draft->destination, _O_WRONLY) : -1;
}

/// What an existing path is: FILE_TYPE_DISK, FILE_TYPE_CHAR (NUL, a port), FILE_TYPE_PIPE; FILE_TYPE_UNKNOWN
/// when there is none.
static DWORD file_type(const WidePath path) {
    HANDLE file = CreateFileW(path, 0, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_EXISTING, 0, NULL);
    if (file == INVALID_HANDLE_VALUE) {
        return FILE_TYPE_UNKNOWN;
    }
    DWORD type = GetFileType(file);
    CloseHandle(file);
    return type;
}

/// Opens what the destination's kind asks for: a draft beside a regular file or none, else the thing itself.
static int open_draft(FileDraft *draft) {
    if (file_is_folder(draft->destination)) {
        errno = EISDIR;
        return -1;
    }
    WidePath wide;
    if (!wide_path(wide, draft->destination)) {
        return -1;
    }
    DWORD type = file_type(wide);
    if (type == FILE_TYPE_CHAR || type == FILE_TYPE_PIPE) {
        return open_directly(draft);
    }
    // Moving over would ignore that its owner has protected it.
    return type == FILE_TYPE_UNKNOWN || _waccess(wide, 2) == 0 ? create_beside(draft) : -1;
}

FileDraft *file_draft_create(const char *path, Error *error) {
    FileDraft *draft = calloc(1, sizeof *draft);
    if (!draft) {
        error_set(error, "%s: no memory to write it", path);
        return NULL;
    }
    draft->destination = _strdup(path);
    int descriptor = draft->destination ? open_draft(draft) : -1;
    if (descriptor < 0) {
        error_set(error, "%s: cannot be written: %s; choose another place", path, strerror(errno));
        draft_free(draft);
        return NULL;
    }
    draft->stream = _fdopen(descriptor, draft->direct ? "wb" : "w+b");
    if (!draft->stream) {
        error_set(error, "%s: cannot be written: %s; choose another place", path, strerror(errno));
        _close(descriptor);
        file_draft_discard(draft);
        return NULL;
    }
    return draft;
}

FILE *file_draft_stream(const FileDraft *draft) {
    return draft->stream;
}

const char *file_draft_path(const FileDraft *draft) {
    return draft->written;
}

/// Lets the written file take the destination's place in one step. Returns 0 or the system's error code.
static DWORD move_over(const FileDraft *draft) {
    WidePath from;
    WidePath to;
    bool moved = wide_path(from, draft->written) && wide_path(to, draft->destination) &&
                 MoveFileExW(from, to, MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH);
    return moved ? 0 : GetLastError();
}

bool file_draft_commit(FileDraft *draft, Error *error) {
    // The system may keep its error (disk full) until the data is flushed, synchronised or closed.
    bool kept = !ferror(draft->stream) && fflush(draft->stream) == 0 &&
                (draft->direct || _commit(_fileno(draft->stream)) == 0);
    int cause = errno;
    if (fclose(draft->stream) != 0 && kept) {
        kept = false;
        cause = errno;
    }
    draft->stream = NULL;
    if (!kept) {
        error_set(error, "%s: %s; %s", draft->destination, strerror(cause),
                  cause == ENOSPC ? "free some space or choose another place" : "choose another place");
        file_draft_discard(draft);
        return false;
    }
    DWORD refused = draft->direct ? 0 : move_over(draft);
    if (refused != 0) {
        wide_error(error, draft->destination, refused,
                   "close the program that has it open, or choose another place");
        file_draft_discard(draft);
        return false;
    }
    draft_free(draft);
    return true;
}

void file_draft_discard(FileDraft *draft) {
    if (!draft) {
        return;
    }
    if (draft->stream) {
        fclose(draft->stream);
    }
    if (!draft->direct) {
        remove_wide(draft->written);
    }
    draft_free(draft);
}
