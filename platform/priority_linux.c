// Asks for real-time priority: directly, then by rtkit, and reads back what came of it.
#include "platform/thread.h"

#include "platform/rtkit_linux.h"

#include <errno.h>
#include <sched.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>

// What a sleeping thread's wake-up may be late by; the default of 50 us is far more than a worker can spare.
static const unsigned long TIMER_SLACK_NS = 1;

ThreadPriority thread_priority(void) {
    struct sched_param parameter = {0};
    int policy = sched_getscheduler(0) & ~SCHED_RESET_ON_FORK;
    if ((policy != SCHED_FIFO && policy != SCHED_RR) || sched_getparam(0, &parameter) != 0) {
        return (ThreadPriority){THREAD_CLASS_NORMAL, 0};
    }
    return (ThreadPriority){THREAD_CLASS_REALTIME, parameter.sched_priority};
}

/// The highest level up to the asked one that the process may take by itself; 0 when none is known to be
/// allowed.
static int32_t allowed_level(int32_t asked) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_RTPRIO, &limit) != 0 || limit.rlim_cur >= (rlim_t)asked) {
        return asked;
    }
    return (int32_t)limit.rlim_cur;
}

/// Returns 0 or the errno of the refusal. What the thread starts later is normal: real time is not inherited.
static int set_fifo(int32_t level) {
    struct sched_param parameter = {.sched_priority = level};
    return sched_setscheduler(0, SCHED_FIFO | SCHED_RESET_ON_FORK, &parameter) == 0 ? 0 : errno;
}

/// Takes the asked level, or the highest below it that RLIMIT_RTPRIO allows.
static int set_fifo_or_lower(int32_t level) {
    int cause = set_fifo(level);
    int32_t lower = allowed_level(level);
    return cause == EPERM && lower > 0 && lower < level ? set_fifo(lower) : cause;
}

static void ask_realtime(int32_t level, ThreadGrant *grant, Error *error) {
    int32_t lowest = sched_get_priority_min(SCHED_FIFO);
    int32_t highest = sched_get_priority_max(SCHED_FIFO);
    level = level < lowest ? lowest : level > highest ? highest : level;
    int cause = set_fifo_or_lower(level);
    if (cause == 0) {
        grant->way = "SCHED_FIFO";
        return;
    }
    Error rtkit_error = {.text = ""};
    if (rtkit_make_realtime(level, &rtkit_error)) {
        grant->way = "rtkit";
        return;
    }
    error_set(
        error,
        "real-time priority %d: SCHED_FIFO: %s (`ulimit -r` is %d); %s; to allow it, add the line \"@audio - "
        "rtprio 95\" to /etc/security/limits.d/audio.conf, join the group (`sudo usermod -aG audio $USER`; "
        "\"pipewire\" where that group exists) and log in again, or install rtkit",
        level, strerror(cause), allowed_level(highest), rtkit_error.text);
}

bool thread_ask_priority(ThreadPriority asked, ThreadGrant *grant, Error *error) {
    *grant = (ThreadGrant){.asked = asked, .way = "none"};
    prctl(PR_SET_TIMERSLACK, TIMER_SLACK_NS, 0, 0, 0);
    if (asked.scheduling == THREAD_CLASS_REALTIME) {
        ask_realtime(asked.level, grant, error);
    } else if (sched_setscheduler(0, SCHED_OTHER | SCHED_RESET_ON_FORK, &(struct sched_param){0}) != 0) {
        error_set(error, "normal priority: %s; start the program again", strerror(errno));
    }
    grant->granted = thread_priority();
    return grant->granted.scheduling == asked.scheduling;
}
