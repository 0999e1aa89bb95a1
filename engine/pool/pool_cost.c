// Decides from measured times how many threads a run is worth.
#include "engine/pool/pool_cost.h"

#define FOLLOW_SHARE     0.125f  // of a new measurement: settles in some 20 runs
#define OUTLIER_FACTOR   2.0f    // a measurement beyond this many times the mean was an interruption
#define WORTH_SHARING_NS 4000    // below this, handing over gains a microsecond or two at best
#define FIRST_CLASS_NS   2000.0f // the first size class ends here
#define BETTER_SHARE     0.97f   // a level must gain this much to be taken, or noise would decide
#define TRIAL_LOSS_SHARE 0.003f  // of all time may go into trials that do not pay: they stay out of the p99
#define FITS_SHARE       0.9f    // of the time left; a run that is expected to need less is in time
#define CALM_SHARE       0.5f // of the time left; a run that needs more gets every thread, unless that is slower

enum {
    // Of a trial. The first one of a turn does not count: it finds threads asleep, or awake that will not be.
    TURN_CALLBACKS = 2,
    TRIAL_CALLBACKS_MAX = 256,
    LEAD_TO_END = 5,      // turns
    HEAD_START = 1,       // of the larger level: sharing is likelier to pay than noise is to be right
    DOUBT_MAX = 8,        // runs slower than one thread's mean, less those that are faster
    FIRST_TRIAL_RUNS = 8, // runs before the first trial of a size class: one thread has been measured by then
    TRIAL_INTERVAL_RUNS = 64,   // between trials at least
    TRIAL_INTERVAL_MAX = 65536, // and at most: some minutes, as conditions change
    TRIAL_INTERVAL_LATE = 8192, // after a trial that made a block late: some twenty seconds
};

RT float cost_follow(float old, float measured) {
    if (old <= 0.0f) {
        return measured;
    }
    float limit = old * OUTLIER_FACTOR;
    return old + ((measured < limit ? measured : limit) - old) * FOLLOW_SHARE;
}

void cost_init(PoolCost *cost, uint32_t workers) {
    *cost = (PoolCost){0};
    for (uint32_t threads = 1; threads < workers; threads *= 2) {
        cost->threads[cost->level_count++] = threads;
    }
    cost->threads[cost->level_count++] = workers;
    for (int i = 0; i < COST_SIZE_CLASSES; i++) {
        cost->classes[i] = (CostClass){.runs_to_trial = FIRST_TRIAL_RUNS, .tries_more = true};
    }
}

RT static int32_t size_class(float alone_ns) {
    int32_t index = 0;
    for (float limit = FIRST_CLASS_NS; alone_ns > limit && index < COST_SIZE_CLASSES - 1; limit *= 2.0f) {
        index++;
    }
    return index;
}

// The largest level that so many threads can fill.
RT static uint32_t level_limit(const PoolCost *cost, uint32_t threads) {
    uint32_t level = cost->level_count - 1;
    while (level > 0 && cost->threads[level] > threads) {
        level--;
    }
    return level;
}

// usual: what would be taken without a trial; that of the class, unless there are too few threads or batches.
RT static void begin_trial(CostClass *cost_class, uint32_t usual, uint32_t limit, uint32_t callback) {
    cost_class->runs_to_trial = TRIAL_INTERVAL_RUNS;
    bool more = cost_class->tries_more;
    cost_class->tries_more = !more;
    if (more ? usual >= limit : usual == 0) {
        more = !more;
    }
    uint32_t tried = more ? usual + 1 : usual - 1; // limit is above 0: there is a next level in one direction
    if (cost_class->doubted && usual > 0) {
        tried = 0;
    }
    cost_class->doubted = false;
    cost_class->trial = (CostTrial){.on = true,
                                    .usual = usual,
                                    .tried = tried,
                                    .callback = callback,
                                    .lead = tried > usual ? HEAD_START : -HEAD_START};
}

RT static bool is_turn_of_tried(const CostTrial *trial) {
    return trial->step / TURN_CALLBACKS % 2 == 1;
}

