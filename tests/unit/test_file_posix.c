// Tests files that only POSIX has: pipes, links, permissions; and a disk that is full.
#include "platform/file.h"

#include "tests/support/scratch_folder.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static Error error;

TestSuite(file_posix, .init = scratch_folder_enter, .fini = scratch_folder_leave);

static void put(const char *path, const char *text) {
    cr_assert(file_write(path, text, strlen(text), &error), "%s", error.text);
}

static void expect_content(const char *path, const char *text) {
    size_t size;
    uint8_t *bytes = file_read(path, 1 << 20, &size, &error);
    cr_assert_not_null(bytes, "%s", error.text);
    cr_assert_eq(size, strlen(text));
    cr_assert_str_eq((char *)bytes, text);
    free(bytes);
}

static int32_t count_all(void) {
    FileList *list = file_list_create(".", "", &error);
    cr_assert_not_null(list);
    int32_t count = list->count;
    file_list_destroy(list);
    return count;
}

Test(file_posix, a_full_disk_is_told_and_nothing_is_lost) {
    put("song.wav", "old");
    // The limit stands in for the disk: what is over it is refused when the stream is flushed.
    struct rlimit before;
    cr_assert_eq(getrlimit(RLIMIT_FSIZE, &before), 0);
    struct rlimit small = {.rlim_cur = 2, .rlim_max = before.rlim_max};
    signal(SIGXFSZ, SIG_IGN);
    FileDraft *draft = file_draft_create("song.wav", &error);
    cr_assert_not_null(draft, "%s", error.text);
    fputs("longer than two bytes", file_draft_stream(draft));
    cr_assert_eq(setrlimit(RLIMIT_FSIZE, &small), 0);
    bool committed = file_draft_commit(draft, &error);
    cr_assert_eq(setrlimit(RLIMIT_FSIZE, &before), 0);
    cr_assert_not(committed);
    cr_assert_not_null(strstr(error.text, "song.wav: File too large"), "%s", error.text);
    expect_content("song.wav", "old");
    cr_assert_eq(count_all(), 1);
}

Test(file_posix, a_pipe_is_written_and_not_replaced) {
    cr_assert_eq(mkfifo("pipe", 0600), 0);
    int reader = open("pipe", O_RDONLY | O_NONBLOCK);
    cr_assert_geq(reader, 0);
    put("pipe", "bytes");
    char bytes[8] = {0};
    cr_assert_eq(read(reader, bytes, sizeof bytes), 5);
    cr_assert_str_eq(bytes, "bytes");
    close(reader);
    struct stat status;
    cr_assert_eq(stat("pipe", &status), 0);
    cr_assert(S_ISFIFO(status.st_mode));
}

Test(file_posix, a_link_keeps_pointing_and_permissions_stay) {
    put("real", "old");
    cr_assert_eq(chmod("real", 0640), 0);
    cr_assert_eq(symlink("real", "link"), 0);
    put("link", "new");
    expect_content("real", "new");
    struct stat status;
    cr_assert_eq(lstat("link", &status), 0);
    cr_assert(S_ISLNK(status.st_mode));
    cr_assert_eq(stat("real", &status), 0);
    cr_assert_eq(status.st_mode & 0777, 0640);
}
