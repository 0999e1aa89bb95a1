// What the output looks like: peak, RMS, waveform and spectrum.
#ifndef UI_SIGNAL_H
#define UI_SIGNAL_H

#include "engine/channels.h"
#include "ui/host.h"
#include "ui/spectrum.h"

enum { SIGNAL_WAVE_FRAMES = 1024, SIGNAL_BANDS = 192 };

typedef struct SignalChannel {
    float peak_db;  // falls slowly
    float hold_db;  // the highest of the last seconds
    double hold_at; // seconds
    float rms_db;
    bool clipped; // reached full scale since the reset
} SignalChannel;

typedef struct Signal {
    SignalChannel channels[CHANNEL_COUNT];
    float sound[CHANNEL_COUNT][HOST_SCOPE_FRAMES];
    float wave[SIGNAL_WAVE_FRAMES]; // the channels' mean, from a rising zero crossing on
    float bands_db[SIGNAL_BANDS];   // fall slowly
    Spectrum *spectrum;             // NULL without an FFT
    double read_at, scope_at;
} Signal;

enum { SIGNAL_FLOOR_DB = -96 };

/// NULL when memory is refused.
Signal *signal_create(void);
void signal_destroy(Signal *signal);
/// Takes a reading: peaks from the figures at every call, waveform and spectrum 15 times a second.
/// [main-thread]
void signal_read(Signal *signal, const Host *host, const EngineFigures *figures, double now_seconds);
/// Forgets clips and held peaks.
void signal_reset(Signal *signal);

#endif
