// A ring whose places are named by tickets, so that an event that was dropped on its way leaves no place
// lost.
#include "engine/patch/patch_queue.h"

_Static_assert((UINT16_MAX + 1) % PATCH_QUEUE_PATCHES == 0, "tickets wrap where places do");

bool patch_queue_write(PatchQueue *queue, const float values[PARAM_COUNT], uint32_t tag, uint16_t *ticket) {
    uint32_t pushed = queue->pushed;
    // Acquire: the audio thread has read what lay here.
    if (pushed - atomic_load_explicit(&queue->popped, memory_order_acquire) == PATCH_QUEUE_PATCHES) {
        return false;
    }
    QueuedPatch *patch = &queue->patches[pushed % PATCH_QUEUE_PATCHES];
    for (int id = 0; id < PARAM_COUNT; id++) {
        patch->values[id] = param_clamp((ParamId)id, values[id]);
    }
    patch->tag = tag;
    *ticket = (uint16_t)pushed;
    return true;
}

void patch_queue_push(PatchQueue *queue) {
    queue->pushed++; // the patch itself is carried over by the ring that took its event
}

RT const QueuedPatch *patch_queue_take(const PatchQueue *queue, uint16_t ticket) {
    return &queue->patches[ticket % PATCH_QUEUE_PATCHES];
}

RT void patch_queue_pop(PatchQueue *queue, uint16_t ticket) {
    uint32_t popped = atomic_load_explicit(&queue->popped, memory_order_relaxed); // our own
    uint16_t passed = (uint16_t)(ticket - (uint16_t)popped);
    atomic_store_explicit(&queue->popped, popped + passed + 1, memory_order_release); // after the reading
}
