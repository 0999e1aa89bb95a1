// Tests threads, their places and their priorities, as far as the system grants them here.
#include "platform/thread.h"

#include "platform/topology.h"

#include <criterion/criterion.h>
#include <stdatomic.h>
#include <string.h>

static _Atomic uint64_t id_seen;

static void note_id(void *argument) {
    _Atomic uint64_t *id = argument;
    atomic_store(id, thread_self_id());
}

Test(thread, runs_with_its_argument_in_a_thread_of_its_own) {
    Thread *thread = thread_create("a name longer than sixteen bytes", note_id, &id_seen, NULL);
    cr_assert_not_null(thread);
    thread_join(thread);
    cr_assert_neq(atomic_load(&id_seen), 0);
    cr_assert_neq(atomic_load(&id_seen), thread_self_id());
}

Test(thread, joining_none_is_harmless) {
    thread_join(NULL);
}

Test(thread, is_pinned_to_each_cpu_that_the_process_may_use) {
    Error error;
    if (!thread_can_pin()) {
        cr_skip_test("this system lets no program choose its CPUs");
    }
    Topology *topology = topology_create(&error);
    cr_assert_not_null(topology, "%s", error.text);
    for (int32_t i = 0; i < topology->cpu_count; i++) {
        cr_assert(thread_pin(topology->cpus[i].cpu, &error), "%s", error.text);
        cr_assert_eq(thread_current_cpu(), topology->cpus[i].cpu);
    }
    thread_unpin();
    topology_destroy(topology);
}

Test(thread, pinning_to_a_cpu_that_is_not_there_is_refused_by_name) {
    Error error = {.text = ""};
    cr_assert_not(thread_pin(-1, &error));
    cr_assert_not(thread_pin(8191, &error));
    cr_assert_not_null(strstr(error.text, "CPU 8191"));
    cr_assert_not(thread_pin(INT32_MAX, &error));
    cr_assert_geq(thread_current_cpu(), 0);
}

Test(thread, yields) {
    for (int i = 0; i < 100; i++) {
        thread_yield();
    }
    cr_assert_geq(thread_current_cpu(), 0);
}

Test(thread, a_normal_priority_is_granted) {
    ThreadGrant grant;
    cr_assert(thread_ask_priority((ThreadPriority){THREAD_CLASS_NORMAL, 0}, &grant, NULL));
    cr_assert_eq(grant.granted.scheduling, THREAD_CLASS_NORMAL);
    cr_assert_str_eq(grant.way, "none");
}

Test(thread, what_it_says_of_a_real_time_priority_is_what_the_system_says) {
    ThreadGrant grant;
    Error error = {.text = ""};
    bool granted = thread_ask_priority((ThreadPriority){THREAD_CLASS_REALTIME, 5}, &grant, &error);
    ThreadPriority now = thread_priority();
    cr_assert_eq(now.scheduling, grant.granted.scheduling);
    cr_assert_eq(now.level, grant.granted.level);
    cr_assert_eq(granted, now.scheduling == THREAD_CLASS_REALTIME);
    if (granted) {
        cr_assert_str_neq(grant.way, "none");
    } else {
        cr_assert_str_eq(grant.way, "none");
        cr_assert_not_null(strstr(error.text, "limits.d"), "%s", error.text);
        cr_assert_not_null(strstr(error.text, "rtkit"), "%s", error.text);
    }
}

Test(thread, a_priority_can_be_asked_for_again_and_given_back) {
    ThreadGrant first;
    ThreadGrant again;
    ThreadGrant back;
    bool granted = thread_ask_priority((ThreadPriority){THREAD_CLASS_REALTIME, 5}, &first, NULL);
    cr_assert_eq(thread_ask_priority((ThreadPriority){THREAD_CLASS_REALTIME, 5}, &again, NULL), granted);
    cr_assert_str_eq(again.way, first.way);
    cr_assert(thread_ask_priority((ThreadPriority){THREAD_CLASS_NORMAL, 0}, &back, NULL));
    cr_assert_eq(thread_priority().scheduling, THREAD_CLASS_NORMAL);
}
