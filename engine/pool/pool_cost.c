// Keeps a level for each power of two of work, and has it challenged by its neighbours in short, rare duels.
#include "engine/pool/pool_cost.h"

#define FOLLOW_SHARE     0.125f  // of a new measurement: settles in some 20 runs
#define OUTLIER_FACTOR   2.0f    // a measurement beyond this many times the mean was an interruption
#define WORTH_SHARING_NS 4000    // below this, handing over gains a microsecond or two at best
#define FIRST_CLASS_NS   2000.0f // the first size class ends here
#define DUEL_LOSS_SHARE  0.003f  // duels may lose this much of all time: the 99th percentile shows no less
#define FITS_SHARE       0.9f    // a run that is expected to need less of the time left is in time
#define CALM_SHARE       0.5f    // a run that is expected to need more of the time left is short of time

enum {
    DOUBT_MAX = 8, // shared runs slower than one thread's mean count up, faster ones down: a duel at so many
    FIRST_DUEL_RUNS = 8,       // runs before a class's first duel: one thread has been measured by then
    DUEL_INTERVAL_RUNS = 64,   // least number of runs from one duel to the next
    DUEL_INTERVAL_MAX = 65536, // largest: some minutes, as conditions change
    DUEL_INTERVAL_LATE = 8192, // after a duel that made a run late: some twenty seconds
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
        cost->classes[i] = (CostClass){.runs_to_duel = FIRST_DUEL_RUNS, .tries_more = true};
    }
}

// What is known of a run before anything is decided.
typedef struct Outlook {
    float units;
    float alone_ns;
    uint32_t limit;     // the largest level that its batches and the usable workers can fill
    int32_t size_class; // or COST_CLASS_NONE
} Outlook;

RT static int32_t size_class(float alone_ns) {
    int32_t index = 0;
    for (float limit = FIRST_CLASS_NS; alone_ns > limit && index < COST_SIZE_CLASSES - 1; limit *= 2.0f) {
        index++;
    }
    return index;
}

RT static uint32_t level_limit(const PoolCost *cost, uint32_t threads) {
    uint32_t level = cost->level_count - 1;
    while (level > 0 && cost->threads[level] > threads) {
        level--;
    }
    return level;
}

RT static Outlook look_ahead(const PoolCost *cost, const CostQuestion *question) {
    float units = (float)question->count * cost_frames(question->frames);
    Outlook outlook = {
        .units = units,
        .alone_ns = cost->batch_frame_ns * units,
        .limit = level_limit(cost, question->count < question->usable ? question->count : question->usable),
        .size_class = COST_CLASS_NONE};
    if (outlook.limit > 0 && outlook.alone_ns >= WORTH_SHARING_NS) {
        outlook.size_class = size_class(outlook.alone_ns);
    }
    return outlook;
}

// What is taken without a duel: the class's level, unless there are too few threads or batches.
RT static uint32_t usual_level(const CostClass *cost_class, uint32_t limit) {
    return cost_class->level < limit ? cost_class->level : limit;
}

// A size that has not been run yet takes the level of the next smaller one that has: a larger run gains as
// much by threads, or more.
RT static void get_to_know(PoolCost *cost, int32_t size) {
    CostClass *cost_class = &cost->classes[size];
    for (int32_t smaller = size - 1; smaller >= 0 && !cost_class->known; smaller--) {
        if (cost->classes[smaller].known) {
            cost_class->level = cost->classes[smaller].level;
            break;
        }
    }
    cost_class->known = true;
}

// limit: above 0, so that there is a next level in one direction at least.
RT static void begin_duel(CostClass *cost_class, uint32_t limit, uint32_t callback) {
    uint32_t usual = usual_level(cost_class, limit);
    bool more = cost_class->tries_more;
    cost_class->tries_more = !more;
    if (more ? usual >= limit : usual == 0) {
        more = !more;
    }
    uint32_t tried = more ? usual + 1 : usual - 1;
    if (cost_class->doubted && usual > 0) {
        tried = 0;
    }
    cost_class->doubted = false;
    cost_class->runs_to_duel = DUEL_INTERVAL_RUNS;
    duel_start(&cost_class->duel, usual, tried, callback);
}

// A duel that was won goes on in its direction; one that was lost is repeated the later, the more it cost.
RT static void take_outcome(CostClass *cost_class, DuelState outcome) {
    const Duel *duel = &cost_class->duel;
    if (outcome == DUEL_WON) {
        cost_class->tries_more = duel->tried > duel->usual;
        cost_class->level = duel->tried;
        cost_class->runs_to_duel = FIRST_DUEL_RUNS;
        return;
    }
    float interval = duel->loss / DUEL_LOSS_SHARE;
    if (interval > (float)DUEL_INTERVAL_MAX) {
        interval = (float)DUEL_INTERVAL_MAX;
    }
    if (interval > (float)DUEL_INTERVAL_RUNS) {
        cost_class->runs_to_duel = (uint32_t)interval;
    }
}

RT void cost_begin(PoolCost *cost, const CostQuestion *question) {
    Outlook outlook = look_ahead(cost, question);
    if (outlook.size_class == COST_CLASS_NONE) {
        return;
    }
    get_to_know(cost, outlook.size_class);
    CostClass *cost_class = &cost->classes[outlook.size_class];
    if (cost_class->duel.on) {
        DuelState state = duel_advance(&cost_class->duel, cost->callback);
        if (state != DUEL_GOES_ON) {
            take_outcome(cost_class, state);
        }
    }
    if (cost_class->duel.on) {
        return;
    }
    if (cost_class->runs_to_duel > 0) {
        cost_class->runs_to_duel--;
        return;
    }
    begin_duel(cost_class, outlook.limit, cost->callback);
}

