// Made in the system's folder for such things; what the test left in it goes with it.
#include "tests/support/scratch_folder.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { PATH_BYTES = 4096 };

static char folder[PATH_BYTES];

#ifdef _WIN32
static const char BASE_VARIABLE[] = "TEMP";
#else
static const char BASE_VARIABLE[] = "TMPDIR";
#endif

void scratch_folder_enter(void) {
    const char *base = getenv(BASE_VARIABLE);
    snprintf(folder, sizeof folder, "%s/polycore-test-XXXXXX", base ? base : "/tmp");
    cr_assert_not_null(mkdtemp(folder));
    cr_assert_eq(chdir(folder), 0);
}

void scratch_folder_leave(void) {
    char command[PATH_BYTES + 32];
#ifdef _WIN32
    for (char *at = folder; *at; at++) {
        *at = *at == '/' ? '\\' : *at; // cmd takes a slash for the start of a switch
    }
    snprintf(command, sizeof command, "rmdir /s /q \"%s\"", folder);
#else
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
#endif
    cr_assert_eq(chdir("/"), 0);
    cr_assert_eq(system(command), 0);
}
