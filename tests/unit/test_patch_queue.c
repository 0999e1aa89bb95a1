// Whole patches reach the audio thread in order, and what is refused leaves no place lost.
#include "engine/patch/patch_queue.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>

static PatchQueue *queue;

static void make(void) {
    queue = calloc(1, sizeof *queue);
    cr_assert_not_null(queue);
}

static void end(void) {
    free(queue);
}

TestSuite(patch_queue, .init = make, .fini = end);

static uint16_t push(float pan, uint32_t tag) {
    float values[PARAM_COUNT];
    for (int id = 0; id < PARAM_COUNT; id++) {
        values[id] = PARAM_INFOS[id].initial;
    }
    values[PARAM_PAN] = pan;
    uint16_t ticket = 0;
    cr_assert(patch_queue_write(queue, values, tag, &ticket));
    patch_queue_push(queue);
    return ticket;
}

Test(patch_queue, carries_values_clamped_and_the_tag) {
    uint16_t ticket = push(INFINITY, 7);
    const QueuedPatch *patch = patch_queue_take(queue, ticket);
    cr_expect(patch->values[PARAM_PAN] == 100.0f);
    cr_expect(patch->tag == 7);
}

Test(patch_queue, refuses_when_full_and_takes_again_when_one_is_handed_back) {
    uint16_t first = push(0, 0);
    for (uint32_t tag = 1; tag < PATCH_QUEUE_PATCHES; tag++) {
        push(0, tag);
    }
    float values[PARAM_COUNT] = {0};
    uint16_t ticket;
    cr_expect(!patch_queue_write(queue, values, 99, &ticket));
    patch_queue_pop(queue, first);
    cr_expect(patch_queue_write(queue, values, 99, &ticket));
}

Test(patch_queue, what_was_written_and_not_pushed_is_written_over) {
    float values[PARAM_COUNT] = {0};
    uint16_t ticket;
    cr_assert(patch_queue_write(queue, values, 1, &ticket));
    cr_expect(push(0, 2) == ticket);
    cr_expect(patch_queue_take(queue, ticket)->tag == 2);
}

Test(patch_queue, tickets_wrap_and_lost_events_leave_no_place_lost) {
    for (uint32_t tag = 0; tag < 200000; tag++) {
        uint16_t ticket = push(0, tag);
        if (tag % 3 == 2) { // the events of two others never came
            cr_assert(patch_queue_take(queue, ticket)->tag == tag);
            patch_queue_pop(queue, ticket);
        }
    }
}
