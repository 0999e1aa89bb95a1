// Asks the terminal and catches signals, for Linux and macOS.
#include "platform/console.h"

#include "platform/clock.h"
#include "platform/wait.h"

#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <strings.h>
#include <sys/ioctl.h>
#include <unistd.h>

static const int32_t COLUMNS_UNKNOWN = 80;
// timeout(1) and shells send one signal twice at once; a person needs longer to lose patience.
static const uint64_t PATIENCE_NS = 1000000000u;

static _Atomic uint32_t interrupted;
static _Atomic uint64_t first_interrupt_ns;

void console_init(void) {
    // LC_CTYPE alone: numbers keep their decimal point in files and output.
    setlocale(LC_CTYPE, "");
    // A pipe that nobody reads and a file at its size limit are errors of the write, not the program's end.
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
}

char **console_arguments(int count, char **given) {
    (void)count;
    return given; // the bytes that the shell wrote
}

bool console_is_terminal(FILE *stream) {
    return isatty(fileno(stream)) == 1;
}

int32_t console_columns(FILE *stream) {
    struct winsize size;
    if (ioctl(fileno(stream), TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
        return size.ws_col;
    }
    return COLUMNS_UNKNOWN;
}

bool console_is_utf8(void) {
    return strcasecmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

/// Runs in whichever thread the signal meets: atomics, clock and futex only.
static void on_interrupt(int number) {
    int saved_errno = errno;
    uint64_t now = clock_now_ns();
    // Relaxed: the word is all that crosses; nothing else is published by it.
    if (atomic_load_explicit(&interrupted, memory_order_relaxed) == 0) {
        atomic_store_explicit(&first_interrupt_ns, now, memory_order_relaxed);
        atomic_store_explicit(&interrupted, 1, memory_order_relaxed);
        wait_wake_all(&interrupted);
    } else if (number == SIGINT &&
               now - atomic_load_explicit(&first_interrupt_ns, memory_order_relaxed) > PATIENCE_NS) {
        signal(number, SIG_DFL);
        raise(number); // delivered when this handler returns
    }
    errno = saved_errno;
}

bool console_catch_interrupts(Error *error) {
    static const int SIGNALS[] = {SIGINT, SIGTERM, SIGHUP};
    struct sigaction action = {.sa_handler = on_interrupt, .sa_flags = SA_RESTART};
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < sizeof SIGNALS / sizeof *SIGNALS; i++) {
        struct sigaction before;
        if (sigaction(SIGNALS[i], NULL, &before) != 0) {
            error_set(error, "signal %d: %s; end the program from its window", SIGNALS[i], strerror(errno));
            return false;
        }
        // nohup has SIGHUP ignored, and a script SIGINT of what it starts in the background: leave it so.
        if (before.sa_handler != SIG_IGN) {
            sigaction(SIGNALS[i], &action, NULL);
        }
    }
    return true;
}

bool console_interrupted(void) {
    return atomic_load_explicit(&interrupted, memory_order_relaxed) != 0;
}

bool console_wait_interrupted(uint64_t timeout_ns) {
    uint64_t wake_ns = clock_now_ns() + timeout_ns;
    while (!console_interrupted() && wait_on_word_until(&interrupted, 0, wake_ns)) {
    }
    return console_interrupted();
}
