// Tests what only Linux shows: affinity masks, limits and timer slack.
#include "platform/thread.h"

#include <criterion/criterion.h>
#include <linux/capability.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

static int allowed_count(void) {
    cpu_set_t set;
    cr_assert_eq(sched_getaffinity(0, sizeof set, &set), 0);
    return CPU_COUNT(&set);
}

Test(thread_linux, unpinning_gives_back_what_the_process_was_started_with) {
    int before = allowed_count();
    cr_assert(thread_pin(thread_current_cpu(), NULL));
    cr_assert_eq(allowed_count(), 1);
    thread_unpin();
    cr_assert_eq(allowed_count(), before);
}

Test(thread_linux, unpinning_does_not_widen_what_taskset_has_narrowed) {
    cpu_set_t narrow;
    CPU_ZERO(&narrow);
    CPU_SET((size_t)thread_current_cpu(), &narrow);
    cr_assert_eq(sched_setaffinity(0, sizeof narrow, &narrow), 0);
    cr_assert(thread_pin(thread_current_cpu(), NULL));
    thread_unpin();
    cr_assert_eq(allowed_count(), 1);
}

/// Leaves the process what RLIMIT_RTPRIO allows and no system D-Bus.
static void give_up_privileges(rlim_t highest_level) {
    struct rlimit limit = {highest_level, highest_level};
    if (setrlimit(RLIMIT_RTPRIO, &limit) != 0) {
        cr_skip_test("this user may not have a real-time limit of %d", (int)highest_level);
    }
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct none[2] = {{0}};
    cr_assert_eq(syscall(SYS_capset, &header, none), 0);
    setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nonexistent/bus", 1);
}

Test(thread_linux, a_refusal_says_why_and_how_to_allow_it) {
    give_up_privileges(0);
    ThreadGrant grant;
    Error error = {.text = ""};
    cr_assert_not(thread_ask_priority((ThreadPriority){THREAD_CLASS_REALTIME, 70}, &grant, &error));
    cr_assert_eq(grant.asked.level, 70);
    cr_assert_eq(grant.granted.scheduling, THREAD_CLASS_NORMAL);
    cr_assert_str_eq(grant.way, "none");
    static const char *const WORDS[] = {
        "70", "Operation not permitted", "limits.d", "audio", "rtkit", "log in again"};
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++) {
        cr_assert_not_null(strstr(error.text, WORDS[i]), "%s: %s", WORDS[i], error.text);
    }
    cr_assert_lt(strlen(error.text), sizeof error.text - 1, "the text is not cut: %s", error.text);
}

Test(thread_linux, the_highest_that_the_limit_allows_is_taken) {
    give_up_privileges(12);
    ThreadGrant grant;
    Error error = {.text = ""};
    if (!thread_ask_priority((ThreadPriority){THREAD_CLASS_REALTIME, 70}, &grant, &error)) {
        cr_skip_test("this system gives no real-time priority at all: %s", error.text);
    }
    cr_assert_eq(grant.granted.level, 12);
    cr_assert_str_eq(grant.way, "SCHED_FIFO");
}

Test(thread_linux, timers_are_exact_after_asking) {
    ThreadGrant grant;
    thread_ask_priority((ThreadPriority){THREAD_CLASS_NORMAL, 0}, &grant, NULL);
    cr_assert_eq(prctl(PR_GET_TIMERSLACK), 1);
}
