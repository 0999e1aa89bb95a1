// Asks for real-time priority as a program that may not take it by itself, and checks what rtkit made of it.
#include "platform/clock.h"
#include "platform/thread.h"

#include <linux/capability.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

enum {
    LEVEL_ASKED = 70,
    NOBODY = 65534,
    BUDGET_MOST_US = 200000, // what rtkit demands as it comes
};

static const uint64_t OVER_BUDGET_NS = 600000000u; // the kernel kills at 200 ms

static void require(bool holds, const char *what, const ThreadGrant *grant, const Error *error) {
    if (!holds) {
        fprintf(stderr, "rtkit_ask: not so: %s (way %s, level %d): %s\n", what, grant->way,
                grant->granted.level, error->text);
        exit(1);
    }
}

/// Root without CAP_SYS_NICE: SCHED_FIFO is refused, rtkit grants root what it asks for.
static void drop_capabilities(void) {
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct none[2] = {{0}};
    if (syscall(SYS_capset, &header, none) != 0) {
        perror("rtkit_ask: capset");
        exit(1);
    }
}

static void ask(ThreadGrant *grant, Error *error) {
    *error = (Error){.text = ""};
    thread_ask_priority((ThreadPriority){THREAD_CLASS_REALTIME, LEVEL_ASKED}, grant, error);
}

static void ask_in_worker(void *argument) {
    (void)argument;
    ThreadGrant grant;
    Error error;
    ask(&grant, &error);
    require(strcmp(grant.way, "rtkit") == 0 && grant.granted.level > 0, "a worker is granted real time",
            &grant, &error);
}

static void expect_grant(void) {
    ThreadGrant grant;
    Error error;
    ask(&grant, &error);
    require(strcmp(grant.way, "rtkit") == 0, "rtkit granted it", &grant, &error);
    require(grant.granted.scheduling == THREAD_CLASS_REALTIME, "the kernel says real time", &grant, &error);
    require(grant.granted.level >= 1 && grant.granted.level < LEVEL_ASKED, "rtkit caps the level", &grant,
            &error);
    printf("rtkit granted level %d of %d\n", grant.granted.level, LEVEL_ASKED);

    struct rlimit limit;
    require(getrlimit(RLIMIT_RTTIME, &limit) == 0 && limit.rlim_max <= BUDGET_MOST_US &&
                limit.rlim_cur < limit.rlim_max,
            "RLIMIT_RTTIME warns before it kills", &grant, &error);

    Thread *worker = thread_create("worker", ask_in_worker, NULL, &error);
    require(worker, "a worker starts", &grant, &error);
    thread_join(worker);

    uint64_t used = clock_thread_cpu_ns();
    while (clock_thread_cpu_ns() - used < OVER_BUDGET_NS) {
    }
    require(thread_priority().scheduling == THREAD_CLASS_NORMAL,
            "who runs for too long is put back to normal", &grant, &error);
    printf("after %llu ms without sleep the thread lives on at normal priority\n",
           (unsigned long long)(OVER_BUDGET_NS / 1000000u));
    bool normal = thread_ask_priority((ThreadPriority){THREAD_CLASS_NORMAL, 0}, &grant, &error);
    require(normal, "normal priority may be asked for", &grant, &error);
}

static void expect_refusal(void) {
    ThreadGrant grant;
    Error error;
    ask(&grant, &error);
    require(strcmp(grant.way, "none") == 0, "rtkit refused it", &grant, &error);
    require(grant.granted.scheduling == THREAD_CLASS_NORMAL, "the kernel says normal", &grant, &error);
    require(strstr(error.text, "rtkit: ") && strstr(error.text, "limits.d"), "the refusal is told", &grant,
            &error);
    printf("%s\n", error.text);
}

/// rtkit_ask granted: as root. rtkit_ask refused: as a user whom polkit does not know to sit at the machine.
int main(int count, char **arguments) {
    if (count == 2 && strcmp(arguments[1], "granted") == 0) {
        drop_capabilities();
        expect_grant();
    } else if (count == 2 && strcmp(arguments[1], "refused") == 0) {
        if (setgid(NOBODY) != 0 || setuid(NOBODY) != 0) {
            perror("rtkit_ask: setuid");
            return 1;
        }
        expect_refusal();
    } else {
        fprintf(stderr, "usage: rtkit_ask granted|refused\n");
        return 2;
    }
    return 0;
}
