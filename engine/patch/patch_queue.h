// Carries whole patches from the main thread to the audio thread, each beside an event that says what it is
// for.
#ifndef ENGINE_PATCH_PATCH_QUEUE_H
#define ENGINE_PATCH_PATCH_QUEUE_H

#include "engine/patch/params.h"
#include "platform/thread_tags.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

enum { PATCH_QUEUE_PATCHES = 32 }; // two for each part; a power of two

typedef struct QueuedPatch {
    float values[PARAM_COUNT]; // each in its range
    uint32_t tag;              // the pusher's own number for it
} QueuedPatch;

/// One producer, one consumer. Zero-filled is empty.
typedef struct PatchQueue {
    uint32_t pushed;         // [producer]
    _Atomic uint32_t popped; // by the consumer
    QueuedPatch patches[PATCH_QUEUE_PATCHES];
} PatchQueue;

/// Writes a patch behind those that wait, its values clamped, where patch_queue_push makes it count. False
/// when the queue is full. *ticket: for patch_queue_take. [main-thread]
bool patch_queue_write(PatchQueue *queue, const float values[PARAM_COUNT], uint32_t tag, uint16_t *ticket);

/// The patch that was written last is on its way: its event was taken. [main-thread]
void patch_queue_push(PatchQueue *queue);

/// The patch of that ticket, valid until patch_queue_pop with the same ticket. [audio-thread]
RT const QueuedPatch *patch_queue_take(const PatchQueue *queue, uint16_t ticket);

/// Hands the patch of that ticket back, with all before it. [audio-thread]
RT void patch_queue_pop(PatchQueue *queue, uint16_t ticket);

#endif
