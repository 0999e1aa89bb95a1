// Turns many measurements into the few numbers that describe them.
#ifndef APP_BENCH_STATISTICS_H
#define APP_BENCH_STATISTICS_H

#include <stddef.h>

/// In the unit of the samples. A percentile is the smallest sample that so many per cent do not exceed, never
/// a value between two.
typedef struct Statistics {
    double best;
    double median;
    double p99;
    double p999;
    double worst;
} Statistics;

/// Sorts samples in place. All are NAN without any. [any-thread]
Statistics statistics_of(double *samples, size_t count);

/// The median of above[i] / below[i]. Samples of one round stand at one index, so that a machine whose speed
/// drifts from round to round leaves the ratio alone. count: >= 1; below: all > 0. NAN when memory is
/// refused. [any-thread]
double statistics_median_ratio(const double *above, const double *below, size_t count);

#endif