// The level to take when time is short: all threads, or the usual level where that is known to be faster, or
// one thread where that is expected to be faster still. alone_unit_ns: what one thread needs for a batch and
// frame; 0 when it alone would be late.
RT static uint32_t safest_level(const CostClass *cost_class, uint32_t usual, uint32_t limit,
                                float alone_unit_ns) {
    const float *unit_ns = cost_class->unit_ns;
    uint32_t level = unit_ns[usual] > 0.0f && unit_ns[limit] > unit_ns[usual] ? usual : limit;
    return alone_unit_ns > 0.0f && unit_ns[level] > alone_unit_ns ? 0 : level;
}

// May a duel go on while time is short? Only one that tries more threads than the safest level. They are
// believed to be slower, but that was measured in other times.
RT static bool is_duel_safe(const Duel *duel, uint32_t safest) {
    return safest == duel->usual && duel->tried > duel->usual;
}

// With fewer batches or workers than usual a run is left out of the duel.
RT static bool is_in_duel(const Duel *duel, uint32_t usual, uint32_t limit) {
    return duel->on && duel->usual == usual && duel->tried <= limit;
}

RT static void choose_level(const PoolCost *cost, const CostClass *cost_class, uint32_t limit, float left_ns,
                            CostChoice *choice) {
    const Duel *duel = &cost_class->duel;
    uint32_t usual = usual_level(cost_class, limit);
    bool in_duel = is_in_duel(duel, usual, limit);
    uint32_t level = in_duel ? duel_level(duel) : usual;
    choice->level_after = cost_class->level;
    if (left_ns > 0.0f && choice->alone_ns / (float)cost->threads[level] > CALM_SHARE * left_ns) {
        float alone_unit_ns = choice->alone_ns < FITS_SHARE * left_ns ? cost->batch_frame_ns : 0.0f;
        uint32_t safest = safest_level(cost_class, usual, limit, alone_unit_ns);
        if (safest < usual) {
            choice->level_after = safest; // from where more threads are tried again
        }
        choice->stops_duel = !is_duel_safe(duel, safest);
        in_duel = in_duel && !choice->stops_duel;
        if (!in_duel) {
            level = safest;
        }
    }
    uint32_t awake = in_duel && duel->tried > level ? duel->tried : level;
    choice->level = level;
    choice->short_ns = choice->alone_ns > CALM_SHARE * left_ns ? left_ns : 0.0f;
    choice->threads = cost->threads[level];
    choice->threads_awake = cost->threads[awake > usual ? awake : usual];
}

RT CostChoice cost_choose(const PoolCost *cost, const CostQuestion *question) {
    Outlook outlook = look_ahead(cost, question);
    CostChoice choice = {.threads = 1,
                         .threads_awake = 1,
                         .size_class = outlook.size_class,
                         .units = outlook.units,
                         .alone_ns = outlook.alone_ns};
    if (choice.size_class != COST_CLASS_NONE) {
        choose_level(cost, &cost->classes[choice.size_class], outlook.limit, (float)question->left_ns,
                     &choice);
    }
    return choice;
}

RT static void learn_duel(CostClass *cost_class, const CostChoice *choice, float run_ns) {
    Duel *duel = &cost_class->duel;
    if (choice->level != duel_level(duel)) {
        return;
    }
    if (duel_is_trying(duel) && choice->short_ns > 0.0f && run_ns > choice->short_ns) {
        duel_stop(duel);
        cost_class->runs_to_duel = DUEL_INTERVAL_LATE;
        return;
    }
    duel_note(duel, run_ns / choice->units);
}

// Where sharing seems not to pay any more, as when something else took the other cores, a duel finds out.
RT static void doubt_sharing(CostClass *cost_class, float unit_ns) {
    if (unit_ns > cost_class->unit_ns[0]) {
        cost_class->doubt++;
    } else if (cost_class->doubt > 0) {
        cost_class->doubt--;
    }
    if (cost_class->doubt >= DOUBT_MAX) {
        cost_class->doubt = 0;
        cost_class->doubted = true;
        cost_class->runs_to_duel = 0;
    }
}

RT static void learn_run(CostClass *cost_class, const CostChoice *choice, float run_ns) {
    uint32_t level = choice->level;
    float unit_ns = run_ns / choice->units;
    cost_class->level = choice->level_after;
    if (choice->stops_duel) {
        duel_stop(&cost_class->duel);
    }
    if (!cost_class->duel.on || duel_counts(&cost_class->duel)) {
        cost_class->unit_ns[level] = cost_follow(cost_class->unit_ns[level], unit_ns);
    }
    if (cost_class->duel.on) {
        learn_duel(cost_class, choice, run_ns);
    } else if (level > 0 && cost_class->unit_ns[0] > 0.0f) {
        doubt_sharing(cost_class, unit_ns);
    }
}

RT void cost_learn(PoolCost *cost, const CostChoice *choice, uint64_t run_ns, uint32_t own_count,
                   uint32_t frames, uint64_t own_ns) {
    if (own_count > 0) {
        cost->batch_frame_ns =
            cost_follow(cost->batch_frame_ns, (float)own_ns / ((float)own_count * cost_frames(frames)));
    }
    if (choice->size_class != COST_CLASS_NONE) {
        learn_run(&cost->classes[choice->size_class], choice, (float)run_ns);
    }
}
