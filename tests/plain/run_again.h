// Runs this program once more, with an argument.
#ifndef TESTS_PLAIN_RUN_AGAIN_H
#define TESTS_PLAIN_RUN_AGAIN_H

/// Waits until it has ended. Returns its exit status, or another number than 0 and 77 when it did not start
/// or crashed.
int plain_run_again(const char *program, const char *argument);

#endif
