// Live play on the null output, without inputs.
#ifndef TESTS_SUPPORT_SILENT_LIVE_H
#define TESTS_SUPPORT_SILENT_LIVE_H

#include "app/live/live.h"

#include <stdint.h>

/// 48 kHz, blocks of 128 frames, the tiny song's bank. [main-thread]
LiveConfig silent_live_config(void);

/// Starts it. Fails the test when that is refused. Caller owns. [main-thread]
Live *silent_live(const LiveConfig *config);

/// Frames rendered so far. [main-thread]
uint64_t silent_live_frames(const Live *live);

/// Waits until so many have been rendered. Fails the test after 20 s. [main-thread]
void silent_live_wait(const Live *live, uint64_t wanted);

#endif