// A winning trial goes on in its direction; a losing one is repeated the later, the more it cost.
RT static void end_trial(CostClass *cost_class) {
    CostTrial *trial = &cost_class->trial;
    trial->on = false;
    if (trial->lead >= LEAD_TO_END) {
        cost_class->tries_more = trial->tried > trial->usual;
        cost_class->level = trial->tried;
        cost_class->runs_to_trial = FIRST_TRIAL_RUNS;
        return;
    }
    float interval = trial->loss / TRIAL_LOSS_SHARE;
    if (interval > (float)TRIAL_INTERVAL_MAX) {
        interval = (float)TRIAL_INTERVAL_MAX;
    }
    if (interval > (float)TRIAL_INTERVAL_RUNS) {
        cost_class->runs_to_trial = (uint32_t)interval;
    }
}

// Each has had a turn.
RT static void judge_turns(CostClass *cost_class) {
    CostTrial *trial = &cost_class->trial;
    if (trial->usual_time.runs > 0 && trial->tried_time.runs > 0) {
        float usual_ns = trial->usual_time.sum_ns / (float)trial->usual_time.runs;
        float tried_ns = trial->tried_time.sum_ns / (float)trial->tried_time.runs;
        float share = tried_ns / usual_ns;
        trial->lead += share < BETTER_SHARE ? 1 : -1;
        trial->loss += ((share < OUTLIER_FACTOR ? share : OUTLIER_FACTOR) - 1.0f) *
                       (float)(trial->tried_time.runs * TURN_CALLBACKS);
    }
    trial->usual_time = trial->tried_time = (CostMean){0};
    if (trial->lead >= LEAD_TO_END || trial->lead <= -LEAD_TO_END || trial->step >= TRIAL_CALLBACKS_MAX) {
        end_trial(cost_class);
    }
}

// Only callbacks with runs of this size count: with blocks that are cut in a pattern they come now and then.
RT static void advance_trial(CostClass *cost_class, uint32_t callback) {
    CostTrial *trial = &cost_class->trial;
    if (callback == trial->callback) {
        return;
    }
    trial->callback = callback;
    trial->step++;
    if (trial->step % (2 * TURN_CALLBACKS) == 0) {
        judge_turns(cost_class);
    }
}

// A larger run gains as much by threads as a smaller one, or more.
RT static CostClass *find_class(PoolCost *cost, int32_t size) {
    CostClass *cost_class = &cost->classes[size];
    for (int32_t smaller = size - 1; smaller >= 0 && !cost_class->known; smaller--) {
        if (cost->classes[smaller].known) {
            cost_class->level = cost->classes[smaller].level;
            break;
        }
    }
    cost_class->known = true;
    return cost_class;
}

// The level to take when time is short: all threads, unless that is known to be slower; then the one in use,
// or one thread where that is expected to be faster. alone_unit_ns: of a batch and frame; 0 when it would be
// late.
RT static uint32_t safest_level(const CostClass *cost_class, uint32_t usual, uint32_t limit,
                                float alone_unit_ns) {
    const float *unit_ns = cost_class->unit_ns;
    uint32_t level = unit_ns[usual] > 0.0f && unit_ns[limit] > unit_ns[usual] ? usual : limit;
    return alone_unit_ns > 0.0f && unit_ns[level] > alone_unit_ns ? 0 : level;
}

// A run that is short of time gets the level that is safest. All that may be tried then is a larger one that
// is believed to be slower: what it took was measured in other times.
RT static bool is_trial_safe(const CostTrial *trial, uint32_t safest) {
    return safest == trial->usual && trial->tried > trial->usual;
}

// With fewer batches or workers than usual a run is left out of the trial.
RT static bool is_in_trial(const CostTrial *trial, uint32_t usual, uint32_t limit) {
    return trial->on && trial->usual == usual && trial->tried <= limit;
}

