// A ring with free-running counters.
#include "engine/event_ring.h"

#include <stddef.h>

RT bool event_ring_push(EventRing *ring, const Event *event) {
    uint32_t pushed = atomic_load_explicit(&ring->pushed, memory_order_relaxed);
    // Acquire: the consumer has finished with the place before we write over it.
    uint32_t popped = atomic_load_explicit(&ring->popped, memory_order_acquire);
    if (pushed - popped == ring->capacity) {
        return false;
    }
    ring->events[pushed & (ring->capacity - 1)] = *event;
    // Release: the event is whole before it is seen.
    atomic_store_explicit(&ring->pushed, pushed + 1, memory_order_release);
    return true;
}

RT const Event *event_ring_peek(EventRing *ring) {
    uint32_t popped = atomic_load_explicit(&ring->popped, memory_order_relaxed);
    // Acquire: pairs with the producer's release.
    if (popped == atomic_load_explicit(&ring->pushed, memory_order_acquire)) {
        return NULL;
    }
    return &ring->events[popped & (ring->capacity - 1)];
}

RT uint32_t event_ring_count(EventRing *ring) {
    return atomic_load_explicit(&ring->pushed, memory_order_acquire) -
           atomic_load_explicit(&ring->popped, memory_order_relaxed);
}

RT void event_ring_pop(EventRing *ring) {
    uint32_t popped = atomic_load_explicit(&ring->popped, memory_order_relaxed);
    // Release: we have read the event before the producer may reuse its place.
    atomic_store_explicit(&ring->popped, popped + 1, memory_order_release);
}
