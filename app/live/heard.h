// Passes copies of the events that one source sends on to whoever shows them, at the time when they sound.
#ifndef APP_LIVE_HEARD_H
#define APP_LIVE_HEARD_H

#include "engine/event.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

enum { HEARD_EVENTS = 2048 }; // a dense song's look-ahead, several times over; a power of two

/// A ring of one writer and one reader. All zero is empty.
typedef struct Heard {
    _Atomic uint32_t written;
    _Atomic uint32_t read;
    Event events[HEARD_EVENTS];
} Heard;

/// Copies an event whose frame is set. When the reader is far behind the event is left out: it is only for
/// show. [the source's thread]
void heard_push(Heard *heard, const Event *event);

/// Takes the next event if its frame is before `until`. [the reader's thread]
bool heard_pop(Heard *heard, uint64_t until, Event *event);

/// Goes on with frames counted anew: what lay before `reached` is heard at once, the rest never. [the
/// reader's thread, the source stopped]
void heard_restart(Heard *heard, uint64_t reached);

#endif
