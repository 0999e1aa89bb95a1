// What is remembered comes back; a damaged file is used as far as it goes and kept as it was.
#include "app/settings.h"

#include "platform/file.h"

#include "tests/support/scratch_folder.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static const char path[] = "deep/settings.ini";

TestSuite(settings, .init = scratch_folder_enter, .fini = scratch_folder_leave);

static Settings *open_settings(Error *trouble) {
    Error error;
    Settings *settings = settings_create(path, trouble, &error);
    cr_assert(settings, "%s", error.text);
    return settings;
}

static void write_file(const char *text) {
    Error error;
    cr_assert(file_make_folders("deep", &error) && file_write(path, text, strlen(text), &error), "%s",
              error.text);
}

Test(settings, what_is_set_is_there_after_a_restart) {
    Error error;
    Settings *settings = open_settings(&error);
    cr_assert_null(settings_get(settings, "theme"));
    cr_assert(settings_set(settings, "theme", "light"));
    cr_assert(settings_set(settings, "device", "B\xC3\xBChne = 2"));
    cr_assert(settings_save(settings, &error), "%s", error.text);
    settings_destroy(settings);
    settings = open_settings(&error);
    cr_assert_str_empty(error.text);
    cr_assert_str_eq(settings_get(settings, "theme"), "light");
    cr_assert_str_eq(settings_get(settings, "device"), "B\xC3\xBChne = 2");
    settings_destroy(settings);
}

Test(settings, unknown_names_are_kept_and_empty_texts_forgotten) {
    Error error;
    write_file("# mine\nfuture = 7\nzoom = 1.5\r\n");
    Settings *settings = open_settings(&error);
    cr_assert_str_empty(error.text);
    cr_assert_str_eq(settings_get(settings, "zoom"), "1.5");
    cr_assert(settings_set(settings, "zoom", ""));
    cr_assert(settings_save(settings, &error));
    settings_destroy(settings);
    settings = open_settings(&error);
    cr_assert_null(settings_get(settings, "zoom"));
    cr_assert_str_eq(settings_get(settings, "future"), "7");
    settings_destroy(settings);
}

Test(settings, a_damaged_file_is_told_of_used_and_kept_aside) {
    Error trouble;
    Error error;
    static const char DAMAGED[] = "theme = light\nwhat is this\nzoom = 2\n";
    write_file(DAMAGED);
    Settings *settings = open_settings(&trouble);
    cr_assert(strstr(trouble.text, "line 2"), "%s", trouble.text);
    cr_assert_str_eq(settings_get(settings, "zoom"), "2");
    settings_set(settings, "zoom", "3");
    cr_assert(settings_save(settings, &error), "%s", error.text);
    settings_destroy(settings);
    size_t bytes;
    char *kept = (char *)file_read("deep/settings.ini.bad", 4096, &bytes, &error);
    cr_assert(kept, "%s", error.text);
    cr_assert_str_eq(kept, DAMAGED);
    free(kept);
}

Test(settings, texts_that_would_break_the_file_are_refused) {
    Error error;
    char endless[SETTINGS_TEXT_BYTES + 8];
    memset(endless, 'x', sizeof endless - 1);
    endless[sizeof endless - 1] = '\0';
    Settings *settings = open_settings(&error);
    cr_assert(!settings_set(settings, "device", "two\nlines"));
    cr_assert(!settings_set(settings, "device", endless));
    cr_assert(!settings_set(settings, "a=b", "1"));
    cr_assert(!settings_set(settings, "", "1"));
    cr_assert_null(settings_get(settings, "device"));
    settings_destroy(settings);
}

Test(settings, two_programs_keep_what_each_other_set) {
    Error error;
    write_file("zoom = 1\nold = here\n");
    Settings *window = open_settings(&error);
    Settings *headless = open_settings(&error);
    cr_assert(settings_set(headless, "learn.pan", "21"));
    cr_assert(settings_set(headless, "old", ""));
    cr_assert(settings_save(headless, &error), "%s", error.text);
    cr_assert(settings_set(window, "zoom", "2"));
    cr_assert(settings_save(window, &error), "%s", error.text);
    settings_destroy(window);
    settings_destroy(headless);
    Settings *next = open_settings(&error);
    cr_expect_str_eq(settings_get(next, "zoom"), "2");
    cr_expect(settings_get(next, "learn.pan") && strcmp(settings_get(next, "learn.pan"), "21") == 0);
    settings_destroy(next);
}
