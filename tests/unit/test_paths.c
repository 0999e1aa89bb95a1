// Tests where files are looked for.
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

Test(paths, join_puts_one_separator_between) {
    expect(paths_join("a", "b"), "a/b");
    expect(paths_join("a/", "b"), "a/b");
    expect(paths_join("/", "b"), "/b");
    expect(paths_join("", "b"), "b");
    expect(paths_join("a", "/b"), "/b");
    expect(paths_join("Mübe ♪", "🎹.patch"), "Mübe ♪/🎹.patch");
}

Test(paths, base_name_is_what_follows_the_last_separator) {
    cr_assert_str_eq(paths_base_name("/a/b.mid"), "b.mid");
    cr_assert_str_eq(paths_base_name("b.mid"), "b.mid");
    cr_assert_str_eq(paths_base_name("a/"), "");
}

Test(paths, user_folders_follow_the_xdg_variables) {
    setenv("XDG_CONFIG_HOME", "/x/config", 1);
    setenv("XDG_DATA_HOME", "/x/data", 1);
    setenv("XDG_CACHE_HOME", "/x/cache", 1);
    expect(paths_user_config(NULL), "/x/config/polycore");
    expect(paths_user_data(NULL), "/x/data/polycore");
    expect(paths_user_cache(NULL), "/x/cache/polycore");
}

Test(paths, user_folders_are_below_home_otherwise) {
    unsetenv("XDG_CONFIG_HOME");
    setenv("XDG_DATA_HOME", "", 1);
    setenv("XDG_CACHE_HOME", "relative/is/ignored", 1);
    setenv("HOME", "/home/zoë", 1);
    expect(paths_user_config(NULL), "/home/zoë/.config/polycore");
    expect(paths_user_data(NULL), "/home/zoë/.local/share/polycore");
    expect(paths_user_cache(NULL), "/home/zoë/.cache/polycore");
}

Test(paths, without_home_the_system_is_asked) {
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

Test(paths, shipped_data_may_be_named_by_the_environment) {
    setenv("POLYCORE_DATA", "/", 1);
    expect(paths_shipped_data(NULL), "/");
    setenv("POLYCORE_DATA", "/nonexistent/data", 1);
    Error error = {.text = ""};
    cr_assert_null(paths_shipped_data(&error));
    cr_assert_not_null(strstr(error.text, "/nonexistent/data"));
    cr_assert_not_null(strstr(error.text, "POLYCORE_DATA"));
}

Test(paths, shipped_data_stands_beside_the_program) {
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
