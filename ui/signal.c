// Meters jump up and fall slowly; a wave begins where it rises through zero.
#include "ui/signal.h"

#include <math.h>
#include <stdlib.h>

static const double SCOPE_SECONDS = 1.0 / 15.0; // as often as a waveform can be told from the one before
static const double HOLD_SECONDS = 1.5;
static const float PEAK_FALL_DB = 24.0f; // a second: slow enough to read, fast enough to follow
static const float BAND_FALL_DB = 48.0f; // a second

static float to_db(float gain) {
    return gain > 1.6e-5f ? 20.0f * log10f(gain) : SIGNAL_FLOOR_DB;
}

Signal *signal_create(void) {
    Signal *signal = calloc(1, sizeof *signal);
    if (signal) {
        signal->spectrum = spectrum_create();
        signal_reset(signal);
        for (int i = 0; i < CHANNEL_COUNT; i++) {
            signal->channels[i].peak_db = SIGNAL_FLOOR_DB;
            signal->channels[i].rms_db = SIGNAL_FLOOR_DB;
        }
        for (int band = 0; band < SIGNAL_BANDS; band++) {
            signal->bands_db[band] = SIGNAL_FLOOR_DB;
        }
    }
    return signal;
}

void signal_destroy(Signal *signal) {
    if (signal) {
        spectrum_destroy(signal->spectrum);
        free(signal);
    }
}

void signal_reset(Signal *signal) {
    for (int i = 0; i < CHANNEL_COUNT; i++) {
        signal->channels[i].hold_db = SIGNAL_FLOOR_DB;
        signal->channels[i].clipped = false;
    }
}

static void read_peak(SignalChannel *channel, float peak, double now_seconds, float elapsed) {
    float db = to_db(peak);
    float fallen = channel->peak_db - PEAK_FALL_DB * elapsed;
    channel->peak_db = fmaxf(db, fmaxf(fallen, SIGNAL_FLOOR_DB));
    if (db >= channel->hold_db || now_seconds - channel->hold_at > HOLD_SECONDS) {
        channel->hold_db = db;
        channel->hold_at = now_seconds;
    }
    channel->clipped |= peak >= 1.0f;
}

static float rms(const float *frames) {
    float sum = 0.0f;
    for (int i = 0; i < HOST_SCOPE_FRAMES; i++) {
        sum += frames[i] * frames[i];
    }
    return sqrtf(sum / HOST_SCOPE_FRAMES);
}

static float mean_at(const Signal *signal, int frame) {
    return 0.5f * (signal->sound[CHANNEL_LEFT][frame] + signal->sound[CHANNEL_RIGHT][frame]);
}

// The newest stretch that begins with a rise through zero: a steady tone stands still.
static void take_wave(Signal *signal) {
    int begin = HOST_SCOPE_FRAMES - SIGNAL_WAVE_FRAMES;
    for (int i = begin; i > begin - SIGNAL_WAVE_FRAMES; i--) {
        if (mean_at(signal, i - 1) < 0.0f && mean_at(signal, i) >= 0.0f) {
            begin = i;
            break;
        }
    }
    for (int i = 0; i < SIGNAL_WAVE_FRAMES; i++) {
        signal->wave[i] = mean_at(signal, begin + i);
    }
}

static void take_spectrum(Signal *signal, uint32_t rate_hz, float elapsed) {
    float frames[SPECTRUM_FRAMES];
    float bands[SIGNAL_BANDS];
    for (int i = 0; i < SPECTRUM_FRAMES; i++) {
        frames[i] = mean_at(signal, HOST_SCOPE_FRAMES - SPECTRUM_FRAMES + i);
    }
    spectrum_read(signal->spectrum, frames, rate_hz, bands, SIGNAL_BANDS);
    for (int band = 0; band < SIGNAL_BANDS; band++) {
        float fallen = signal->bands_db[band] - BAND_FALL_DB * elapsed;
        signal->bands_db[band] = fmaxf(bands[band], fmaxf(fallen, SIGNAL_FLOOR_DB));
    }
}

void signal_read(Signal *signal, const Host *host, const EngineFigures *figures, double now_seconds) {
    float elapsed = (float)fmin(now_seconds - signal->read_at, 1.0);
    signal->read_at = now_seconds;
    for (int i = 0; i < CHANNEL_COUNT; i++) {
        read_peak(&signal->channels[i], figures->peak[i], now_seconds, elapsed);
    }
    double since = now_seconds - signal->scope_at;
    if (since >= 0.0 && since < SCOPE_SECONDS) {
        return;
    }
    signal->scope_at = now_seconds;
    host->scope(host->user, CHANNELS_AT(signal->sound, 0), HOST_SCOPE_FRAMES);
    for (int i = 0; i < CHANNEL_COUNT; i++) {
        signal->channels[i].rms_db = to_db(rms(signal->sound[i]));
    }
    take_wave(signal);
    if (signal->spectrum) {
        take_spectrum(signal, host->rate_hz(host->user), (float)fmin(since, 1.0));
    }
}
