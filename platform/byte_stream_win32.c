// Looks into pipes before each read: ReadFile waits.
#include "platform/byte_stream.h"

#include "platform/wide_win32.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

struct ByteStream {
    HANDLE handle;
    bool standard;
    bool writer; // until the pipe is broken
};

static HANDLE open_path(const char *path) {
    wchar_t *wide = wide_from_utf8(path);
    HANDLE handle = wide ? CreateFileW(wide, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL,
                                       OPEN_EXISTING, 0, NULL)
                         : INVALID_HANDLE_VALUE;
    free(wide);
    return handle;
}

ByteStream *byte_stream_create(const char *path, Error *error) {
    bool standard = strcmp(path, "-") == 0;
    const char *name = standard ? "standard input" : path;
    HANDLE handle = standard ? GetStdHandle(STD_INPUT_HANDLE) : open_path(path);
    if (handle == INVALID_HANDLE_VALUE || handle == NULL) {
        wide_error(error, name, GetLastError(), "check the path and who may read it");
        return NULL;
    }
    if (GetFileType(handle) != FILE_TYPE_PIPE) {
        error_set(error, "%s: is no pipe; send a MIDI stream by one, or name a MIDI input", name);
    } else {
        ByteStream *stream = calloc(1, sizeof *stream);
        if (stream) {
            *stream = (ByteStream){handle, standard, true};
            return stream;
        }
        error_set(error, "%s: out of memory; close other programs", name);
    }
    if (!standard) {
        CloseHandle(handle);
    }
    return NULL;
}

void byte_stream_destroy(ByteStream *stream) {
    if (stream) {
        if (!stream->standard) {
            CloseHandle(stream->handle);
        }
        free(stream);
    }
}

int byte_stream_read(ByteStream *stream, uint8_t *bytes, size_t size) {
    DWORD waiting = 0;
    DWORD count = 0;
    if (!stream->writer) {
        return 0;
    }
    if (!PeekNamedPipe(stream->handle, NULL, 0, NULL, &waiting, NULL)) {
        stream->writer = false;
        return BYTE_STREAM_LEFT;
    }
    if (waiting > 0 &&
        !ReadFile(stream->handle, bytes, waiting < size ? waiting : (DWORD)size, &count, NULL)) {
        stream->writer = false;
        return BYTE_STREAM_LEFT;
    }
    return (int)count;
}
