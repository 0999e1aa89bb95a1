// Gives the tests on Windows the names that C and POSIX have and mingw-w64 lacks; included before each of
// them there.
#ifndef TESTS_SUPPORT_POSIX_NAMES_WIN32_H
#define TESTS_SUPPORT_POSIX_NAMES_WIN32_H

#define _USE_MATH_DEFINES

#include <complex.h>
#include <direct.h>
#include <io.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CMPLX(real, imaginary) __builtin_complex((double)(real), (double)(imaginary))
#define strdup                 _strdup
#define chdir                  _chdir
#define rmdir                  _rmdir
#define unlink                 _unlink

static inline int setenv(const char *name, const char *value, int overwrite) {
    (void)overwrite;
    return _putenv_s(name, value);
}

static inline int unsetenv(const char *name) {
    return _putenv_s(name, "");
}

static inline char *mkdtemp(char *pattern) {
    return _mktemp(pattern) && _mkdir(pattern) == 0 ? pattern : NULL;
}

#endif
