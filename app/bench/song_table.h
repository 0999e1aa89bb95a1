// Measures songs as they are played live: a callback at a time, by one thread and by automatic use of
// threads.
#ifndef APP_BENCH_SONG_TABLE_H
#define APP_BENCH_SONG_TABLE_H

#include "app/bench/bench.h"

#include <stdbool.h>

/// Adds a table of the demo song and a dense one, and goals. Each takes twice plan->seconds: so long for each
/// player. False with error filled when memory or threads are refused. [main-thread]
bool song_table_measure(const BenchPlan *plan, ReportSection *section, Error *error);

#endif
