// Runs jobs of a given length by the pool or by a baseline, and tells the time that it took.
#ifndef APP_BENCH_RUNNER_H
#define APP_BENCH_RUNNER_H

#include "app/bench/baselines.h"
#include "engine/pool/pool.h"
#include "platform/thread.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

/// baseline NULL: the pool with this wait mode, which always shares, or when it thinks best (automatic).
/// alone: by the calling thread only.
typedef struct RunnerKind {
    const char *name;
    const Baseline *baseline;
    WaitMode wait;
    bool alone;
    bool automatic;
} RunnerKind;

enum { RUNNER_KINDS_MAX = 2 + WAIT_MODE_COUNT + BASELINES_MAX };

/// Fills kinds with one thread alone, the pool as it is played, its modes and the baselines; returns how
/// many. [main-thread]
int runner_kinds(RunnerKind kinds[RUNNER_KINDS_MAX]);

typedef struct Runner {
    const RunnerKind *kind;
    uint32_t workers;
    uint32_t jobs;
    uint64_t work_ns; // that each job keeps its core busy; may be changed between runs
    Pool *pool;
    void *baseline;
    uint64_t audio_thread;     // who calls runner_run
    _Atomic uint64_t stall_ns; // the next job of another thread stops for so long in its middle, once
    _Atomic uint32_t stalls;   // so many did
} Runner;

/// False with error filled when memory or threads are refused. [main-thread]
bool runner_init(Runner *runner, const RunnerKind *kind, uint32_t workers, uint32_t jobs, Error *error);
void runner_deinit(Runner *runner); // [main-thread]

/// Adopts the calling thread. [audio-thread]
void runner_begin(Runner *runner, ThreadPriority priority);

/// Runs all jobs once and returns the ns until all were done. period_ns: of the callback that this is, 0:
/// none. deadline_ns: 0: none. [audio-thread]
uint64_t runner_run(Runner *runner, uint64_t period_ns, uint64_t deadline_ns);

/// What the pool's threads did; all 0 for baselines, which do not tell.
typedef struct RunnerFigures {
    uint64_t own_ns; // that the calling thread was busy in the last callback
    // The other threads since the start, together.
    uint64_t spin_ns; // awake without work
    uint64_t wakes;   // runs that found one of them asleep, so that the system had to wake it
    uint64_t rescues; // jobs that the calling thread rendered again
} RunnerFigures;

/// [any-thread]
RunnerFigures runner_figures(const Runner *runner);

#endif
