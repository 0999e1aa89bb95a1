// Puts what the system granted a thread into words.
#ifndef APP_LIVE_GRANT_TEXT_H
#define APP_LIVE_GRANT_TEXT_H

#include "engine/engine.h"
#include "platform/thread.h"

#include <stdbool.h>

enum {
    GRANT_TEXT_BYTES = 80,
    GRANTS_TEXT_BYTES = 256, // of all threads
};

/// "real-time priority 70 by SCHED_FIFO"; what was asked for is added where it is not what was granted. way
/// NULL: not known, and left out. [any-thread]
void grant_text(const ThreadGrant *grant, char text[GRANT_TEXT_BYTES]);

/// What the threads of an engine have got that matched the audio thread's priority: "audio thread real-time
/// priority 70; 3 of 3 workers real-time priority 69 by SCHED_FIFO, 3 pinned". False while that is not known.
/// [main-thread]
bool grant_text_of_engine(Engine *engine, ThreadPriority audio, char text[GRANTS_TEXT_BYTES]);

#endif
