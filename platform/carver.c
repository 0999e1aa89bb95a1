// What is too large stays so: the sum is asked for once, at the end.
#include "platform/carver.h"

void *carver_take(Carver *carver, size_t count, size_t item_bytes) {
    size_t at = carver->used;
    size_t padding = carver->alignment_bytes - 1;
    if (at == CARVER_TOO_LARGE || (count > 0 && item_bytes > (CARVER_TOO_LARGE - padding - at) / count)) {
        carver->used = CARVER_TOO_LARGE;
        return NULL;
    }
    carver->used = (at + count * item_bytes + padding) & ~padding;
    return carver->base == NULL ? NULL : (char *)carver->base + at;
}
