// Runs this program once more, with an argument.
#include "tests/plain/run_again.h"

#include <process.h>
#include <stddef.h>

int plain_run_again(const char *program, const char *argument) {
    // The name alone, since what is handed on is not quoted.
    return (int)_spawnl(_P_WAIT, program, "test", argument, NULL);
}
