// Puts what the system granted a thread into words.
#include "app/grant_text.h"

#include <stdio.h>

void grant_text(const ThreadGrant *grant, char text[GRANT_TEXT_BYTES]) {
    const ThreadPriority *asked = &grant->asked;
    const ThreadPriority *granted = &grant->granted;
    if (granted->scheduling != THREAD_CLASS_REALTIME) {
        snprintf(text, GRANT_TEXT_BYTES, "normal priority%s",
                 asked->scheduling == THREAD_CLASS_REALTIME ? ": the system refuses real time" : "");
        return;
    }
    int used = snprintf(text, GRANT_TEXT_BYTES, "real-time priority %d by %s", (int)granted->level,
                        grant->way ? grant->way : "the system");
    if (asked->scheduling == THREAD_CLASS_REALTIME && asked->level != granted->level) {
        snprintf(text + used, (size_t)(GRANT_TEXT_BYTES - used), ", %d asked for", (int)asked->level);
    }
}
