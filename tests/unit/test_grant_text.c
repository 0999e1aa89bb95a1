// What is said of a thread's priority.
#include "app/grant_text.h"

#include <criterion/criterion.h>

static const ThreadPriority NORMAL = {THREAD_CLASS_NORMAL, 0};

static const char *text_of(ThreadPriority asked, ThreadPriority granted, const char *way) {
    static char text[GRANT_TEXT_BYTES];
    grant_text(&(ThreadGrant){asked, granted, way}, text);
    return text;
}

static ThreadPriority realtime(int32_t level) {
    return (ThreadPriority){THREAD_CLASS_REALTIME, level};
}

Test(grant_text, names_level_and_way) {
    cr_assert_str_eq(text_of(realtime(70), realtime(70), "SCHED_FIFO"),
                     "real-time priority 70 by SCHED_FIFO");
}

Test(grant_text, tells_what_was_asked_for_when_less_was_granted) {
    cr_assert_str_eq(text_of(realtime(70), realtime(20), "rtkit"),
                     "real-time priority 20 by rtkit, 70 asked for");
}

Test(grant_text, tells_a_refusal_from_what_nobody_asked_for) {
    cr_assert_str_eq(text_of(realtime(70), NORMAL, "none"), "normal priority: the system refuses real time");
    cr_assert_str_eq(text_of(NORMAL, NORMAL, "none"), "normal priority");
}
