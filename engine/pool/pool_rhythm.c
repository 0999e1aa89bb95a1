// Filters phase and jitter: an eighth of each error moves the expected time.
#include "engine/pool/pool_rhythm.h"

enum {
    PHASE_SHARE = 8,     // of an error that the prediction follows: one late callback does not move the next
    JITTER_SHARE = 16,   // callbacks over which the jitter is averaged
    JITTERS_OF_LEAD = 2, // covers nearly all callbacks when they scatter evenly
    LEAD_MIN_NS = 70000, // a sleeper's own delay in waking, mostly below 60 us without real-time priority
    LEAD_SHARE =
        24, // of the period: waiting costs at most about 4 % of a core, unless that is below LEAD_MIN_NS
};

RT static uint64_t lead(const Rhythm *rhythm) {
    uint64_t wish = LEAD_MIN_NS + JITTERS_OF_LEAD * rhythm->jitter_ns;
    uint64_t limit = rhythm->period_ns / LEAD_SHARE;
    if (wish > limit) {
        wish = limit;
    }
    return wish > LEAD_MIN_NS ? wish : LEAD_MIN_NS;
}

RT void rhythm_begin(Rhythm *rhythm, uint64_t now_ns, uint64_t period_ns) {
    int64_t error_ns = (int64_t)(now_ns - rhythm->expected_ns);
    int64_t half_ns = (int64_t)(period_ns / 2);
    if (period_ns != rhythm->period_ns || error_ns > half_ns || error_ns < -half_ns) {
        rhythm->expected_ns = now_ns; // a new stream, or a gap: begin anew
        rhythm->period_ns = period_ns;
    } else {
        uint64_t distance_ns = (uint64_t)(error_ns < 0 ? -error_ns : error_ns);
        rhythm->jitter_ns = rhythm->jitter_ns - rhythm->jitter_ns / JITTER_SHARE + distance_ns / JITTER_SHARE;
        rhythm->expected_ns += (uint64_t)(error_ns / PHASE_SHARE);
    }
    rhythm->expected_ns += period_ns;
}

RT void rhythm_end(const Rhythm *rhythm, RhythmWords *words, uint32_t threads) {
    atomic_store_explicit(&words->expected_ns, rhythm->expected_ns, memory_order_relaxed);
    atomic_store_explicit(&words->period_ns, rhythm->period_ns, memory_order_relaxed);
    atomic_store_explicit(&words->lead_ns, rhythm->period_ns == 0 ? 0 : lead(rhythm), memory_order_relaxed);
    atomic_store_explicit(&words->threads, threads, memory_order_relaxed);
}
