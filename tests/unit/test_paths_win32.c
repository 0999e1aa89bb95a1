// Tests where Windows has the user's folders and the program.
#include "platform/paths.h"

#include "platform/file.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

/// Asserts that the path ends in \...\polycore below a folder that exists, and frees it.
static void expect_in_existing_folder(char *path) {
    cr_assert_not_null(path);
    char *name = path + (paths_base_name(path) - path);
    cr_assert_str_eq(name, "polycore");
    name[-1] = '\0';
    cr_assert(file_is_folder(path), "%s", path);
    free(path);
}

Test(paths_win32, user_folders_are_the_systems_known_folders) {
    unsetenv("XDG_CONFIG_HOME");
    unsetenv("XDG_DATA_HOME");
    unsetenv("XDG_CACHE_HOME");
    expect_in_existing_folder(paths_user_config(NULL));
    expect_in_existing_folder(paths_user_data(NULL));
    expect_in_existing_folder(paths_user_cache(NULL));
}

Test(paths_win32, a_drive_and_a_backslash_are_understood) {
    char *path = paths_join("C:\\music", "song.mid");
    cr_assert_str_eq(path, "C:\\music/song.mid");
    cr_assert_str_eq(paths_base_name("C:\\music\\song.mid"), "song.mid");
    free(path);
    path = paths_join("C:\\music", "D:\\song.mid");
    cr_assert_str_eq(path, "D:\\song.mid");
    free(path);
}

Test(paths_win32, shipped_data_is_looked_for_beside_the_program) {
    unsetenv("POLYCORE_DATA");
    Error error = {.text = ""};
    char *path = paths_shipped_data(&error);
    cr_assert(path || strstr(error.text, "share/polycore"), "%s", error.text);
    free(path);
}
