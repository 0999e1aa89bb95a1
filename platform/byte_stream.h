// Reads bytes as they come from a device file, a pipe or standard input, without ever waiting for them.
#ifndef PLATFORM_BYTE_STREAM_H
#define PLATFORM_BYTE_STREAM_H

#include "platform/error.h"

#include <stddef.h>
#include <stdint.h>

typedef struct ByteStream ByteStream;

/// What byte_stream_read returns instead of a count when who wrote the stream has left it, once for each
/// time.
enum { BYTE_STREAM_LEFT = -1 };

/// Opens a path, or standard input for "-"; a named pipe need not have a writer yet. NULL with error filled:
/// there is no such thing, it may not be read, it is a regular file, a folder or a terminal. Caller owns.
/// [main-thread]
ByteStream *byte_stream_create(const char *path, Error *error);

/// Closes it; standard input stays open. NULL is harmless. [main-thread, nobody reading]
void byte_stream_destroy(ByteStream *stream);

/// Takes what has come: 0 when that is nothing, `size` at most, or BYTE_STREAM_LEFT. A named pipe goes on
/// when another writer opens it. [any one thread]
int byte_stream_read(ByteStream *stream, uint8_t *bytes, size_t size);

#endif
