// Measures how many voices this machine plays at small blocks, with how many threads.
#ifndef APP_CALIBRATE_CALIBRATE_H
#define APP_CALIBRATE_CALIBRATE_H

#include "app/calibrate/most_voices.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

enum {
    CALIBRATE_BLOCKS = 3,      // sizes: 64, 128, 256 frames
    CALIBRATE_LEVELS_MAX = 8,  // 1, 2, 4 .. 64 threads, and as many as there are cores
    CALIBRATE_TEXT_BYTES = 96, // of what is told
};
extern const uint32_t CALIBRATE_BLOCK_FRAMES[CALIBRATE_BLOCKS];

typedef struct Calibration {
    EngineConfig engine; // rate, instruction set, waiting, pinning; workers and polyphony are what is tried
    double seconds;      // that each answer has to last
    const _Atomic bool *cancel; // NULL: is not cancelled
    /// Told now and then how much is done (0..1) and what is being measured; may be NULL. [the caller's
    /// thread]
    void (*progress)(void *user, double done, const char *text);
    void *user;
} Calibration;

typedef struct CalibrationResult {
    uint32_t level_count;
    uint32_t workers[CALIBRATE_LEVELS_MAX]; // ascending
    MostVoices most[CALIBRATE_LEVELS_MAX][CALIBRATE_BLOCKS];
    uint32_t best_workers; // the fewest threads that play about the most voices
} CalibrationResult;

/// Takes about a minute on two cores; nothing else should run, and no other engine play. False with error
/// filled: cancelled, or the engine refuses. [main-thread, or any one thread that may block]
bool calibrate(const Calibration *calibration, CalibrationResult *result, Error *error);

/// Puts the result into one line: "Plays 310 voices at 64 frames, 330 at 128, 345 at 256, with 2 threads".
/// [any-thread]
void calibrate_summarize(const CalibrationResult *result, char text[CALIBRATE_TEXT_BYTES]);

#endif
