// Measures automatic use of threads as in live play: a callback at a time, while the load steps up and down.
#ifndef APP_BENCH_PACED_TABLE_H
#define APP_BENCH_PACED_TABLE_H

#include "app/bench/bench.h"

#include <stdbool.h>

/// Adds a table for each length of a step, and goals. Each takes twice plan->seconds: so long for each
/// player. What was not played by then stays empty. False with error filled when memory or threads are
/// refused. [main-thread]
bool paced_table_measure(const BenchPlan *plan, ReportSection *section, Error *error);

#endif
