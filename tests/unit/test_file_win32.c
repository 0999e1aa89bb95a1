// Tests what only Windows' paths have.
#include "platform/file.h"

#include "tests/support/scratch_folder.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <windows.h>

TestSuite(file_win32, .init = scratch_folder_enter, .fini = scratch_folder_leave);

// Like \\server\share, its first two parts are no folders that could be made.
Test(file_win32, folders_are_made_below_what_is_no_folder) {
    char here[MAX_PATH];
    char path[MAX_PATH + 16];
    Error error = {.text = ""};
    GetCurrentDirectoryA(sizeof here, here);
    snprintf(path, sizeof path, "\\\\?\\%s\\a\\b", here);
    cr_assert(file_make_folders(path, &error), "%s", error.text);
    cr_assert(file_is_folder("a/b"));
    cr_assert(file_make_folders(path, &error), "%s", error.text);
}

Test(file_win32, a_share_that_is_not_there_is_told_by_its_name) {
    Error error = {.text = ""};
    cr_assert_not(file_make_folders("\\\\?\\Q:\\music", &error));
    cr_assert(strstr(error.text, "Q:"), "%s", error.text);
}
