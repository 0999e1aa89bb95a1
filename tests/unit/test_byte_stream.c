// The byte stream: what comes by a pipe is read, its absence is no wait, its end is told once.
#include "platform/byte_stream.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/byte_stream_XXXXXX";
static char pipe_path[64];

static void make_pipe(void) {
    cr_assert_not_null(mkdtemp(folder));
    snprintf(pipe_path, sizeof pipe_path, "%s/pipe", folder);
    cr_assert(mkfifo(pipe_path, 0600) == 0);
}

static void remove_pipe(void) {
    unlink(pipe_path);
    rmdir(folder);
}

TestSuite(byte_stream, .init = make_pipe, .fini = remove_pipe);

static int write_end(void) {
    int descriptor = open(pipe_path, O_WRONLY);
    cr_assert(descriptor >= 0);
    return descriptor;
}

Test(byte_stream, a_pipe_without_a_writer_opens_and_holds_nothing) {
    Error error;
    ByteStream *stream = byte_stream_create(pipe_path, &error);
    cr_assert_not_null(stream, "%s", error.text);
    uint8_t bytes[4];
    cr_expect(byte_stream_read(stream, bytes, sizeof bytes) == 0);
    byte_stream_destroy(stream);
}

Test(byte_stream, what_is_written_is_read_in_order_and_never_waited_for) {
    Error error;
    ByteStream *stream = byte_stream_create(pipe_path, &error);
    int writer = write_end();
    uint8_t bytes[4];
    cr_expect(byte_stream_read(stream, bytes, sizeof bytes) == 0);
    cr_assert(write(writer, "abcdef", 6) == 6);
    cr_expect(byte_stream_read(stream, bytes, sizeof bytes) == 4 && memcmp(bytes, "abcd", 4) == 0);
    cr_expect(byte_stream_read(stream, bytes, sizeof bytes) == 2 && memcmp(bytes, "ef", 2) == 0);
    cr_expect(byte_stream_read(stream, bytes, sizeof bytes) == 0);
    close(writer);
    byte_stream_destroy(stream);
}

Test(byte_stream, a_writer_that_leaves_is_told_once_and_another_is_heard) {
    Error error;
    ByteStream *stream = byte_stream_create(pipe_path, &error);
    uint8_t bytes[4];
    for (int round = 0; round < 2; round++) {
        int writer = write_end();
        cr_assert(write(writer, "x", 1) == 1);
        close(writer);
        cr_expect(byte_stream_read(stream, bytes, sizeof bytes) == 1);
        cr_expect(byte_stream_read(stream, bytes, sizeof bytes) == BYTE_STREAM_LEFT);
        cr_expect(byte_stream_read(stream, bytes, sizeof bytes) == 0);
    }
    byte_stream_destroy(stream);
}

Test(byte_stream, what_is_no_stream_is_refused_by_name) {
    static const char *const PATHS[] = {"/nonexistent/keys", "/tmp", "/etc/passwd"};
    for (size_t i = 0; i < sizeof PATHS / sizeof PATHS[0]; i++) {
        Error error = {0};
        cr_expect_null(byte_stream_create(PATHS[i], &error));
        cr_expect(strstr(error.text, PATHS[i]) == error.text, "%s", error.text);
    }
}
