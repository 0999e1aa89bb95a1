// Asks poll(2) before each read, so that standard input need not be switched to non-blocking for everyone who
// shares it.
#include "platform/byte_stream.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct ByteStream {
    int descriptor;
    bool writer; // has one been seen since the last left?
};

// Why such a thing is no stream; NULL when it is one.
static const char *refusal(int descriptor) {
    struct stat status;
    if (fstat(descriptor, &status) != 0) {
        return strerror(errno);
    }
    if (S_ISDIR(status.st_mode)) {
        return "is a folder; name a device or a pipe";
    }
    if (S_ISREG(status.st_mode)) {
        return "is a file and has no time in it; `polycore render` plays MIDI files";
    }
    return isatty(descriptor) ? "is a terminal; send a MIDI stream to it by a pipe" : NULL;
}

ByteStream *byte_stream_create(const char *path, Error *error) {
    bool standard = strcmp(path, "-") == 0;
    const char *name = standard ? "standard input" : path;
    ByteStream *stream = calloc(1, sizeof *stream);
    if (!stream) {
        error_set(error, "%s: out of memory; close other programs", name);
        return NULL;
    }
    stream->descriptor = standard ? STDIN_FILENO : open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (stream->descriptor < 0) {
        error_set(error, "%s: %s; check the path and who may read it", name, strerror(errno));
        free(stream);
        return NULL;
    }
    const char *cause = refusal(stream->descriptor);
    if (cause) {
        error_set(error, "%s: %s", name, cause);
        byte_stream_destroy(stream);
        return NULL;
    }
    return stream;
}

void byte_stream_destroy(ByteStream *stream) {
    if (stream) {
        if (stream->descriptor != STDIN_FILENO) {
            close(stream->descriptor);
        }
        free(stream);
    }
}

static int left(ByteStream *stream) {
    bool was_there = stream->writer;
    stream->writer = false;
    return was_there ? BYTE_STREAM_LEFT : 0;
}

int byte_stream_read(ByteStream *stream, uint8_t *bytes, size_t size) {
    struct pollfd asked = {.fd = stream->descriptor, .events = POLLIN};
    if (poll(&asked, 1, 0) <= 0) {
        return 0;
    }
    if (!(asked.revents & POLLIN)) {
        return left(stream);
    }
    ssize_t count = read(stream->descriptor, bytes, size);
    if (count > 0) {
        stream->writer = true;
        return (int)count;
    }
    return count < 0 && (errno == EAGAIN || errno == EINTR) ? 0 : left(stream);
}
