// Listens to a recording: is there one note of this pitch in it, and silence after it?
//
// usage: hear FILE note HZ      a note of that pitch, then silence
//        hear FILE music SECONDS   at least so long, and loud enough to be heard
#include "tests/support/measure.h"

#include <math.h>
#include <sndfile.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    ATTACK_FRAMES = RATE_HZ / 20,  // not measured
    STEADY_FRAMES = RATE_HZ / 2,   // measured
    SILENCE_FRAMES = RATE_HZ / 10, // at the end
};
static const double ONSET_GAIN = 0.003;     // -50 dB
static const double HEARD_DB = -50.0;       // RMS; a song may begin softly
static const double SILENCE_GAIN = 0.00002; // -94 dB: half a step of 16 bits and rounding
static const double PITCH_CENTS = 1.0;

// The left channel; caller frees. NULL, having said why.
static float *load(const char *path, size_t *frames) {
    SF_INFO info = {0};
    SNDFILE *file = sf_open(path, SFM_READ, &info);
    if (!file || info.samplerate != RATE_HZ || info.channels < 1) {
        printf("%s: %s\n", path, file ? "not at 48000 Hz" : sf_strerror(NULL));
        sf_close(file);
        return NULL;
    }
    float *all = calloc((size_t)info.frames * (size_t)info.channels + 1, sizeof *all);
    if (all) {
        *frames = (size_t)sf_readf_float(file, all, info.frames);
        for (size_t i = 0; i < *frames; i++) {
            all[i] = all[i * (size_t)info.channels];
        }
    }
    sf_close(file);
    return all;
}

static bool hears_note(const float *sound, size_t frames, double hz) {
    size_t onset = 0;
    while (onset < frames && fabs((double)sound[onset]) < ONSET_GAIN) {
        onset++;
    }
    if (onset + ATTACK_FRAMES + STEADY_FRAMES + SILENCE_FRAMES > frames) {
        printf("no note in %.2f s\n", (double)frames / RATE_HZ);
        return false;
    }
    const float *steady = sound + onset + ATTACK_FRAMES;
    double level_db = gain_to_db(sound_rms(steady, STEADY_FRAMES));
    double cents = cents_between(sound_pitch_hz(steady, STEADY_FRAMES, hz), hz);
    double rest = sound_peak(sound + frames - SILENCE_FRAMES, SILENCE_FRAMES);
    printf("a note after %.3f s: %.1f dB, %+.3f cents from %g Hz; at the end %.1f dB\n",
           (double)onset / RATE_HZ, level_db, cents, hz, gain_to_db(rest));
    return level_db > HEARD_DB && fabs(cents) < PITCH_CENTS && rest < SILENCE_GAIN;
}

static bool hears_music(const float *sound, size_t frames, double seconds) {
    double level_db = gain_to_db(sound_rms(sound, frames));
    printf("%.2f s of music at %.1f dB\n", (double)frames / RATE_HZ, level_db);
    return (double)frames / RATE_HZ >= seconds && level_db > HEARD_DB;
}

int main(int argc, char **argv) {
    if (argc != 4) {
        fprintf(stderr, "usage: hear FILE note HZ | hear FILE music SECONDS\n");
        return 2;
    }
    size_t frames = 0;
    float *sound = load(argv[1], &frames);
    double number = strtod(argv[3], NULL);
    bool heard = sound && (strcmp(argv[2], "note") == 0 ? hears_note(sound, frames, number)
                                                        : hears_music(sound, frames, number));
    free(sound);
    return heard ? 0 : 1;
}
