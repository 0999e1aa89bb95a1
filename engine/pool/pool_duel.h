// Compares two numbers of threads in play: they take turns, and the turns that each wins are counted.
//
// Turns follow each other closely, so that what changes with time, as a core's speed does, concerns both
// sides. Turns are counted and their times not added up, so that one interruption decides nothing.
#ifndef ENGINE_POOL_POOL_DUEL_H
#define ENGINE_POOL_POOL_DUEL_H

#include "platform/thread_tags.h"

#include <stdbool.h>
#include <stdint.h>

/// Times of some runs.
typedef struct DuelMean {
    float sum_ns; // of times for a batch and frame
    uint32_t runs;
} DuelMean;

/// A level is a place in the list of numbers of threads that may be chosen: a higher one has more threads.
typedef struct Duel {
    bool on;
    uint32_t usual, tried;           // levels
    uint32_t callback;               // of the last run, as the caller counts them
    uint32_t step;                   // callbacks with runs since the first
    DuelMean usual_time, tried_time; // of the turns going on
    int32_t lead; // rounds that the tried level has won, less rounds lost, and the head start of more threads
    float loss;   // time beyond what the usual level would have taken; 1 is one run of it
} Duel;

typedef enum DuelState {
    DUEL_GOES_ON,
    DUEL_WON,  // by the level tried
    DUEL_LOST, // or not decided in time
} DuelState;

/// Begins with a turn of the usual level. usual != tried. callback: the one that is being rendered.
/// [audio-thread]
RT void duel_start(Duel *duel, uint32_t usual, uint32_t tried, uint32_t callback);

/// Tells that a run is about to begin. The first one in a new callback may end a turn, and the duel with it:
/// then it is off. [audio-thread, duel on]
RT DuelState duel_advance(Duel *duel, uint32_t callback);

/// Ends it without a winner. [audio-thread]
RT static inline void duel_stop(Duel *duel) {
    duel->on = false;
}

/// True while it is the turn of the level tried. [audio-thread]
RT bool duel_is_trying(const Duel *duel);

/// The level whose turn it is. [audio-thread]
RT uint32_t duel_level(const Duel *duel);

/// True where a run counts by its place in its turn: the first callback of a turn does not. [audio-thread]
RT bool duel_counts(const Duel *duel);

/// Notes what a batch and frame took in a run with the level whose turn it is. [audio-thread, duel on]
RT void duel_note(Duel *duel, float unit_ns);

#endif
