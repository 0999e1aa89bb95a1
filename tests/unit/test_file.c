// Tests reading, writing and listing files, in a folder of the test's own.
#include "platform/file.h"

#include "tests/support/failing_alloc.h"
#include "tests/support/scratch_folder.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static Error error;

TestSuite(file, .init = scratch_folder_enter, .fini = scratch_folder_leave);

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

Test(file, what_is_written_is_read) {
    put("a.txt", "hello");
    expect_content("a.txt", "hello");
    put("a.txt", "");
    expect_content("a.txt", "");
    cr_assert_eq(count_all(), 1, "no draft is left");
}

Test(file, names_may_have_spaces_accents_and_emoji) {
    cr_assert(file_make_folders("Mes pièces/日本 🎹", &error), "%s", error.text);
    put("Mes pièces/日本 🎹/été.txt", "1");
    expect_content("Mes pièces/日本 🎹/été.txt", "1");
}

Test(file, a_large_file_is_read_whole_up_to_its_limit) {
    enum { SIZE = 1000000 };
    char *bytes = malloc(SIZE);
    memset(bytes, 'x', SIZE);
    cr_assert(file_write("large", bytes, SIZE, &error));
    size_t size = 0;
    uint8_t *read = file_read("large", SIZE, &size, &error);
    cr_assert_not_null(read, "%s", error.text);
    cr_assert_eq(size, SIZE);
    cr_assert_eq(memcmp(read, bytes, SIZE), 0);
    cr_assert_eq(read[SIZE], 0);
    free(read);
    cr_assert_null(file_read("large", SIZE - 1, &size, &error));
    cr_assert_not_null(strstr(error.text, "large: larger than 999999 bytes"));
    free(bytes);
}

Test(file, what_cannot_be_read_is_named_with_its_reason) {
    size_t size;
    cr_assert_null(file_read("none.mid", 100, &size, &error));
    cr_assert_not_null(strstr(error.text, "none.mid: No such file"), "%s", error.text);
    cr_assert_null(file_read(".", 100, &size, &error));
    cr_assert_not_null(strstr(error.text, "directory"), "%s", error.text);
}

Test(file, the_old_file_stays_until_the_new_one_is_whole) {
    put("song.wav", "old");
    FileDraft *draft = file_draft_create("song.wav", &error);
    cr_assert_not_null(draft, "%s", error.text);
    cr_assert_not_null(strstr(file_draft_path(draft), "song.wav"));
    fputs("new", file_draft_stream(draft));
    fflush(file_draft_stream(draft));
    expect_content("song.wav", "old");
    cr_assert(file_draft_commit(draft, &error), "%s", error.text);
    expect_content("song.wav", "new");
    cr_assert_eq(count_all(), 1);
}

Test(file, a_discarded_draft_leaves_nothing) {
    put("song.wav", "old");
    FileDraft *draft = file_draft_create("song.wav", &error);
    fputs("new", file_draft_stream(draft));
    file_draft_discard(draft);
    expect_content("song.wav", "old");
    cr_assert_eq(count_all(), 1);
    file_draft_discard(NULL);
}

Test(file, two_drafts_of_one_file_do_not_meet) {
    FileDraft *first = file_draft_create("x", &error);
    FileDraft *second = file_draft_create("x", &error);
    cr_assert_not_null(first);
    cr_assert_not_null(second);
    fputs("first", file_draft_stream(first));
    fputs("second", file_draft_stream(second));
    cr_assert(file_draft_commit(second, &error));
    cr_assert(file_draft_commit(first, &error));
    expect_content("x", "first");
    cr_assert_eq(count_all(), 1);
}

Test(file, a_folder_or_a_missing_folder_cannot_be_written) {
    cr_assert(file_make_folders("folder", &error));
    cr_assert_null(file_draft_create("folder", &error));
    cr_assert_not_null(strstr(error.text, "folder: cannot be written"), "%s", error.text);
    cr_assert_null(file_draft_create("none/x.wav", &error));
    cr_assert_not_null(strstr(error.text, "none/x.wav: cannot be written: No such"), "%s", error.text);
}

Test(file, folders_are_made_as_deep_as_wanted) {
    cr_assert(file_make_folders("a/b//c/", &error), "%s", error.text);
    cr_assert(file_is_folder("a/b/c"));
    cr_assert(file_make_folders("a/b/c", &error), "what exists is fine");
    put("a/file", "");
    cr_assert_not(file_make_folders("a/file/d", &error));
    cr_assert_not_null(strstr(error.text, "a/file"), "%s", error.text);
}

Test(file, a_list_is_sorted_and_has_the_wanted_files_only) {
    put("b.patch", "");
    put("a.PATCH", "");
    put("é.patch", "");
    put(".hidden.patch", "");
    put("c.txt", "");
    cr_assert(file_make_folders("folder.patch", &error));
    FileList *list = file_list_create(".", ".patch", &error);
    cr_assert_not_null(list, "%s", error.text);
    cr_assert_eq(list->count, 3);
    cr_assert_str_eq(list->names[0], "a.PATCH");
    cr_assert_str_eq(list->names[1], "b.patch");
    cr_assert_str_eq(list->names[2], "é.patch");
    file_list_destroy(list);

    list = file_list_folders(".", &error);
    cr_assert_eq(list->count, 1);
    cr_assert_str_eq(list->names[0], "folder.patch");
    file_list_destroy(list);

    list = file_list_create("folder.patch", "", &error);
    cr_assert_not_null(list);
    cr_assert_eq(list->count, 0);
    file_list_destroy(list);

    cr_assert_null(file_list_create("none", "", &error));
    cr_assert_not_null(strstr(error.text, "none"));
    file_list_destroy(NULL);
}

Test(file, every_failing_allocation_of_a_read_or_a_write_is_an_error_and_loses_nothing) {
    put("keep", "old");
    int nth = 1;
    for (bool done = false; !done; nth++) {
        error.text[0] = '\0';
        failing_alloc_arm(nth);
        bool written = file_write("keep", "new", 3, &error);
        done = !failing_alloc_disarm();
        cr_assert_eq(written, done);
        expect_content("keep", done ? "new" : "old");
        cr_assert(done || error.text[0] != '\0');
        cr_assert_eq(count_all(), 1);
    }
    cr_assert_gt(nth, 2);

    size_t size;
    failing_alloc_arm(1);
    cr_assert_null(file_read("keep", 100, &size, &error));
    cr_assert(failing_alloc_disarm());
    cr_assert_not_null(strstr(error.text, "keep: no memory"), "%s", error.text);
}

Test(file, every_failing_allocation_of_a_list_is_an_error) {
    put("a", "");
    put("b", "");
    int failures = 0;
    for (int nth = 1;; nth++) {
        error.text[0] = '\0';
        failing_alloc_arm(nth);
        FileList *list = file_list_create(".", "", &error);
        if (!failing_alloc_disarm()) {
            cr_assert_not_null(list);
            cr_assert_eq(list->count, 2);
            file_list_destroy(list);
            break;
        }
        cr_assert_null(list);
        cr_assert_neq(error.text[0], '\0');
        failures++;
    }
    cr_assert_geq(failures, 5);
}
