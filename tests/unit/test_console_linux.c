// Tests the terminal and the wish to end, with a real pseudo-terminal and real signals.
#include "platform/console.h"

#include "platform/clock.h"
#include "platform/thread.h"

#include <criterion/criterion.h>
#include <pty.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

static const uint64_t MILLISECOND_NS = 1000000u;
static const uint64_t LONG_NS = 60000000000u;

Test(console_linux, a_file_is_no_terminal) {
    FILE *file = fopen("/dev/null", "w");
    cr_assert_not(console_is_terminal(file));
    cr_assert_eq(console_columns(file), 80);
    fclose(file);
}

Test(console_linux, a_terminal_tells_its_width) {
    int master;
    int slave;
    struct winsize size = {.ws_row = 30, .ws_col = 123};
    if (openpty(&master, &slave, NULL, NULL, &size) != 0) {
        cr_skip_test("no pseudo-terminal can be opened");
    }
    FILE *terminal = fdopen(slave, "r+");
    cr_assert(console_is_terminal(terminal));
    cr_assert_eq(console_columns(terminal), 123);
    size.ws_col = 40;
    cr_assert_eq(ioctl(master, TIOCSWINSZ, &size), 0);
    cr_assert_eq(console_columns(terminal), 40);
    fclose(terminal);
    close(master);
}

Test(console_linux, utf8_follows_the_locale) {
    setenv("LC_ALL", "C.UTF-8", 1);
    console_init();
    cr_assert(console_is_utf8());
    setenv("LC_ALL", "C", 1);
    console_init();
    cr_assert_not(console_is_utf8());
}

Test(console_linux, nothing_is_interrupted_at_first) {
    cr_assert(console_catch_interrupts(NULL));
    cr_assert_not(console_interrupted());
    cr_assert_not(console_wait_interrupted(MILLISECOND_NS));
}

static void raise_and_expect(int number) {
    cr_assert(console_catch_interrupts(NULL));
    kill(getpid(), number);
    cr_assert(console_wait_interrupted(LONG_NS));
    cr_assert(console_interrupted());
}

Test(console_linux, sigint_sets_the_flag, .timeout = 30) {
    raise_and_expect(SIGINT);
}

Test(console_linux, sigterm_sets_the_flag, .timeout = 30) {
    raise_and_expect(SIGTERM);
}

Test(console_linux, sighup_sets_the_flag, .timeout = 30) {
    raise_and_expect(SIGHUP);
}

static void interrupt_later(void *argument) {
    (void)argument;
    clock_sleep_until_ns(clock_now_ns() + 20 * MILLISECOND_NS);
    kill(getpid(), SIGTERM);
}

Test(console_linux, a_sleeping_main_loop_is_woken, .timeout = 30) {
    cr_assert(console_catch_interrupts(NULL));
    Thread *thread = thread_create("interrupter", interrupt_later, NULL, NULL);
    cr_assert_not_null(thread);
    cr_assert(console_wait_interrupted(LONG_NS));
    thread_join(thread);
}

/// Starts a child that catches interrupts, sends it SIGINT twice, pause_ns apart, then lets it end by itself.
/// Returns its wait status.
static int interrupt_child_twice(uint64_t pause_ns) {
    int ready[2];
    cr_assert_eq(pipe(ready), 0);
    pid_t child = fork();
    if (child == 0) {
        console_catch_interrupts(NULL);
        write(ready[1], "r", 1);
        console_wait_interrupted(LONG_NS);
        write(ready[1], "i", 1);
        clock_sleep_until_ns(clock_now_ns() + pause_ns + 500 * MILLISECOND_NS);
        _exit(0);
    }
    char byte;
    cr_assert_eq(read(ready[0], &byte, 1), 1);
    kill(child, SIGINT);
    cr_assert_eq(read(ready[0], &byte, 1), 1);
    clock_sleep_until_ns(clock_now_ns() + pause_ns);
    kill(child, SIGINT);
    int status;
    cr_assert_eq(waitpid(child, &status, 0), child);
    return status;
}

Test(console_linux, a_signal_sent_twice_at_once_still_ends_in_order, .timeout = 30) {
    int status = interrupt_child_twice(0);
    cr_assert(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

Test(console_linux, ctrl_c_again_after_a_second_ends_at_once, .timeout = 30) {
    int status = interrupt_child_twice(1200 * MILLISECOND_NS);
    cr_assert(WIFSIGNALED(status) && WTERMSIG(status) == SIGINT);
}
