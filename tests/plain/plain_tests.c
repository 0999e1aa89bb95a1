// Runs each test in a process of its own, one after the other, and counts them as Criterion does.
#include <criterion/criterion.h>

#include "tests/plain/run_again.h"

#include <stdarg.h>
#include <stdatomic.h>

enum { EXIT_FAIL = 1, EXIT_SKIP = 77 };

static PlainTest *first;
static _Atomic bool failed;

void plain_register(PlainTest *test) {
    test->next = first;
    first = test;
}

void plain_fail(bool fatal, const char *file, int line, const char *condition, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fprintf(stderr, "%s:%d: not so: %s ", file, line, condition);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    atomic_store(&failed, true);
    if (fatal) {
        _Exit(EXIT_FAIL); // other threads may still run
    }
}

_Noreturn void plain_skip(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    exit(EXIT_SKIP);
}

static const PlainOptions *suite_options(const char *suite) {
    static const PlainOptions NONE = {0};
    for (const PlainTest *test = first; test; test = test->next) {
        if (!test->name && strcmp(test->suite, suite) == 0) {
            return &test->options;
        }
    }
    return &NONE;
}

static int run_here(const PlainTest *test) {
    const PlainOptions *suite = suite_options(test->suite);
    void (*init)(void) = test->options.init ? test->options.init : suite->init;
    void (*fini)(void) = test->options.fini ? test->options.fini : suite->fini;
    if (init) {
        init();
    }
    test->run();
    if (fini) {
        fini();
    }
    return atomic_load(&failed) ? EXIT_FAIL : 0;
}

static const PlainTest *test_number(int number) {
    for (const PlainTest *test = first; test; test = test->next) {
        if (test->name && number-- == 0) {
            return test;
        }
    }
    return NULL;
}

// True when the test passed or said that it cannot run here.
static bool run_apart(const char *program, int number) {
    const PlainTest *test = test_number(number);
    char text[16];
    snprintf(text, sizeof text, "%d", number);
    int status = plain_run_again(program, text);
    bool passed = status == 0 || status == EXIT_SKIP;
    if (!passed) {
        fprintf(stderr, "failed: %s::%s, status %d\n", test->suite, test->name, status);
    }
    return passed;
}

int main(int count, char **arguments) {
    if (count == 2) {
        const PlainTest *test = test_number(atoi(arguments[1]));
        return test ? run_here(test) : EXIT_FAIL;
    }
    int tested = 0;
    int passing = 0;
    while (test_number(tested)) {
        passing += run_apart(arguments[0], tested);
        tested++;
    }
    fprintf(stderr, "Tested: %d | Passing: %d | Failing: %d\n", tested, passing, tested - passing);
    return passing == tested ? 0 : EXIT_FAIL;
}
