// What every benchmark may call: the line that says what is measured now, and the time that a hypervisor has
// taken.
#include "app/bench/bench.h"

#include "platform/cpu.h"

#include <stdarg.h>

void bench_show(const BenchPlan *plan, const char *format, ...) {
    if (!plan->shown) {
        return;
    }
    fputs("\r\033[K", stderr);
    if (format) {
        va_list arguments;
        va_start(arguments, format);
        vfprintf(stderr, format, arguments);
        va_end(arguments);
    }
    fflush(stderr);
}

uint64_t bench_stolen_ns(void) {
    enum { CPUS_MAX = 1024 };
    static CpuLoad loads[CPUS_MAX];
    int32_t count = cpu_loads(loads, CPUS_MAX, &(Error){0});
    uint64_t stolen_ns = 0;
    for (int32_t i = 0; i < count && i < CPUS_MAX; i++) {
        stolen_ns += loads[i].stolen_ns;
    }
    return stolen_ns;
}

uint64_t bench_stolen_since(uint64_t before_ns) {
    uint64_t now_ns = bench_stolen_ns();
    return now_ns > before_ns ? now_ns - before_ns : 0;
}
