// Puts the engine's figures into one line of text.
#ifndef APP_TERMINAL_METERS_H
#define APP_TERMINAL_METERS_H

#include "engine/figures.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { METERS_LINE_BYTES = 4096 };

/// Two readings of the figures, and what has gathered since the start.
typedef struct Meters {
    EngineFigures now;
    EngineFigures before;
    uint64_t now_ns;
    uint64_t before_ns;
    float peak; // linear, since the start
} Meters;

/// [main-thread]
void meters_init(Meters *meters);

/// Takes a reading made at now_ns, clock_now_ns(). A reading of a new engine, whose frames begin anew, is no
/// loss to the peak.
void meters_update(Meters *meters, const EngineFigures *figures, uint64_t now_ns);

/// Writes one line without its end, no wider than columns: voices, block time, xruns, rescues, peak, and a
/// bar for each worker's share of time spent rendering. take_seconds: length of the recording, below 0 for
/// none. utf8: the terminal shows more than ASCII.
void meters_format(const Meters *meters, double take_seconds, int32_t columns, bool utf8,
                   char line[METERS_LINE_BYTES]);

/// Writes what came of it all, in a line or two: frames, worst block, xruns by cause, voices stolen, peak.
/// columns as above are not kept to.
void meters_summarize(const Meters *meters, uint32_t rate_hz, char text[METERS_LINE_BYTES]);

/// dBFS of a linear peak, -inf written as "silence": "-6.2 dBFS". text: at least 24 bytes.
void meters_format_peak(float peak, char text[24]);

#endif
