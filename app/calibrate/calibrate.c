// Runs one search for each number of threads and each block size.
#include "app/calibrate/calibrate.h"

#include "platform/topology.h"

#include <stdio.h>

const uint32_t CALIBRATE_BLOCK_FRAMES[CALIBRATE_BLOCKS] = {64, 128, 256};

static const double ABOUT_THE_MOST = 0.97; // two runs of one search differ by as much

// What passes the progress of one search on as that of the whole.
typedef struct Step {
    const Calibration *calibration;
    uint32_t index;
    uint32_t count;
    uint32_t workers;
    uint32_t block_frames;
} Step;

static void pass_on(void *user, double done, uint32_t voices, double seconds) {
    const Step *step = user;
    const Calibration *calibration = step->calibration;
    if (calibration->progress) {
        char text[CALIBRATE_TEXT_BYTES];
        snprintf(text, sizeof text, "%u voices in blocks of %u frames on %u thread%s for %.1f s", voices,
                 step->block_frames, step->workers, step->workers == 1 ? "" : "s", seconds);
        calibration->progress(calibration->user, (step->index + done) / step->count, text);
    }
}

static bool list_levels(CalibrationResult *result, Error *error) {
    Topology *topology = topology_create(error);
    if (!topology) {
        return false;
    }
    uint32_t cores = (uint32_t)topology->core_count;
    cores = cores < POOL_WORKERS_MAX ? cores : POOL_WORKERS_MAX;
    topology_destroy(topology);
    for (uint32_t workers = 1; workers < cores; workers *= 2) {
        result->workers[result->level_count++] = workers;
    }
    result->workers[result->level_count++] = cores;
    return true;
}

static uint32_t voices_of(const MostVoices most[CALIBRATE_BLOCKS]) {
    uint32_t sum = 0;
    for (int block = 0; block < CALIBRATE_BLOCKS; block++) {
        sum += most[block].voices;
    }
    return sum;
}

static uint32_t best_level(const CalibrationResult *result) {
    uint32_t most = 0;
    for (uint32_t level = 0; level < result->level_count; level++) {
        uint32_t voices = voices_of(result->most[level]);
        most = voices > most ? voices : most;
    }
    uint32_t level = 0;
    while (voices_of(result->most[level]) < most * ABOUT_THE_MOST) {
        level++;
    }
    return level;
}

bool calibrate(const Calibration *calibration, CalibrationResult *result, Error *error) {
    *result = (CalibrationResult){0};
    if (!list_levels(result, error)) {
        return false;
    }
    Step step = {.calibration = calibration, .count = result->level_count * CALIBRATE_BLOCKS};
    for (uint32_t level = 0; level < result->level_count; level++) {
        for (int block = 0; block < CALIBRATE_BLOCKS; block++, step.index++) {
            step.workers = result->workers[level];
            step.block_frames = CALIBRATE_BLOCK_FRAMES[block];
            VoiceSearch search = {.engine = calibration->engine,
                                  .block_frames = step.block_frames,
                                  .seconds = calibration->seconds,
                                  .cancel = calibration->cancel,
                                  .progress = pass_on,
                                  .user = &step};
            search.engine.pool.workers = step.workers;
            if (!most_voices_find(&search, &result->most[level][block], error)) {
                return false;
            }
        }
    }
    result->best_workers = result->workers[best_level(result)];
    return true;
}

void calibrate_summarize(const CalibrationResult *result, char text[CALIBRATE_TEXT_BYTES]) {
    const MostVoices *most = result->most[best_level(result)];
    snprintf(text, CALIBRATE_TEXT_BYTES,
             "Plays %u voices at 64 frames, %u at 128, %u at 256, with %u thread%s", most[0].voices,
             most[1].voices, most[2].voices, result->best_workers, result->best_workers == 1 ? "" : "s");
}
