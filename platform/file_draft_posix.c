// Writes a file beside its destination and renames it over, by POSIX calls, for Linux and macOS.
#include "platform/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

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

/// Creates "destination.N.part", N being the first that is free. Returns its descriptor, -1 with errno set.
static int create_beside(FileDraft *draft, mode_t mode) {
    size_t bytes = strlen(draft->destination) + PART_SUFFIX_BYTES;
    draft->written = malloc(bytes);
    if (!draft->written) {
        return -1;
    }
    int descriptor = -1;
    for (int number = 0; descriptor < 0 && number < PART_NUMBERS; number++) {
        snprintf(draft->written, bytes, "%s.%d.part", draft->destination, number);
        descriptor = open(draft->written, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, mode);
        if (descriptor < 0 && errno != EEXIST) {
            break;
        }
    }
    return descriptor;
}

static int open_directly(FileDraft *draft) {
    draft->direct = true;
    draft->written = strdup(draft->destination);
    return draft->written ? open(draft->destination, O_WRONLY | O_CLOEXEC) : -1;
}

/// Opens what the destination's kind asks for: a draft beside a regular file or none, else the thing itself.
static int open_draft(FileDraft *draft) {
    struct stat status;
    if (stat(draft->destination, &status) != 0) {
        return errno == ENOENT ? create_beside(draft, 0666) : -1;
    }
    if (S_ISDIR(status.st_mode)) {
        errno = EISDIR;
        return -1;
    }
    if (access(draft->destination, W_OK) != 0) { // a rename would replace a file that its owner has protected
        return -1;
    }
    if (!S_ISREG(status.st_mode)) {
        return open_directly(draft);
    }
    int descriptor = create_beside(draft, 0600);
    if (descriptor >= 0 && fchmod(descriptor, status.st_mode & 0777) != 0) {
        int cause = errno;
        close(descriptor);
        unlink(draft->written);
        errno = cause;
        return -1;
    }
    return descriptor;
}

FileDraft *file_draft_create(const char *path, Error *error) {
    FileDraft *draft = calloc(1, sizeof *draft);
    if (!draft) {
        error_set(error, "%s: no memory to write it", path);
        return NULL;
    }
    // Through a symbolic link: what it points at is replaced, not the link.
    draft->destination = realpath(path, NULL);
    if (!draft->destination) {
        draft->destination = strdup(path);
    }
    int descriptor = draft->destination ? open_draft(draft) : -1;
    if (descriptor < 0) {
        error_set(error, "%s: cannot be written: %s; choose another place", path, strerror(errno));
        draft_free(draft);
        return NULL;
    }
    draft->stream = fdopen(descriptor, draft->direct ? "wb" : "w+b");
    if (!draft->stream) {
        error_set(error, "%s: cannot be written: %s; choose another place", path, strerror(errno));
        close(descriptor);
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

bool file_draft_commit(FileDraft *draft, Error *error) {
    // A file system may keep its error (disk full) until the data is flushed, synchronised or closed.
    bool kept = !ferror(draft->stream) && fflush(draft->stream) == 0 &&
                (draft->direct || fsync(fileno(draft->stream)) == 0);
    int cause = errno;
    if (fclose(draft->stream) != 0 && kept) {
        kept = false;
        cause = errno;
    }
    draft->stream = NULL;
    if (kept && !draft->direct && rename(draft->written, draft->destination) != 0) {
        kept = false;
        cause = errno;
    }
    if (!kept) {
        error_set(error, "%s: %s; %s", draft->destination, strerror(cause),
                  cause == ENOSPC ? "free some space or choose another place" : "choose another place");
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
        unlink(draft->written);
    }
    draft_free(draft);
}