RT static void choose_level(const PoolCost *cost, CostClass *cost_class, uint32_t limit, float left_ns,
                            CostChoice *choice) {
    CostTrial *trial = &cost_class->trial;
    if (trial->on) {
        advance_trial(cost_class, cost->callback);
    }
    uint32_t usual = cost_class->level < limit ? cost_class->level : limit;
    if (!trial->on && cost_class->runs_to_trial-- == 0) {
        begin_trial(cost_class, usual, limit, cost->callback);
    }
    bool takes_part = is_in_trial(trial, usual, limit);
    uint32_t level = takes_part && is_turn_of_tried(trial) ? trial->tried : usual;
    if (left_ns > 0.0f && choice->alone_ns / (float)cost->threads[level] > CALM_SHARE * left_ns) {
        float alone_unit_ns = choice->alone_ns < FITS_SHARE * left_ns ? cost->batch_frame_ns : 0.0f;
        uint32_t safest = safest_level(cost_class, usual, limit, alone_unit_ns);
        if (safest < usual) {
            cost_class->level = safest; // from where more threads are tried again
        }
        trial->on = trial->on && is_trial_safe(trial, safest);
        if (!takes_part || !trial->on) {
            level = safest;
        }
    }
    uint32_t awake = takes_part && trial->on && trial->tried > level ? trial->tried : level;
    choice->level = level;
    choice->short_ns = choice->alone_ns > CALM_SHARE * left_ns ? left_ns : 0.0f;
    choice->threads = cost->threads[level];
    choice->threads_awake = cost->threads[awake > usual ? awake : usual];
}

RT CostChoice cost_choose(PoolCost *cost, const CostQuestion *question) {
    float units = (float)question->count * cost_frames(question->frames);
    CostChoice choice = {.threads = 1,
                         .threads_awake = 1,
                         .size_class = -1,
                         .units = units,
                         .alone_ns = cost->batch_frame_ns * units};
    uint32_t limit =
        level_limit(cost, question->count < question->usable ? question->count : question->usable);
    if (limit == 0 || choice.alone_ns < WORTH_SHARING_NS) {
        return choice;
    }
    choice.size_class = size_class(choice.alone_ns);
    CostClass *cost_class = find_class(cost, choice.size_class);
    choose_level(cost, cost_class, limit, (float)question->left_ns, &choice);
    return choice;
}

RT static void learn_trial(CostClass *cost_class, const CostChoice *choice, float run_ns) {
    CostTrial *trial = &cost_class->trial;
    bool tried = is_turn_of_tried(trial);
    if (choice->level != (tried ? trial->tried : trial->usual)) {
        return;
    }
    if (tried && choice->short_ns > 0.0f && run_ns > choice->short_ns) {
        end_trial(cost_class);
        cost_class->runs_to_trial = TRIAL_INTERVAL_LATE;
        return;
    }
    if (trial->step % TURN_CALLBACKS == 0) {
        return;
    }
    CostMean *mean = tried ? &trial->tried_time : &trial->usual_time;
    mean->sum_ns += run_ns / choice->units;
    mean->runs++;
}

RT static void learn_run(CostClass *cost_class, const CostChoice *choice, float run_ns) {
    uint32_t level = choice->level;
    float unit_ns = run_ns / choice->units;
    if (!cost_class->trial.on || cost_class->trial.step % TURN_CALLBACKS != 0) {
        cost_class->unit_ns[level] = cost_follow(cost_class->unit_ns[level], unit_ns);
    }
    if (cost_class->trial.on) {
        learn_trial(cost_class, choice, run_ns);
        return;
    }
    if (level == 0 || cost_class->unit_ns[0] <= 0.0f) {
        return;
    }
    // Sharing seems to have stopped to pay, as when something else took the other cores: find out now.
    if (unit_ns > cost_class->unit_ns[0]) {
        cost_class->doubt++;
    } else if (cost_class->doubt > 0) {
        cost_class->doubt--;
    }
    if (cost_class->doubt >= DOUBT_MAX) {
        cost_class->doubt = 0;
        cost_class->doubted = true;
        cost_class->runs_to_trial = 0;
    }
}

RT void cost_learn(PoolCost *cost, const CostChoice *choice, uint64_t run_ns, uint32_t own_count,
                   uint32_t frames, uint64_t own_ns) {
    if (own_count > 0) {
        cost->batch_frame_ns =
            cost_follow(cost->batch_frame_ns, (float)own_ns / ((float)own_count * cost_frames(frames)));
    }
    if (choice->size_class >= 0) {
        learn_run(&cost->classes[choice->size_class], choice, (float)run_ns);
    }
}
