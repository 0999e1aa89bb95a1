// A ring of steps by the clock: one without a block of its own goes on as the one before.
#include "ui/history.h"

#include <string.h>

static const float BIN_SHARE = 1.0f / 16.0f; // of the deadline, as figures.h says
static const double CARRY_SECONDS = 1.0;     // longer than any block: after it, none comes any more

static HistoryStep *step_at(History *history, int64_t step) {
    return &history->steps[step % HISTORY_STEPS];
}

// Adds the blocks since the reading before to a step; false when there was none.
static bool measure(const History *history, const EngineFigures *figures, HistoryStep *step) {
    float sum = 0.0f;
    uint64_t blocks = 0;
    for (int bin = 0; bin < FIGURES_HISTOGRAM_BINS; bin++) {
        uint64_t more = figures->histogram[bin] - history->histogram[bin];
        if (more > 0) {
            float share = ((float)bin + 0.5f) * BIN_SHARE;
            sum += share * (float)more;
            blocks += more;
            step->worst = share > step->worst ? share : step->worst;
        }
    }
    if (blocks == 0) {
        return false;
    }
    step->mean = sum / (float)blocks;
    float last =
        figures->deadline_ns > 0 ? (float)((double)figures->block_ns / (double)figures->deadline_ns) : 0.0f;
    step->worst = last > step->worst ? last : step->worst;
    return true;
}

// Steps up to the present one without a reading of their own are as this one; where no block ended, because
// blocks are long, the step before goes on.
static void fill(History *history, const EngineFigures *figures, int64_t present, double now_seconds) {
    bool new_step = present > history->step;
    HistoryStep before = *step_at(history, history->step);
    HistoryStep now = {.worst = !new_step && before.measured ? before.worst : 0.0f};
    if (measure(history, figures, &now)) {
        now.measured = true;
        history->moved_at = now_seconds;
    } else if (!new_step || now_seconds - history->moved_at < CARRY_SECONDS) {
        now = before;
        now.measured &= !new_step;
    }
    now.xruns = new_step ? 0 : before.xruns;
    int64_t first = present - history->step < HISTORY_STEPS ? history->step + 1 : present - HISTORY_STEPS + 1;
    for (int64_t step = first; step <= present; step++) {
        *step_at(history, step) = now;
    }
    *step_at(history, present) = now;
    history->step = present;
}

void history_read(History *history, const EngineFigures *figures, double now_seconds) {
    int64_t present = (int64_t)(now_seconds * HISTORY_PER_SECOND);
    if (figures->serial != history->serial) { // another engine counts from 0
        memset(history->histogram, 0, sizeof history->histogram);
        history->xruns = 0;
    }
    if (history->serial == 0) { // the first reading: nothing is known of the time before
        memset(history->steps, 0, sizeof history->steps);
        history->step = present;
    } else {
        fill(history, figures, present, now_seconds);
        step_at(history, present)->xruns += (uint32_t)(figures->xruns - history->xruns);
    }
    memcpy(history->histogram, figures->histogram, sizeof history->histogram);
    history->xruns = figures->xruns;
    history->serial = figures->serial;
}

const HistoryStep *history_step(const History *history, int age) {
    static const HistoryStep NOTHING = {0};
    int64_t step = history->step - age;
    return step < 0 ? &NOTHING : &history->steps[step % HISTORY_STEPS];
}
