// Remembers block time against the deadline for the last 30 seconds, and when xruns happened.
#ifndef UI_HISTORY_H
#define UI_HISTORY_H

#include "engine/figures.h"

#include <stdbool.h>

enum { HISTORY_SECONDS = 30, HISTORY_PER_SECOND = 10, HISTORY_STEPS = HISTORY_SECONDS * HISTORY_PER_SECOND };

typedef struct HistoryStep {
    float mean;     // of the block times, share of the deadline
    float worst;    // known to a 16th
    uint32_t xruns; // that happened in this step
    bool measured;  // else mean and worst go on from the step before
} HistoryStep;

typedef struct History {
    HistoryStep steps[HISTORY_STEPS];
    int64_t step;    // number of the present one since the clock's zero; it lies at step % HISTORY_STEPS
    uint32_t serial; // of the engine read last, 0 before the first
    double moved_at; // seconds, when it last rendered a block
    uint64_t histogram[FIGURES_HISTOGRAM_BINS];
    uint64_t xruns;
} History;

/// Takes a reading. All zero is a fresh start. [main-thread]
void history_read(History *history, const EngineFigures *figures, double now_seconds);
/// age: 0 is the present step, HISTORY_STEPS - 1 the oldest.
const HistoryStep *history_step(const History *history, int age);

#endif
