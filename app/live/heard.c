// A ring whose writer leaves out what finds no room; the reader stops at what is not yet due.
#include "app/live/heard.h"

void heard_push(Heard *heard, const Event *event) {
    uint32_t written = atomic_load_explicit(&heard->written, memory_order_relaxed); // our own
    // Acquire: the reader has copied what lay here.
    if (written - atomic_load_explicit(&heard->read, memory_order_acquire) < HEARD_EVENTS) {
        heard->events[written % HEARD_EVENTS] = *event;
        atomic_store_explicit(&heard->written, written + 1, memory_order_release); // after the event
    }
}

bool heard_pop(Heard *heard, uint64_t until, Event *event) {
    uint32_t read = atomic_load_explicit(&heard->read, memory_order_relaxed); // our own
    // Acquire: the event lies there.
    if (read == atomic_load_explicit(&heard->written, memory_order_acquire) ||
        heard->events[read % HEARD_EVENTS].frame >= until) {
        return false;
    }
    *event = heard->events[read % HEARD_EVENTS];
    atomic_store_explicit(&heard->read, read + 1, memory_order_release); // after the copy
    return true;
}

void heard_restart(Heard *heard, uint64_t reached) {
    // Relaxed: the source has been joined, or is this thread.
    uint32_t written = atomic_load_explicit(&heard->written, memory_order_relaxed);
    uint32_t place = atomic_load_explicit(&heard->read, memory_order_relaxed);
    while (place != written && heard->events[place % HEARD_EVENTS].frame < reached) {
        heard->events[place++ % HEARD_EVENTS].frame = 0;
    }
    atomic_store_explicit(&heard->written, place, memory_order_relaxed);
}
