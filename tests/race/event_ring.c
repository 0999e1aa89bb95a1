// One thread pushes while another pops: every event arrives, whole and in order.
#include "engine/event_ring.h"
#include "platform/clock.h"
#include "platform/thread.h"

#include <stdio.h>
#include <stdlib.h>

enum { CAPACITY = 16, EVENTS = 200000 };

static const uint64_t LIMIT_NS = 120000000000u; // a lost event shows as this

static Event places[CAPACITY];
static EventRing ring = {.events = places, .capacity = CAPACITY};

static void push_all(void *argument) {
    (void)argument;
    for (uint32_t number = 0; number < EVENTS;) {
        const Event event = {.frame = number, .param = (uint16_t)number, .value = (float)number};
        if (event_ring_push(&ring, &event)) {
            number++;
        } else {
            thread_yield();
        }
    }
}

int main(void) {
    Error error;
    Thread *thread = thread_create("pusher", push_all, NULL, &error);
    if (!thread) {
        fprintf(stderr, "event_ring: %s\n", error.text);
        return 1;
    }
    uint64_t end_ns = clock_now_ns() + LIMIT_NS;
    uint32_t number = 0;
    while (number < EVENTS && clock_now_ns() < end_ns) {
        const Event *event = event_ring_peek(&ring);
        if (!event) {
            thread_yield();
            continue;
        }
        if (event->frame != number || event->param != (uint16_t)number || event->value != (float)number) {
            fprintf(stderr, "event_ring: event %u is number %llu\n", (unsigned)number,
                    (unsigned long long)event->frame);
            exit(1);
        }
        event_ring_pop(&ring);
        number++;
    }
    if (number < EVENTS) {
        fprintf(stderr, "event_ring: only %u of %d events came\n", (unsigned)number, EVENTS);
        exit(1);
    }
    thread_join(thread);
    printf("%u events came in order\n", (unsigned)number);
    return 0;
}
