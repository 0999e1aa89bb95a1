// The byte stream over Windows' named pipes: what comes is read, its absence is no wait, its end is told
// once.
#include "platform/byte_stream.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>
#include <windows.h>

enum { PIPE_BYTES = 4096 };

static char path[64];
static HANDLE pipe_end;

static void make_pipe(void) {
    snprintf(path, sizeof path, "\\\\.\\pipe\\polycore-test-%lu", GetCurrentProcessId());
    wchar_t wide[64];
    MultiByteToWideChar(CP_UTF8, 0, path, -1, wide, 64);
    pipe_end =
        CreateNamedPipeW(wide, PIPE_ACCESS_OUTBOUND, PIPE_TYPE_BYTE, 1, PIPE_BYTES, PIPE_BYTES, 0, NULL);
    cr_assert(pipe_end != INVALID_HANDLE_VALUE);
}

static void send_bytes(const char *bytes) {
    DWORD written = 0;
    cr_assert(WriteFile(pipe_end, bytes, (DWORD)strlen(bytes), &written, NULL));
    cr_assert_eq(written, strlen(bytes));
}

static ByteStream *create(void) {
    make_pipe();
    Error error = {""};
    ByteStream *stream = byte_stream_create(path, &error);
    cr_assert_not_null(stream, "%s", error.text);
    return stream;
}

Test(byte_stream_win32, what_is_written_is_read_in_order_and_never_waited_for) {
    ByteStream *stream = create();
    uint8_t bytes[4];
    cr_expect_eq(byte_stream_read(stream, bytes, sizeof bytes), 0);
    send_bytes("abcdef");
    cr_expect(byte_stream_read(stream, bytes, sizeof bytes) == 4 && memcmp(bytes, "abcd", 4) == 0);
    cr_expect(byte_stream_read(stream, bytes, sizeof bytes) == 2 && memcmp(bytes, "ef", 2) == 0);
    cr_expect_eq(byte_stream_read(stream, bytes, sizeof bytes), 0);
    byte_stream_destroy(stream);
    CloseHandle(pipe_end);
}

Test(byte_stream_win32, a_writer_that_leaves_is_told_once_after_its_last_byte) {
    ByteStream *stream = create();
    send_bytes("x");
    CloseHandle(pipe_end);
    uint8_t bytes[4];
    cr_expect_eq(byte_stream_read(stream, bytes, sizeof bytes), 1);
    cr_expect_eq(byte_stream_read(stream, bytes, sizeof bytes), BYTE_STREAM_LEFT);
    cr_expect_eq(byte_stream_read(stream, bytes, sizeof bytes), 0);
    byte_stream_destroy(stream);
}

Test(byte_stream_win32, what_is_no_stream_is_refused_by_name) {
    static const char *const PATHS[] = {"\\\\.\\pipe\\polycore-test-none", "C:\\",
                                        "C:\\windows\\system32\\winmm.dll", "NUL"};
    for (size_t i = 0; i < sizeof PATHS / sizeof PATHS[0]; i++) {
        Error error = {""};
        cr_expect_null(byte_stream_create(PATHS[i], &error));
        cr_expect(strstr(error.text, PATHS[i]) == error.text, "%s", error.text);
    }
}
