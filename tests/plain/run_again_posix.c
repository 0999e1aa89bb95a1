// Runs this program once more, with an argument.
#include "tests/plain/run_again.h"

#include <errno.h>
#include <spawn.h>
#include <sys/wait.h>

extern char **environ;

int plain_run_again(const char *program, const char *argument) {
    enum { NO_EXIT_STATUS = 256 };
    char *arguments[] = {(char *)program, (char *)argument, 0};
    pid_t child;
    if (posix_spawn(&child, program, 0, 0, arguments, environ) != 0) {
        return NO_EXIT_STATUS;
    }
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : NO_EXIT_STATUS + status;
}
