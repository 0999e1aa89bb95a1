// Has no queue to widen: the system hands each message to PortMidi at once.
#include "platform/midi_queue.h"

int midi_queue_widen(void) {
    return MIDI_QUEUE_NONE;
}

bool midi_queue_lost(int queue) {
    (void)queue;
    return false;
}
