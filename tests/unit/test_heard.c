// Events come out when they are due and in order; the scope gives the newest frames, the newest last.
#include "app/live/heard.h"
#include "app/live/scope.h"

#include <criterion/criterion.h>
#include <stdlib.h>

Test(heard, an_event_is_given_out_when_its_frame_has_come) {
    Heard *heard = calloc(1, sizeof *heard);
    Event event;
    heard_push(heard, &(Event){.frame = 100, .part = 1});
    heard_push(heard, &(Event){.frame = 200, .part = 2});
    cr_assert(!heard_pop(heard, 100, &event));
    cr_assert(heard_pop(heard, 101, &event));
    cr_assert_eq(event.part, 1);
    cr_assert(!heard_pop(heard, 101, &event));
    cr_assert(heard_pop(heard, UINT64_MAX, &event));
    cr_assert_eq(event.part, 2);
    free(heard);
}

Test(heard, a_full_ring_leaves_the_newest_out_and_goes_on) {
    Heard *heard = calloc(1, sizeof *heard);
    Event event;
    for (uint64_t frame = 0; frame < HEARD_EVENTS + 5; frame++) {
        heard_push(heard, &(Event){.frame = frame});
    }
    uint64_t count = 0;
    while (heard_pop(heard, UINT64_MAX, &event)) {
        cr_assert_eq(event.frame, count);
        count++;
    }
    cr_assert_eq(count, HEARD_EVENTS);
    heard_push(heard, &(Event){.frame = 9});
    cr_assert(heard_pop(heard, UINT64_MAX, &event));
    free(heard);
}

Test(heard, begins_anew_with_what_was_reached_and_nothing_else) {
    Heard *heard = calloc(1, sizeof *heard);
    Event event;
    heard_push(heard, &(Event){.frame = 100, .part = 1});
    heard_push(heard, &(Event){.frame = 200, .part = 2});
    heard_restart(heard, 200);
    heard_push(heard, &(Event){.frame = 0, .part = 3});
    cr_assert(heard_pop(heard, 1, &event));
    cr_assert_eq(event.part, 1);
    cr_assert(heard_pop(heard, 1, &event));
    cr_assert_eq(event.part, 3);
    cr_assert(!heard_pop(heard, UINT64_MAX, &event));
    free(heard);
}

Test(scope, gives_the_newest_frames_across_the_ring_s_end) {
    Scope *scope = calloc(1, sizeof *scope);
    float sound[CHANNEL_COUNT][SCOPE_READ_FRAMES];
    scope_read(scope, CHANNELS_AT(sound, 0), 16);
    cr_assert_eq(sound[CHANNEL_LEFT][15], 0.0f);
    for (int i = 0; i < SCOPE_FRAMES + 100; i++) {
        float value = (float)i;
        float opposite = -value;
        scope_write(scope, (float *[CHANNEL_COUNT]){&value, &opposite}, 1);
    }
    scope_read(scope, CHANNELS_AT(sound, 0), SCOPE_READ_FRAMES);
    for (int i = 0; i < SCOPE_READ_FRAMES; i++) {
        float wanted = (float)(SCOPE_FRAMES + 100 - SCOPE_READ_FRAMES + i);
        cr_assert_eq(sound[CHANNEL_LEFT][i], wanted);
        cr_assert_eq(sound[CHANNEL_RIGHT][i], -wanted);
    }
    free(scope);
}
