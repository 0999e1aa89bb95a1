// Stands before the allocator by the linker's --wrap.
#include "tests/support/failing_alloc.h"

#include <errno.h>
#include <stddef.h>

void *__real_malloc(size_t bytes);
void *__real_calloc(size_t count, size_t bytes);
void *__real_realloc(void *memory, size_t bytes);
char *__real_strdup(const char *text);
void *__wrap_malloc(size_t bytes);
void *__wrap_calloc(size_t count, size_t bytes);
void *__wrap_realloc(void *memory, size_t bytes);
char *__wrap_strdup(const char *text);

static int until_failure; // 0: none is wanted
static bool fired;

void failing_alloc_arm(int nth) {
    until_failure = nth;
    fired = false;
}

bool failing_alloc_disarm(void) {
    until_failure = 0;
    return fired;
}

static bool fails_now(void) {
    if (until_failure == 0 || --until_failure > 0) {
        return false;
    }
    fired = true;
    errno = ENOMEM;
    return true;
}

void *__wrap_malloc(size_t bytes) {
    return fails_now() ? NULL : __real_malloc(bytes);
}

void *__wrap_calloc(size_t count, size_t bytes) {
    return fails_now() ? NULL : __real_calloc(count, bytes);
}

void *__wrap_realloc(void *memory, size_t bytes) {
    return fails_now() ? NULL : __real_realloc(memory, bytes);
}

char *__wrap_strdup(const char *text) {
    return fails_now() ? NULL : __real_strdup(text);
}
