// Counts heavy blocks in a row and the time that was calm; one block alone decides nothing.
#include "engine/overload.h"

#define HEAVY_SHARE 0.85f // of the deadline: beyond it any interruption is heard
#define AIM_SHARE   0.75f // where shedding leads to
#define CALM_SHARE  0.5f  // in draft, which is two thirds of the work: the same in live is AIM_SHARE

enum {
    HEAVY_BLOCKS = 2,     // in a row: one alone may be the system's doing
    SETTLE_NS = 10000000, // a fade takes 5 ms, and then a block without the voices has to be measured
};
static const uint64_t CALM_NS = UINT64_C(5000000000); // longer than the rests of most music

// One block alone that is not calm may be the system's doing: it takes back half of the calm.
RT static void watch_calm(Overload *overload, float share, uint64_t had_ns) {
    overload->calm_ns = share < CALM_SHARE ? overload->calm_ns + had_ns : overload->calm_ns / 2;
    if (overload->calm_ns >= CALM_NS) {
        overload->lowered = false;
    }
}

RT uint32_t overload_shed(Overload *overload, uint64_t took_ns, uint64_t had_ns, uint32_t voices,
                          bool can_lower) {
    float share = had_ns > 0 ? (float)took_ns / (float)had_ns : 0.0f;
    watch_calm(overload, share, had_ns);
    overload->lowered = overload->lowered && can_lower;
    if (overload->settling_ns > had_ns) {
        overload->settling_ns -= had_ns;
        return 0;
    }
    overload->settling_ns = 0;
    overload->heavy_blocks = share > HEAVY_SHARE ? overload->heavy_blocks + 1 : 0;
    if (overload->heavy_blocks < HEAVY_BLOCKS) {
        return 0;
    }
    overload->heavy_blocks = 0;
    overload->settling_ns = SETTLE_NS;
    if (can_lower && !overload->lowered) {
        overload->lowered = true;
        overload->calm_ns = 0;
        return 0;
    }
    return (uint32_t)((float)voices * (1.0f - AIM_SHARE / share)) + 1;
}
