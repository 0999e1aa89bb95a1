// Hides standard error by pointing its descriptor at /dev/null.
#include "platform/quiet.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

static int depth;
static int hidden = -1; // what standard error was

void quiet_begin(void) {
    if (depth++ > 0) {
        return;
    }
    int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (nowhere < 0) {
        return;
    }
    fflush(stderr);
    hidden = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    if (hidden >= 0) {
        dup2(nowhere, STDERR_FILENO);
    }
    close(nowhere);
}

void quiet_end(void) {
    if (--depth > 0 || hidden < 0) {
        return;
    }
    fflush(stderr);
    dup2(hidden, STDERR_FILENO);
    close(hidden);
    hidden = -1;
}
