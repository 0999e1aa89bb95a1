// Tells what kind of machine the other figures come from: which cores share a cache, what a hypervisor took
// meanwhile, and what independent threads gain just then.
#ifndef APP_BENCH_MOOD_H
#define APP_BENCH_MOOD_H

#include "app/bench/bench.h"
#include "platform/topology.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Adds a table of the last-level caches and the CPUs that share each. False with error filled when the
/// system does not tell. [main-thread]
bool mood_report_caches(ReportSection *section, Error *error);

/// Adds the table that mood_end fills. [main-thread]
ReportTable *mood_table(ReportSection *section);

/// One measurement.
typedef struct Mood {
    const char *what; // static text
    uint64_t start_ns;
    uint64_t stolen_ns;
} Mood;

/// what: below REPORT_CELL_BYTES. [main-thread]
Mood mood_begin(const char *what);

/// Adds its row, after a look at what independent threads gain now and how far apart two cores are. False
/// with error filled when memory or threads are refused. [main-thread]
bool mood_end(const BenchPlan *plan, ReportTable *table, const Mood *mood, Error *error);

/// Lists the CPUs that share a cache, such as "0-3 8-11"; what finds no room is cut. [any-thread]
void mood_list_cpus(const Topology *topology, int32_t cache, char *text, size_t capacity);

#endif
