// Events arrive whole, once, and in order.
#include "engine/event_ring.h"

#include <criterion/criterion.h>

enum { CAPACITY = 4 };

static Event places[CAPACITY];
static EventRing ring;

static void make_empty(void) {
    ring = (EventRing){.events = places, .capacity = CAPACITY};
}

static bool push(uint64_t frame) {
    const Event event = {.frame = frame, .param = (uint16_t)frame};
    return event_ring_push(&ring, &event);
}

Test(event_ring, gives_events_back_in_their_order, .init = make_empty) {
    cr_assert(!event_ring_peek(&ring));
    uint64_t popped = 0;
    for (uint64_t pushed = 0; pushed < 50;) {
        for (int some = 0; some < 3; some++) {
            cr_assert(push(pushed++));
        }
        while (event_ring_peek(&ring)) {
            cr_assert(event_ring_peek(&ring)->frame == popped);
            cr_assert(event_ring_peek(&ring)->param == popped);
            event_ring_pop(&ring);
            popped++;
        }
        cr_assert(popped == pushed);
    }
}

Test(event_ring, refuses_what_it_has_no_room_for, .init = make_empty) {
    for (uint64_t frame = 0; frame < CAPACITY; frame++) {
        cr_assert(push(frame));
    }
    cr_assert(!push(99));
    cr_assert(event_ring_peek(&ring)->frame == 0, "the refused event overwrites nothing");
    event_ring_pop(&ring);
    cr_assert(push(CAPACITY));
    cr_assert(!push(99));
}

Test(event_ring, counts_past_the_end_of_its_counters, .init = make_empty) {
    atomic_store(&ring.pushed, UINT32_MAX - 1);
    atomic_store(&ring.popped, UINT32_MAX - 1);
    for (uint64_t frame = 0; frame < CAPACITY; frame++) {
        cr_assert(push(frame));
    }
    cr_assert(!push(99));
    for (uint64_t frame = 0; frame < CAPACITY; frame++) {
        cr_assert(event_ring_peek(&ring)->frame == frame);
        event_ring_pop(&ring);
    }
    cr_assert(!event_ring_peek(&ring));
}
