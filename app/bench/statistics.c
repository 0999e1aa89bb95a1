// Percentiles by sorting.
#include "app/bench/statistics.h"

#include <math.h>
#include <stdlib.h>

static int compare(const void *a, const void *b) {
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

static double at_share(const double *sorted, size_t count, double share) {
    size_t rank = (size_t)ceil(share * (double)count);
    return sorted[rank > 0 ? rank - 1 : 0];
}

Statistics statistics_of(double *samples, size_t count) {
    if (count == 0) {
        double none = (double)NAN;
        return (Statistics){none, none, none, none, none};
    }
    qsort(samples, count, sizeof *samples, compare);
    return (Statistics){
        .best = samples[0],
        .median = at_share(samples, count, 0.5),
        .p99 = at_share(samples, count, 0.99),
        .p999 = at_share(samples, count, 0.999),
        .worst = samples[count - 1],
    };
}

double statistics_median_ratio(const double *above, const double *below, size_t count) {
    double *ratios = malloc(count * sizeof *ratios);
    if (!ratios) {
        return (double)NAN;
    }
    for (size_t i = 0; i < count; i++) {
        ratios[i] = above[i] / below[i];
    }
    double median = statistics_of(ratios, count).median;
    free(ratios);
    return median;
}
