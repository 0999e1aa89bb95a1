// Puts what the system granted a thread into words.
#ifndef APP_GRANT_TEXT_H
#define APP_GRANT_TEXT_H

#include "platform/thread.h"

enum { GRANT_TEXT_BYTES = 80 };

/// "real-time priority 70 by SCHED_FIFO"; what was asked for is added where it is not what was granted.
/// [any-thread]
void grant_text(const ThreadGrant *grant, char text[GRANT_TEXT_BYTES]);

#endif
