// Tests where files are looked for.
#include "platform/paths.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

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

Test(paths, shipped_data_may_be_named_by_the_environment) {
    setenv("POLYCORE_DATA", "/", 1);
    expect(paths_shipped_data(NULL), "/");
    setenv("POLYCORE_DATA", "/nonexistent/data", 1);
    Error error = {.text = ""};
    cr_assert_null(paths_shipped_data(&error));
    cr_assert_not_null(strstr(error.text, "/nonexistent/data"));
    cr_assert_not_null(strstr(error.text, "POLYCORE_DATA"));
}
