// Carries events from one thread to the audio thread.
#ifndef ENGINE_EVENT_RING_H
#define ENGINE_EVENT_RING_H

#include "engine/event.h"
#include "platform/thread_tags.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

/// One producer, one consumer. Zero-filled is empty.
typedef struct EventRing {
    _Alignas(128) _Atomic uint32_t pushed; // by the producer
    _Alignas(128) _Atomic uint32_t popped; // by the consumer
    _Alignas(128) Event *events;           // capacity
    uint32_t capacity;                     // a power of two
} EventRing;

/// False when the ring is full. [the producer's thread]
RT bool event_ring_push(EventRing *ring, const Event *event);

/// The oldest event, valid until event_ring_pop, or NULL. [audio-thread]
RT const Event *event_ring_peek(EventRing *ring);

/// How many events wait now. [audio-thread]
RT uint32_t event_ring_count(EventRing *ring);

/// Drops the oldest event; there must be one. [audio-thread]
RT void event_ring_pop(EventRing *ring);

#endif
