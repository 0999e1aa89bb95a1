// The frame clock: events keep their distances although callbacks come unevenly.
#include "app/live/frame_clock.h"

#include <criterion/criterion.h>
#include <stdlib.h>

enum { RATE_HZ = 48000, BLOCK_FRAMES = 256, NS_PER_SECOND = 1000000000 };

static const uint64_t BEGIN_NS = 5000000000000u;

static uint64_t time_of(uint64_t frame) {
    return BEGIN_NS + frame * NS_PER_SECOND / RATE_HZ;
}

// Callbacks up to a third of a block late, in a fixed random order.
static uint64_t run_with_jitter(FrameClock *clock, int blocks) {
    uint32_t random = 1;
    uint64_t frame = 0;
    for (int block = 0; block < blocks; block++) {
        random = random * 1664525u + 1013904223u;
        uint64_t late_ns = (uint64_t)(random >> 8) % (BLOCK_FRAMES * (uint64_t)NS_PER_SECOND / RATE_HZ / 3);
        frame_clock_tick(clock, frame, BLOCK_FRAMES, time_of(frame) + late_ns);
        frame += BLOCK_FRAMES;
    }
    return frame;
}

Test(frame_clock, gives_frame_0_before_the_first_callback) {
    FrameClock clock;
    frame_clock_init(&clock, RATE_HZ);
    cr_expect_eq(frame_clock_frame_at(&clock, BEGIN_NS), 0);
}

Test(frame_clock, places_what_happens_in_a_block_in_the_next) {
    FrameClock clock;
    frame_clock_init(&clock, RATE_HZ);
    uint64_t frame = 0;
    for (int block = 0; block < 100; block++, frame += BLOCK_FRAMES) {
        frame_clock_tick(&clock, frame, BLOCK_FRAMES, time_of(frame));
    }
    for (uint64_t offset = 0; offset < BLOCK_FRAMES; offset += 50) {
        uint64_t found = frame_clock_frame_at(&clock, time_of(frame - BLOCK_FRAMES + offset));
        cr_expect_leq(llabs((long long)(found - (frame + offset))), 1, "offset %lu: %lu",
                      (unsigned long)offset, (unsigned long)found);
    }
}

Test(frame_clock, smooths_the_jitter_of_callbacks) {
    FrameClock clock;
    frame_clock_init(&clock, RATE_HZ);
    uint64_t frame = run_with_jitter(&clock, 2000);
    // The offset that all callbacks have on average stays; what differs from call to call must not.
    int64_t least = INT64_MAX, most = INT64_MIN;
    uint32_t random = 7;
    for (int block = 0; block < 500; block++) {
        random = random * 1664525u + 1013904223u;
        uint64_t late_ns = (uint64_t)(random >> 8) % (BLOCK_FRAMES * (uint64_t)NS_PER_SECOND / RATE_HZ / 3);
        frame_clock_tick(&clock, frame, BLOCK_FRAMES, time_of(frame) + late_ns);
        int64_t error = (int64_t)frame_clock_frame_at(&clock, time_of(frame)) - (int64_t)frame;
        least = error < least ? error : least;
        most = error > most ? error : most;
        frame += BLOCK_FRAMES;
    }
    cr_expect_leq(most - least, BLOCK_FRAMES / 8, "%ld..%ld", (long)least, (long)most);
}

Test(frame_clock, begins_anew_after_a_gap) {
    FrameClock clock;
    frame_clock_init(&clock, RATE_HZ);
    uint64_t frame = run_with_jitter(&clock, 100);
    uint64_t late_ns = NS_PER_SECOND;
    frame_clock_tick(&clock, frame, BLOCK_FRAMES, time_of(frame) + late_ns);
    uint64_t found = frame_clock_frame_at(&clock, time_of(frame) + late_ns);
    cr_expect_leq(llabs((long long)(found - (frame + BLOCK_FRAMES))), 1);
}
