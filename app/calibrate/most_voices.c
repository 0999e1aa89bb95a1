// Doubles, halves the interval, then proves.
#include "app/calibrate/most_voices.h"

enum {
    FIRST_VOICES = 16,
    CHANCES = 2, // a block may be late because the system was busy with something else
};

static const double SHORT_SECONDS = 0.4; // enough to tell a number that is far too high
static const double CLOSE_RATIO = 1.05;  // the short tries are no more exact than that
static const double STEP_DOWN = 0.95;    // after a long try that failed
static const double SHORT_SHARE = 0.3;   // of the whole search, for showing progress

typedef struct Search {
    const VoiceSearch *asked;
    MostVoices *most;
    double done; // 0..1
    Error *error;
} Search;

typedef enum Outcome { KEEPS_UP, TOO_MANY, FAILED } Outcome;

static bool cancelled(const Search *search) {
    const _Atomic bool *cancel = search->asked->cancel;
    if (!cancel || !atomic_load_explicit(cancel, memory_order_relaxed)) {
        return false;
    }
    error_set(search->error, "the calibration was cancelled; start it again when the machine may be busy");
    return true;
}

static Outcome try_once(Search *search, uint32_t voices, double seconds, LoadResult *result) {
    const VoiceSearch *asked = search->asked;
    if (asked->progress) {
        asked->progress(asked->user, search->done, voices, seconds);
    }
    Engine *engine = load_create(&asked->engine, LOAD_TWO_SAWS, voices, search->error);
    LoadPlan plan = {.rate_hz = asked->engine.rate_hz,
                     .block_frames = asked->block_frames,
                     .seconds = seconds,
                     .cancel = asked->cancel};
    bool ran = engine && load_run(engine, &plan, result, search->error);
    engine_destroy(engine);
    if (!ran || cancelled(search)) {
        return FAILED;
    }
    search->most->tries++;
    search->most->realtime = result->realtime;
    return result->late == 0 ? KEEPS_UP : TOO_MANY;
}

static Outcome try_voices(Search *search, uint32_t voices, double seconds) {
    for (int chance = 0; chance < CHANCES; chance++) {
        LoadResult result;
        Outcome outcome = try_once(search, voices, seconds, &result);
        if (outcome == KEEPS_UP) {
            search->most->worst_ns = result.worst_ns;
        }
        if (outcome != TOO_MANY) {
            return outcome;
        }
    }
    return TOO_MANY;
}

// Fills likely with a number of which short tries say that it is about the most. False: failed.
static bool close_in(Search *search, uint32_t *likely) {
    uint32_t enough = 0;
    uint32_t too_many = 0;
    for (uint32_t voices = FIRST_VOICES; too_many == 0 && enough < ENGINE_POLYPHONY_MAX; voices *= 2) {
        Outcome outcome = try_voices(search, voices, SHORT_SECONDS);
        if (outcome == FAILED) {
            return false;
        }
        *(outcome == KEEPS_UP ? &enough : &too_many) = voices;
    }
    while (enough > 0 && too_many > (uint32_t)(enough * CLOSE_RATIO) + 1) {
        search->done += (SHORT_SHARE - search->done) / 2;
        uint32_t middle = enough + (too_many - enough) / 2;
        Outcome outcome = try_voices(search, middle, SHORT_SECONDS);
        if (outcome == FAILED) {
            return false;
        }
        *(outcome == KEEPS_UP ? &enough : &too_many) = middle;
    }
    *likely = enough;
    return true;
}

bool most_voices_find(const VoiceSearch *asked, MostVoices *most, Error *error) {
    *most = (MostVoices){0};
    Search search = {.asked = asked, .most = most, .error = error};
    uint32_t voices;
    if (!close_in(&search, &voices)) {
        return false;
    }
    search.done = SHORT_SHARE;
    for (; voices > 0; voices = (uint32_t)(voices * STEP_DOWN)) {
        Outcome outcome = try_voices(&search, voices, asked->seconds);
        if (outcome != TOO_MANY) {
            most->voices = voices;
            return outcome == KEEPS_UP;
        }
        most->refused++;
        search.done += (1 - search.done) / 2;
    }
    return true;
}
