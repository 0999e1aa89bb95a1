// What is said of a thread's priority.
#include "app/live/grant_text.h"

#include "app/calibrate/paced.h"
#include "platform/clock.h"

#include <criterion/criterion.h>
#include <string.h>

static const uint64_t LIMIT_NS = 30000000000u; // for workers to answer, on any busy machine

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

static void match(void *user, ThreadPriority priority) {
    Engine *engine = user;
    engine_adopt_audio_thread(engine);
    engine_match_audio_thread(engine, priority);
}

static bool stop(void *user, uint64_t due_ns) {
    (void)user;
    (void)due_ns;
    return false;
}

Test(grant_text, tells_what_the_workers_of_an_engine_were_granted) {
    Bank bank = {.patch_count = 1};
    patch_init(&bank.patches[0]);
    EngineConfig config = engine_config_default();
    config.pool.workers = 3;
    Error error;
    Engine *engine = engine_create(&config, &bank, &error);
    cr_assert(engine, "%s", error.text);
    ThreadGrant audio;
    cr_assert(paced_run(&(Paced){.calls = 1, .begin = match, .call = stop, .user = engine}, &audio, &error));
    char text[GRANTS_TEXT_BYTES];
    uint64_t end_ns = clock_now_ns() + LIMIT_NS;
    while (!grant_text_of_engine(engine, audio.granted, text)) {
        cr_assert_lt(clock_now_ns(), end_ns, "the workers do not answer");
        clock_sleep_until_ns(clock_now_ns() + 1000000);
    }
    bool realtime = audio.granted.scheduling == THREAD_CLASS_REALTIME;
    cr_expect(strstr(text, realtime ? "audio thread real-time priority" : "audio thread normal priority"),
              "%s", text);
    cr_expect(strstr(text, "; 2 of 2 workers "), "%s", text);
    engine_destroy(engine);
}
