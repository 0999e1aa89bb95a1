// Tests the Windows console and the wish to end, with real console events.
#include "platform/console.h"

#include <criterion/criterion.h>
#include <windows.h>

static const uint64_t MILLISECOND_NS = 1000000u;
static const uint64_t LONG_NS = 60000000000u;

Test(console_win32, a_file_is_no_terminal) {
    FILE *file = fopen("NUL", "w");
    cr_assert_not(console_is_terminal(file));
    cr_assert_eq(console_columns(file), 80);
    fclose(file);
}

Test(console_win32, a_program_that_is_not_interrupted_goes_on) {
    cr_assert(console_catch_interrupts(NULL));
    cr_assert_not(console_wait_interrupted(20 * MILLISECOND_NS));
    cr_assert_not(console_interrupted());
}

Test(console_win32, ctrl_c_ends_the_wait) {
    FreeConsole();
    if (!AllocConsole()) {
        cr_skip_test("no console can be made");
    }
    SetConsoleCtrlHandler(NULL, FALSE); // a parent may have had Ctrl-C ignored
    cr_assert(console_catch_interrupts(NULL));
    cr_assert(GenerateConsoleCtrlEvent(CTRL_C_EVENT, 0));
    cr_assert(console_wait_interrupted(LONG_NS));
    cr_assert(console_interrupted());
}

Test(console_win32, text_is_utf8_in_a_console) {
    FreeConsole();
    if (!AllocConsole()) {
        cr_skip_test("no console can be made");
    }
    console_init();
    cr_assert(console_is_utf8());
}
