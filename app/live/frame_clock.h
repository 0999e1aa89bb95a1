// Tells which frame sounds at a given time, although callbacks come unevenly.
#ifndef APP_LIVE_FRAME_CLOCK_H
#define APP_LIVE_FRAME_CLOCK_H

#include "platform/thread_tags.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

/// A delay-locked loop over the callbacks' times: F. Adriaensen, "Using a DLL to filter time", Linux Audio
/// Conference 2005. Written by the audio thread, read by any; only frame_clock.c looks inside.
typedef struct FrameClock {
    double rate_hz;
    // Audio thread's own.
    bool running;
    double expected_ns;  // when the next callback should come, since base_ns
    double ns_per_frame; // as measured
    uint64_t base_ns;
    uint64_t next_frame;
    // What readers see; odd sequence: being written.
    _Atomic uint32_t sequence;
    _Atomic uint64_t shared_ns;    // filtered time of the callback's start, 0: none yet
    _Atomic uint64_t shared_frame; // its first frame
    _Atomic uint32_t shared_block_frames;
} FrameClock;

/// rate_hz: the nominal rate. [main-thread, before the callback runs]
void frame_clock_init(FrameClock *clock, uint32_t rate_hz);

/// Tells that a callback for `frames` frames from `frame` on began at now_ns (clock_now_ns). A time far from
/// what was expected, after a gap for one, starts the loop anew. [audio-thread]
RT void frame_clock_tick(FrameClock *clock, uint64_t frame, uint32_t frames, uint64_t now_ns);

/// The frame at which what happened at time_ns is to be heard: its place in time and one block, so that all
/// that happens during a block keeps its place in the next. 0 before the first callback. [any-thread]
RT uint64_t frame_clock_frame_at(const FrameClock *clock, uint64_t time_ns);

#endif
