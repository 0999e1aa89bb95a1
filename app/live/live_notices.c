// A short queue: who does not ask for the first few notices would not read more of them.
#include "app/live/live_notices.h"

#include "app/live/live_state.h"

#include <string.h>

void live_notice_add(Live *live, const Error *notice) {
    if (live->notice_count < NOTICES_MAX) {
        live->notices[live->notice_count++] = *notice;
    }
}

bool live_notice(Live *live, Error *notice) {
    if (live->notice_count == 0) {
        return false;
    }
    *notice = live->notices[0];
    live->notice_count--;
    memmove(live->notices, live->notices + 1, live->notice_count * sizeof live->notices[0]);
    return true;
}
