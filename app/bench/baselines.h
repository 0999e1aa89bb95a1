// Lists the baselines that this build has.
#ifndef APP_BENCH_BASELINES_H
#define APP_BENCH_BASELINES_H

#include "app/bench/baseline.h"

enum { BASELINES_MAX = 4 };
/// NULL after the last. [any-thread]
extern const Baseline *const BASELINES[];

#endif
