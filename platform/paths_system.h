// What each system answers to paths.c: where it wants a program's files.
#ifndef PLATFORM_PATHS_SYSTEM_H
#define PLATFORM_PATHS_SYSTEM_H

#include "platform/error.h"

/// The full path of the running program's file. Caller owns; NULL with error filled. [main-thread]
char *paths_program(Error *error);

/// The value of an environment variable in UTF-8; NULL where it is unset or empty. Caller owns. [main-thread]
char *paths_environment(const char *name);

#endif
