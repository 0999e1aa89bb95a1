// Calls a function at a steady period on a real-time thread of its own, as an audio device would.
#ifndef APP_CALIBRATE_PACED_H
#define APP_CALIBRATE_PACED_H

#include "platform/error.h"
#include "platform/thread.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct Paced {
    uint64_t period_ns;
    uint64_t calls; // at most
    /// Called once before the first period, on the paced thread; may be NULL. priority: what the thread was
    /// granted. [audio-thread]
    void (*begin)(void *user, ThreadPriority priority);
    /// Called at due_ns, a clock_now_ns() time, or later. Returns false to end. [audio-thread]
    bool (*call)(void *user, uint64_t due_ns);
    void *user;
} Paced;

/// Runs to the end and fills grant (may be NULL). When a call takes so long that the next is a period late,
/// the clock starts anew, as a device goes on without its program. False with error filled when the system
/// refuses the thread. [main-thread]
bool paced_run(const Paced *paced, ThreadGrant *grant, Error *error);

#endif
