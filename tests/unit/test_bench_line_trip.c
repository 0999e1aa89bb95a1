// A cache line's way to another core and back.
#include "app/bench/line_trip.h"

#include "platform/clock.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdint.h>

Test(bench_line_trip, is_some_nanoseconds_once_two_threads_run_at_once) {
    static const uint64_t LIMIT_NS = 30000000000u;
    double trip_ns = (double)NAN;
    uint64_t end_ns = clock_now_ns() + LIMIT_NS;
    while (isnan(trip_ns) && clock_now_ns() < end_ns) {
        Error error = {""};
        cr_assert(line_trip_measure(&trip_ns, &error), "%s", error.text);
    }
    cr_expect(trip_ns > 5 && trip_ns < 100000, "%g ns", trip_ns);
}
