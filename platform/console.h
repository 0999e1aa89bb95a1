// Knows the terminal that the program was started from, and the user's wish to end it.
#ifndef PLATFORM_CONSOLE_H
#define PLATFORM_CONSOLE_H

#include "platform/error.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/// Makes the console show UTF-8 where the system lets a program choose. Call once at start. [main-thread]
void console_init(void);

/// The program's arguments in UTF-8, as many as main() got; given: main()'s own. Valid for the program's
/// life. [main-thread, once]
char **console_arguments(int count, char **given);

/// Is the stream (stdin, stdout, stderr) shown to a person, rather than a file or a pipe? [main-thread]
bool console_is_terminal(FILE *stream);

/// Columns of the terminal behind stream; 80 where it has none. May change while the program runs.
/// [main-thread]
int32_t console_columns(FILE *stream);

/// Can the terminal show characters beyond ASCII? [main-thread]
bool console_is_utf8(void);

/// From now on Ctrl-C and a request to end (SIGINT, SIGTERM, SIGHUP; closing the window on Windows) set a
/// flag instead of ending the program. Ctrl-C a second after the first ends it at once. False with error
/// filled when refused. [main-thread]
bool console_catch_interrupts(Error *error);

/// Has the user asked to end? [any-thread]
bool console_interrupted(void);

/// Sleeps until the user asks to end, for timeout_ns (1..2^62) at most. Returns console_interrupted().
/// [any thread but audio and workers]
bool console_wait_interrupted(uint64_t timeout_ns);

#endif
