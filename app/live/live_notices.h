// What live play has to tell the user, kept until it is asked for.
#ifndef APP_LIVE_LIVE_NOTICES_H
#define APP_LIVE_LIVE_NOTICES_H

#include "platform/error.h"

#include <stdbool.h>

typedef struct Live Live;

/// Keeps something to tell the user; what is too much is dropped. [main-thread]
void live_notice_add(Live *live, const Error *notice);

/// Takes the next thing to tell the user, the oldest first. False when there is none. [main-thread]
bool live_notice(Live *live, Error *notice);

#endif
