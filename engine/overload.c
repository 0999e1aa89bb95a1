// Decides how many voices have to go so that blocks stay in time.
#include "engine/overload.h"

#define HEAVY_SHARE 0.85f // of the deadline: beyond it any interruption is heard
#define AIM_SHARE   0.75f // where shedding leads to

enum {
    HEAVY_BLOCKS = 2,     // in a row: one alone may be the system's doing
    SETTLE_NS = 10000000, // a fade takes 5 ms, and then a block without the voices has to be measured
};

RT uint32_t overload_shed(Overload *overload, uint64_t took_ns, uint64_t had_ns, uint32_t voices) {
    float share = had_ns > 0 ? (float)took_ns / (float)had_ns : 0.0f;
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
    return (uint32_t)((float)voices * (1.0f - AIM_SHARE / share)) + 1;
}
