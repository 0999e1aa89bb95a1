// What the unit tests use of Criterion, over a runner of our own: Criterion does not start reliably under
// ThreadSanitizer, and is not packaged for every system.
#ifndef TESTS_PLAIN_CRITERION_H
#define TESTS_PLAIN_CRITERION_H

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct PlainOptions {
    int unused; // so that a list of options may be empty
    void (*init)(void);
    void (*fini)(void);
    double timeout; // ctest's holds
} PlainOptions;

typedef struct PlainTest {
    const char *suite;
    const char *name; // NULL: options for all of the suite's tests
    void (*run)(void);
    PlainOptions options;
    struct PlainTest *next;
} PlainTest;

/// Before main(). [main-thread]
void plain_register(PlainTest *test);

/// fatal: ends the test. [any-thread]
void plain_fail(bool fatal, const char *file, int line, const char *condition, const char *format, ...);

/// Ends the test. [main-thread]
_Noreturn void plain_skip(const char *format, ...);

#define PLAIN_ADD(id, suite_name, test_name, function, ...)                                                  \
    static PlainTest id##_entry = {                                                                          \
        .suite = suite_name, .name = test_name, .run = function, .options = {0, __VA_ARGS__}};               \
    __attribute__((constructor)) static void id##_register(void) {                                           \
        plain_register(&id##_entry);                                                                         \
    }
#define TestSuite(suite, ...) PLAIN_ADD(suite##_suite, #suite, NULL, NULL, __VA_ARGS__)
#define Test(suite, name, ...)                                                                               \
    static void suite##_##name##_run(void);                                                                  \
    PLAIN_ADD(suite##_##name, #suite, #name, suite##_##name##_run, __VA_ARGS__)                              \
    static void suite##_##name##_run(void)

#define cr_skip_test(...) plain_skip("" __VA_ARGS__)
#define cr_log_info(...)  (void)(printf(__VA_ARGS__), putchar('\n'))

#define PLAIN_CHECK(fatal, condition, ...)                                                                   \
    ((condition) ? (void)0 : plain_fail(fatal, __FILE__, __LINE__, #condition, "" __VA_ARGS__))
#define PLAIN_NEAR(a, b, room) (fabs((double)(a) - (double)(b)) <= (double)(room))

#define cr_assert(condition, ...)        PLAIN_CHECK(true, condition, __VA_ARGS__)
#define cr_assert_not(condition, ...)    PLAIN_CHECK(true, !(condition), __VA_ARGS__)
#define cr_assert_null(a, ...)           PLAIN_CHECK(true, (a) == NULL, __VA_ARGS__)
#define cr_assert_not_null(a, ...)       PLAIN_CHECK(true, (a) != NULL, __VA_ARGS__)
#define cr_assert_eq(a, b, ...)          PLAIN_CHECK(true, (a) == (b), __VA_ARGS__)
#define cr_assert_neq(a, b, ...)         PLAIN_CHECK(true, (a) != (b), __VA_ARGS__)
#define cr_assert_lt(a, b, ...)          PLAIN_CHECK(true, (a) < (b), __VA_ARGS__)
#define cr_assert_leq(a, b, ...)         PLAIN_CHECK(true, (a) <= (b), __VA_ARGS__)
#define cr_assert_gt(a, b, ...)          PLAIN_CHECK(true, (a) > (b), __VA_ARGS__)
#define cr_assert_geq(a, b, ...)         PLAIN_CHECK(true, (a) >= (b), __VA_ARGS__)
#define cr_assert_float_eq(a, b, c, ...) PLAIN_CHECK(true, PLAIN_NEAR(a, b, c), __VA_ARGS__)
#define cr_assert_str_eq(a, b, ...)      PLAIN_CHECK(true, strcmp(a, b) == 0, __VA_ARGS__)
#define cr_assert_str_neq(a, b, ...)     PLAIN_CHECK(true, strcmp(a, b) != 0, __VA_ARGS__)
#define cr_assert_str_empty(a, ...)      PLAIN_CHECK(true, (a)[0] == '\0', __VA_ARGS__)

#define cr_expect(condition, ...)          PLAIN_CHECK(false, condition, __VA_ARGS__)
#define cr_expect_not(condition, ...)      PLAIN_CHECK(false, !(condition), __VA_ARGS__)
#define cr_expect_null(a, ...)             PLAIN_CHECK(false, (a) == NULL, __VA_ARGS__)
#define cr_expect_eq(a, b, ...)            PLAIN_CHECK(false, (a) == (b), __VA_ARGS__)
#define cr_expect_neq(a, b, ...)           PLAIN_CHECK(false, (a) != (b), __VA_ARGS__)
#define cr_expect_lt(a, b, ...)            PLAIN_CHECK(false, (a) < (b), __VA_ARGS__)
#define cr_expect_leq(a, b, ...)           PLAIN_CHECK(false, (a) <= (b), __VA_ARGS__)
#define cr_expect_gt(a, b, ...)            PLAIN_CHECK(false, (a) > (b), __VA_ARGS__)
#define cr_expect_geq(a, b, ...)           PLAIN_CHECK(false, (a) >= (b), __VA_ARGS__)
#define cr_expect_float_eq(a, b, c, ...)   PLAIN_CHECK(false, PLAIN_NEAR(a, b, c), __VA_ARGS__)
#define cr_expect_str_eq(a, b, ...)        PLAIN_CHECK(false, strcmp(a, b) == 0, __VA_ARGS__)
#define cr_expect_str_neq(a, b, ...)       PLAIN_CHECK(false, strcmp(a, b) != 0, __VA_ARGS__)
#define cr_expect_arr_eq(a, b, bytes, ...) PLAIN_CHECK(false, memcmp(a, b, bytes) == 0, __VA_ARGS__)

#endif
