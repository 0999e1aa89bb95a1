// A tree over all batches: its bits depend neither on who rendered them nor on which are silent.
#include "engine/mix/mix.h"

#include <stddef.h>
#include <string.h>

RT static void add_slot(Slot *restrict sum, const Slot *restrict more, uint32_t frames) {
    for (int channel = 0; channel < CHANNEL_COUNT; channel++) {
        for (uint32_t frame = 0; frame < frames; frame++) {
            sum->sound[channel][frame] += more->sound[channel][frame];
        }
    }
}

RT static void write_sum(const Slot *sum, uint32_t frames, float *const channels[CHANNEL_COUNT]) {
    for (int channel = 0; channel < CHANNEL_COUNT; channel++) {
        if (sum == NULL) {
            memset(channels[channel], 0, frames * sizeof *channels[channel]);
            continue;
        }
        for (uint32_t frame = 0; frame < frames; frame++) {
            // Adding +0 makes a silent batch and one passed over agree.
            channels[channel][frame] = sum->sound[channel][frame] + 0.0f;
        }
    }
}

RT void mix_slots(Slot *slots[], uint32_t count, uint32_t frames, float *const channels[CHANNEL_COUNT]) {
    for (uint32_t at = 0; at < count; at++) {
        slots[at] = slots[at] != NULL && slots[at]->sounds ? slots[at] : NULL;
    }
    for (uint32_t step = 1; step < count; step *= 2) {
        for (uint32_t at = 0; at + step < count; at += 2 * step) {
            if (slots[at] != NULL && slots[at + step] != NULL) {
                add_slot(slots[at], slots[at + step], frames);
            } else if (slots[at + step] != NULL) {
                slots[at] = slots[at + step];
            }
        }
    }
    write_sum(slots[0], frames, channels);
}
