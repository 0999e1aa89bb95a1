// Tests where Linux has the user's folders and the program.
#include "platform/paths.h"

#include "platform/file.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/// Asserts and frees.
static void expect(char *path, const char *expected) {
    cr_assert_not_null(path);
    cr_assert_str_eq(path, expected);
    free(path);
}

Test(paths_linux, user_folders_are_below_home_otherwise) {
    unsetenv("XDG_CONFIG_HOME");
    setenv("XDG_DATA_HOME", "", 1);
    setenv("XDG_CACHE_HOME", "relative/is/ignored", 1);
    setenv("HOME", "/home/zoë", 1);
    expect(paths_user_config(NULL), "/home/zoë/.config/polycore");
    expect(paths_user_data(NULL), "/home/zoë/.local/share/polycore");
    expect(paths_user_cache(NULL), "/home/zoë/.cache/polycore");
}

Test(paths_linux, without_home_the_system_is_asked) {
    unsetenv("XDG_CONFIG_HOME");
    unsetenv("HOME");
    Error error = {.text = ""};
    char *path = paths_user_config(&error);
    if (path) {
        cr_assert_eq(path[0], '/');
    } else {
        cr_assert_not_null(strstr(error.text, "HOME"));
    }
    free(path);
}

Test(paths_linux, shipped_data_stands_beside_the_program) {
    unsetenv("POLYCORE_DATA");
    char program[4096];
    ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    cr_assert_gt(length, 0);
    program[length] = '\0';
    *strrchr(program, '/') = '\0';
    char *assets = paths_join(program, "assets");
    if (file_is_folder(assets)) {
        expect(paths_shipped_data(NULL), assets);
    } else {
        Error error = {.text = ""};
        cr_assert_null(paths_shipped_data(&error));
        cr_assert_not_null(strstr(error.text, assets), "%s", error.text);
        cr_assert_not_null(strstr(error.text, "share/polycore"), "%s", error.text);
        cr_assert(file_make_folders(assets, &error));
        char *found = paths_shipped_data(&error);
        rmdir(assets);
        expect(found, assets);
    }
    free(assets);
}
