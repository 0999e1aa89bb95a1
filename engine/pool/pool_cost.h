// Decides from measured times how many threads a run is worth.
//
// Around each run the audio thread calls three functions, in this order: cost_begin tells that it comes,
// cost_choose decides and changes nothing, cost_learn tells what came of it.
#ifndef ENGINE_POOL_POOL_COST_H
#define ENGINE_POOL_POOL_COST_H

#include "engine/pool/pool_duel.h"
#include "platform/thread_tags.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    COST_LEVELS_MAX = 8,    // 1, 2, 4 .. 64 threads, and the number that there are
    COST_SIZE_CLASSES = 16, // of runs: powers of two of the time that one thread needs
    COST_CLASS_NONE = -1,   // a run of no class: not worth sharing, and not to be learned from
};

// What runs of one size class took with each number of threads.
typedef struct CostClass {
    float unit_ns[COST_LEVELS_MAX]; // for a batch and frame; 0: not measured yet
    uint32_t level;                 // in use
    uint32_t runs_to_duel;          // counts down while no duel is on
    Duel duel;                      // of another level with the one in use
    uint32_t doubt;                 // grows while runs shared take longer than one thread's would
    bool doubted;                   // the next duel tries one thread
    bool tries_more;                // the next duel tries the next larger level, else the next smaller
    bool known;                     // has been run
} CostClass;

typedef struct PoolCost {
    uint32_t threads[COST_LEVELS_MAX]; // ascending
    uint32_t level_count;
    float batch_frame_ns; // what a batch costs the audio thread for each frame; 0: not measured yet
    uint32_t callback;    // counted, and may wrap
    CostClass classes[COST_SIZE_CLASSES];
} PoolCost;

/// A run to decide on.
typedef struct CostQuestion {
    uint32_t count;   // of batches
    uint32_t frames;  // of each
    uint32_t usable;  // workers that can be counted on now
    uint64_t left_ns; // until it has to be done; 0: there is no deadline
} CostQuestion;

/// One decision, handed back with the time that came of it.
typedef struct CostChoice {
    uint32_t threads;
    uint32_t threads_awake; // worth expecting the next run: not fewer because of a duel
    uint32_t level;
    int32_t size_class;   // or COST_CLASS_NONE
    float units;          // batches times frames, what a batch costs besides its frames included
    float alone_ns;       // expected of one thread
    float short_ns;       // until it had to be done, where that was short for one thread; else 0
    uint32_t level_after; // what the class goes on from: a lower one, where that was safer in short time
    bool stops_duel;      // since time is too short for it
} CostChoice;

/// workers: those that there are. [main-thread]
void cost_init(PoolCost *cost, uint32_t workers);

/// What a batch costs, in frames: more than those that it renders. [any-thread]
RT static inline float cost_frames(uint32_t frames) {
    enum { BATCH_FRAMES = 8 }; // copying the state, looking at commands
    return (float)(frames + BATCH_FRAMES);
}

/// Tells that the runs that follow are another callback's: waiting workers are used to callbacks of one kind.
/// [audio-thread]
RT static inline void cost_next_callback(PoolCost *cost) {
    cost->callback++;
}

/// Tells that a run comes: its size class gets to know its level, a duel ends or begins. [audio-thread]
RT void cost_begin(PoolCost *cost, const CostQuestion *question);

/// Chooses for the run that was begun last. Where it needs more than half of the time left, the only
/// experiment is with more threads than are in use. [audio-thread]
RT CostChoice cost_choose(const PoolCost *cost, const CostQuestion *question);

/// Learns from the run: what was decided, how long all of it took, and how long the audio thread needed for
/// own_count of its batches of so many frames. [audio-thread]
RT void cost_learn(PoolCost *cost, const CostChoice *choice, uint64_t run_ns, uint32_t own_count,
                   uint32_t frames, uint64_t own_ns);

/// Follows a measured value slowly; one that is far off, as after an interruption, counts as a few times the
/// old. [any-thread]
RT float cost_follow(float old, float measured);

#endif
