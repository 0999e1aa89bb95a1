// Decides from measured times how many threads a run is worth.
#ifndef ENGINE_POOL_COST_H
#define ENGINE_POOL_COST_H

#include "platform/thread_tags.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    COST_LEVELS_MAX = 8,    // 1, 2, 4 .. 64 threads, and the number that there are
    COST_SIZE_CLASSES = 16, // of runs: powers of two of the time that one thread needs
};

/// What runs of one size class took with each number of threads, as a share of what one thread needs.
typedef struct CostClass {
    float share[COST_LEVELS_MAX]; // 0: not measured yet
    uint32_t level;               // in use
    uint32_t runs_to_trial;       // counts down while no trial is on
    uint32_t trial_level;
    uint32_t trial_runs; // left of the trial, 0: none
    float trial_sum;     // of the shares that count
    float trial_loss;    // beyond what the level in use would have taken
    bool tries_more;     // the next trial takes the next larger level, else the next smaller
} CostClass;

typedef struct PoolCost {
    uint32_t threads[COST_LEVELS_MAX]; // ascending
    uint32_t level_count;
    float batch_frame_ns; // what a batch costs the audio thread for each frame; 0: not measured yet
    CostClass classes[COST_SIZE_CLASSES];
} PoolCost;

/// One decision, handed back with the time that came of it.
typedef struct CostChoice {
    uint32_t threads;
    uint32_t threads_awake; // worth expecting the next run: not fewer because of a trial
    uint32_t level;
    int32_t size_class; // -1: not to be learned from
    float alone_ns;     // expected of one thread
} CostChoice;

/// workers: those that there are. [main-thread]
void cost_init(PoolCost *cost, uint32_t workers);

/// Chooses for a run of count batches. usable: workers that can be counted on now. [audio-thread]
RT CostChoice cost_choose(PoolCost *cost, uint32_t count, uint32_t frames, uint32_t usable);

/// Learns from the run: how long all of it took, and how long the audio thread needed for own_count of its
/// batches. [audio-thread]
RT void cost_learn(PoolCost *cost, const CostChoice *choice, uint64_t run_ns, uint32_t own_count,
                   uint32_t frames, uint64_t own_ns);

/// Follows a measured value slowly; one that is far off, as after an interruption, counts as a few times the
/// old. [any-thread]
RT float cost_follow(float old, float measured);

#endif
