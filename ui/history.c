// Remembers block time against the deadline for the last 30 seconds, and when xruns happened.
#include "ui/history.h"

#include <string.h>

static const float BIN_SHARE = 1.0f / 16.0f; // of the deadline, as figures.h says

static HistoryStep *step_at(History *history, int64_t step) {
    return &history->steps[step % HISTORY_STEPS];
}

static void move_to(History *history, int64_t step) {
    if (step - history->step > HISTORY_STEPS) {
        history->step = step - HISTORY_STEPS;
    }
    while (history->step < step) {
        history->step++;
        *step_at(history, history->step) = (HistoryStep){0};
    }
}

void history_read(History *history, const EngineFigures *figures, double now_seconds) {
    move_to(history, (int64_t)(now_seconds * HISTORY_PER_SECOND));
    HistoryStep *step = step_at(history, history->step);
    bool known = history->started && figures->blocks >= history->blocks && figures->xruns >= history->xruns;
    float sum = 0.0f;
    uint64_t blocks = 0;
    for (int bin = 0; bin < FIGURES_HISTOGRAM_BINS && known; bin++) {
        uint64_t more = figures->histogram[bin] - history->histogram[bin];
        if (more > 0) {
            float share = ((float)bin + 0.5f) * BIN_SHARE;
            sum += share * (float)more;
            blocks += more;
            step->worst = share > step->worst ? share : step->worst;
        }
    }
    if (blocks > 0) {
        step->mean = sum / (float)blocks;
    }
    if (known && figures->deadline_ns > 0 && figures->blocks > history->blocks) {
        float last = (float)((double)figures->block_ns / (double)figures->deadline_ns);
        step->worst = last > step->worst ? last : step->worst;
    }
    step->xruns += known ? (uint32_t)(figures->xruns - history->xruns) : 0;
    memcpy(history->histogram, figures->histogram, sizeof history->histogram);
    history->blocks = figures->blocks;
    history->xruns = figures->xruns;
    history->started = true;
}

const HistoryStep *history_step(const History *history, int age) {
    static const HistoryStep NOTHING = {0};
    int64_t step = history->step - age;
    return step < 0 ? &NOTHING : &history->steps[step % HISTORY_STEPS];
}
