// What a benchmark is: a name, and a function that measures and fills a section of the report.
#ifndef APP_BENCH_BENCH_H
#define APP_BENCH_BENCH_H

#include "app/bench/report.h"
#include "platform/error.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/// How all benchmarks are to be run.
typedef struct BenchPlan {
    double seconds;   // of each measurement against the clock
    uint32_t workers; // physical cores that may be used, at most POOL_WORKERS_MAX
    bool shown;       // standard error is a terminal
} BenchPlan;

typedef struct Bench {
    const char *name;
    const char *summary;
    /// Measures and fills the section. False with error filled when it cannot. [main-thread]
    bool (*run)(const BenchPlan *plan, ReportSection *section, Error *error);
} Bench;

enum { BENCH_COUNT = 9 };
/// In the order in which they run. [any-thread]
extern const Bench *const BENCHES[BENCH_COUNT];

extern const Bench BENCH_KERNEL, BENCH_DISPATCH, BENCH_SCALING, BENCH_POLYPHONY, BENCH_RENDER, BENCH_STALL,
    BENCH_START, BENCH_MEMORY, BENCH_WINDOW;

/// Lists their names and summaries. [main-thread]
void bench_print_help(FILE *file);

/// Shows what is measured now, over the last such line; NULL takes the line away. Says nothing where no one
/// looks. [main-thread]
void bench_show(const BenchPlan *plan, const char *format, ...) __attribute__((format(printf, 2, 3)));

/// Time that a hypervisor has taken from this machine's CPUs since they started, in ns; 0 where there is
/// none, or none that tells. [main-thread]
uint64_t bench_stolen_ns(void);

/// The same since an earlier reading; 0 when the system's count went back. [main-thread]
uint64_t bench_stolen_since(uint64_t before_ns);

#endif
