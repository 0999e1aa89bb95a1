// Widens the system's own queue of MIDI input, and tells when it lost something, which PortMidi does not.
#ifndef PLATFORM_MIDI_QUEUE_H
#define PLATFORM_MIDI_QUEUE_H

#include <stdbool.h>

enum { MIDI_QUEUE_NONE = -1 };

/// Makes the queue that PortMidi's inputs share as long as the system allows: ALSA keeps 200 events else,
/// which the densest stream fills in 0.1 s, and 2,000 then. Returns what midi_queue_lost takes, whatever the
/// queue's size is now, good until PortMidi ends; MIDI_QUEUE_NONE where the system has no such queue. [the
/// thread that PortMidi belongs to]
int midi_queue_widen(void);

/// Did more come than the queue keeps? All that it kept is gone then, too. To be asked just before PortMidi
/// is read, which empties the queue and says nothing. [as above]
bool midi_queue_lost(int queue);

#endif
