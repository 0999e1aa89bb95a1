// What threads gain that share nothing.
#include "app/bench/independent.h"

#include "platform/clock.h"

#include <criterion/criterion.h>
#include <math.h>

Test(bench_independent, equal_threads_take_as_long_for_all_lanes_as_one_for_its_own) {
    const IndependentShare shares[] = {{32, 10, 1000}, {32, 10, 1000}};
    cr_expect_float_eq(independent_block_ns(shares, 2), 100, 1e-9);
}

Test(bench_independent, each_thread_counts_by_its_lanes_and_its_own_time) {
    // 30 lanes in 100 ns and 10 lanes in 50 ns: half a lane a ns together.
    const IndependentShare shares[] = {{30, 7, 700}, {10, 4, 200}};
    cr_expect_float_eq(independent_block_ns(shares, 2), 80, 1e-9);
}

Test(bench_independent, a_thread_without_a_core_gains_nothing) {
    const IndependentShare shares[] = {{32, 10, 1000}, {32, 0, 1}};
    cr_expect_float_eq(independent_block_ns(shares, 2), 200, 1e-9);
}

Test(bench_independent, all_threads_work_while_they_are_released_and_rest_when_held) {
    enum { THREADS = 3, LANES = 40, FRAMES = 64, BLOCKS = 50, SHARED_TURNS = 3 };
    static const uint64_t LIMIT_NS = 30000000000u;
    float sound[CHANNEL_COUNT][FRAMES];
    Error error = {""};
    Independent *independent = independent_create(THREADS, LANES, FRAMES, &error);
    cr_assert_not_null(independent, "%s", error.text);
    Engine *own = independent_own(independent);
    cr_expect_eq(engine_voices_sounding(own), LANES / THREADS);
    independent_begin(independent, (ThreadPriority){THREAD_CLASS_NORMAL, 0});
    int shared = 0; // turns in which others got blocks done
    for (uint64_t end_ns = clock_now_ns() + LIMIT_NS; shared < SHARED_TURNS;) {
        cr_assert_lt(clock_now_ns(), end_ns, "the other threads do nothing");
        independent_release(independent);
        uint64_t start_ns = clock_now_ns();
        for (int block = 0; block < BLOCKS; block++) {
            engine_render(own, CHANNELS_AT(sound, 0), FRAMES, 0);
        }
        double own_ns = (double)(clock_now_ns() - start_ns) / BLOCKS;
        double all_ns = independent_hold(independent, own_ns);
        double alone_ns = own_ns * LANES / (LANES / THREADS);
        cr_assert(all_ns > 0 && all_ns < alone_ns * 1.001, "%g ns of %g", all_ns, alone_ns);
        shared += all_ns < alone_ns * 0.99;
    }
    independent_destroy(independent);
}
