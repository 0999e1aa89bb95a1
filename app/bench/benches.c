// All benchmarks, in the order in which they run.
#include "app/bench/bench.h"

#include "app/options_help.h"

const Bench *const BENCHES[BENCH_COUNT] = {
    &BENCH_START,    &BENCH_MEMORY, &BENCH_KERNEL,    &BENCH_RENDER, &BENCH_SCALING,
    &BENCH_DISPATCH, &BENCH_STALL,  &BENCH_POLYPHONY, &BENCH_WINDOW,
};

void bench_print_help(FILE *file) {
    fputs("\nBenchmarks:\n", file);
    for (int i = 0; i < BENCH_COUNT; i++) {
        char left[32];
        snprintf(left, sizeof left, "  %s", BENCHES[i]->name);
        options_print_row(file, left, BENCHES[i]->summary);
    }
}
