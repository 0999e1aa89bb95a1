// Slots are added up by the tree over batch numbers, whoever of them is silent.
#include "engine/mix/mix.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

enum { BATCHES = 7, FRAMES = 5 };

static Slot slots[BATCHES];
static float mixed[CHANNEL_COUNT][FRAMES + 1];

// Of sizes so apart that each order of adding them up rounds its own way.
static float sample_of(int batch, int channel, int frame) {
    static const float SIZES[BATCHES] = {1.0f, 3e7f, -0.7f, 5e6f, -3e7f, 0.01f, 77.0f};
    return SIZES[batch] * (1.0f + 0.37f * (float)frame + 0.11f * (float)channel);
}

static void fill_slots(void) {
    for (int batch = 0; batch < BATCHES; batch++) {
        slots[batch].sounds = true;
        for (int channel = 0; channel < CHANNEL_COUNT; channel++) {
            for (int frame = 0; frame < CHUNK_MAX_FRAMES; frame++) {
                slots[batch].sound[channel][frame] = sample_of(batch, channel, frame);
            }
        }
    }
    for (int channel = 0; channel < CHANNEL_COUNT; channel++) {
        for (int frame = 0; frame <= FRAMES; frame++) {
            mixed[channel][frame] = 9.0f;
        }
    }
}

static void mix(uint32_t rendered, uint32_t count) {
    Slot *list[BATCHES];
    for (uint32_t batch = 0; batch < count; batch++) {
        list[batch] = rendered & 1u << batch ? &slots[batch] : NULL;
    }
    mix_slots(list, count, FRAMES, CHANNELS_AT(mixed, 0));
}

Test(mix, adds_up_by_the_tree_and_no_further_than_asked, .init = fill_slots) {
    mix(0x7F, BATCHES);
    for (int channel = 0; channel < CHANNEL_COUNT; channel++) {
        for (int frame = 0; frame < FRAMES; frame++) {
            float s[BATCHES];
            for (int batch = 0; batch < BATCHES; batch++) {
                s[batch] = sample_of(batch, channel, frame);
            }
            float wanted = ((s[0] + s[1]) + (s[2] + s[3])) + ((s[4] + s[5]) + s[6]);
            cr_expect_eq(mixed[channel][frame], wanted, "channel %d, frame %d", channel, frame);
        }
        cr_expect_eq(mixed[channel][FRAMES], 9.0f, "what is beyond is the caller's");
    }
}

Test(mix, passes_over_what_is_silent_or_was_not_rendered, .init = fill_slots) {
    slots[3].sounds = false;
    slots[4].sounds = false;
    mix(0x7C, BATCHES); // not 0 and 1
    for (int channel = 0; channel < CHANNEL_COUNT; channel++) {
        for (int frame = 0; frame < FRAMES; frame++) {
            float wanted =
                sample_of(2, channel, frame) + (sample_of(5, channel, frame) + sample_of(6, channel, frame));
            cr_expect_eq(mixed[channel][frame], wanted, "channel %d, frame %d", channel, frame);
        }
    }
}

Test(mix, of_nothing_is_zero_without_a_sign, .init = fill_slots) {
    mix(0, BATCHES);
    cr_expect(mixed[CHANNEL_LEFT][0] == 0.0f && mixed[CHANNEL_RIGHT][FRAMES - 1] == 0.0f);
    slots[0].sound[CHANNEL_RIGHT][0] = -0.0f;
    mix(1, 1);
    cr_expect_eq(mixed[CHANNEL_RIGHT][0], 0.0f);
    cr_expect(!signbit(mixed[CHANNEL_RIGHT][0]));
}
