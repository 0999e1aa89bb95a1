// Hides standard error by pointing its descriptor at NUL.
#include "platform/quiet.h"

#include <fcntl.h>
#include <io.h>
#include <stdio.h>

static int depth;
static int hidden = -1; // what standard error was

void quiet_begin(void) {
    if (depth++ > 0) {
        return;
    }
    int nowhere = _open("NUL", _O_WRONLY | _O_NOINHERIT);
    if (nowhere < 0) {
        return;
    }
    fflush(stderr);
    hidden = _dup(_fileno(stderr));
    if (hidden >= 0) {
        _dup2(nowhere, _fileno(stderr));
    }
    _close(nowhere);
}

void quiet_end(void) {
    if (--depth > 0 || hidden < 0) {
        return;
    }
    fflush(stderr);
    _dup2(hidden, _fileno(stderr));
    _close(hidden);
    hidden = -1;
}
