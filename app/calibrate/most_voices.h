// Finds how many voices this machine plays without a late block.
#ifndef APP_CALIBRATE_MOST_VOICES_H
#define APP_CALIBRATE_MOST_VOICES_H

#include "app/calibrate/load.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct VoiceSearch {
    EngineConfig engine; // but for its polyphony
    uint32_t block_frames;
    double seconds;             // that the answer has to last
    const _Atomic bool *cancel; // NULL: is not cancelled
    /// Told before each try: how much is done (0..1), and what is tried for how long. May be NULL.
    /// [main-thread]
    void (*progress)(void *user, double done, uint32_t voices, double seconds);
    void *user;
} VoiceSearch;

typedef struct MostVoices {
    uint32_t voices;   // played for `seconds` without a late block; 0: not even few
    uint32_t tries;    // of all lengths
    uint32_t refused;  // of the long ones, those that had a late block
    uint64_t worst_ns; // of a block in the one that succeeded
    bool realtime;     // with real-time priority
} MostVoices;

/// Short tries close in on the number, then long ones decide; a number is given up when it was late twice.
/// False with error filled: cancelled, or the engine refuses. [main-thread]
bool most_voices_find(const VoiceSearch *search, MostVoices *most, Error *error);

#endif
