// Compares what was asked with what was granted, and counts workers that got the same as one.
#include "app/live/grant_text.h"

#include <stdio.h>
#include <string.h>

void grant_text(const ThreadGrant *grant, char text[GRANT_TEXT_BYTES]) {
    const ThreadPriority *asked = &grant->asked;
    const ThreadPriority *granted = &grant->granted;
    if (granted->scheduling != THREAD_CLASS_REALTIME) {
        snprintf(text, GRANT_TEXT_BYTES, "normal priority%s",
                 asked->scheduling == THREAD_CLASS_REALTIME ? ": the system refuses real time" : "");
        return;
    }
    int used = snprintf(text, GRANT_TEXT_BYTES, "real-time priority %d%s%s", (int)granted->level,
                        grant->way ? " by " : "", grant->way ? grant->way : "");
    if (asked->scheduling == THREAD_CLASS_REALTIME && asked->level != granted->level) {
        snprintf(text + used, (size_t)(GRANT_TEXT_BYTES - used), ", %d asked for", (int)asked->level);
    }
}

bool grant_text_of_engine(Engine *engine, ThreadPriority audio, char text[GRANTS_TEXT_BYTES]) {
    static EngineFigures figures;
    char words[GRANT_TEXT_BYTES];
    engine_figures(engine, &figures);
    grant_text(&(ThreadGrant){.asked = audio, .granted = audio}, words);
    size_t used = (size_t)snprintf(text, GRANTS_TEXT_BYTES, "audio thread %s", words);
    uint32_t alike = 0;
    uint32_t pinned = 0;
    char first[GRANT_TEXT_BYTES] = "";
    for (uint32_t worker = 1; worker < figures.workers; worker++) {
        ThreadGrant grant;
        if (!engine_grant(engine, worker, &grant)) {
            return false;
        }
        grant_text(&grant, words);
        if (worker == 1) {
            memcpy(first, words, sizeof first);
        }
        alike += strcmp(first, words) == 0;
        pinned += figures.worker[worker].pinned;
    }
    uint32_t helpers = figures.workers - 1;
    if (helpers > 0) {
        snprintf(text + used, GRANTS_TEXT_BYTES - used, "; %u of %u worker%s %s, %u pinned", (unsigned)alike,
                 (unsigned)helpers, helpers == 1 ? "" : "s", first, (unsigned)pinned);
    }
    return true;
}
