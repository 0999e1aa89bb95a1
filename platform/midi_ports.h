// Notices that a MIDI device was plugged in or pulled out, which PortMidi does not tell.
#ifndef PLATFORM_MIDI_PORTS_H
#define PLATFORM_MIDI_PORTS_H

#include <stdint.h>

/// A number that differs when other MIDI devices are connected than before; always the same where the system
/// does not say. Takes some 0.1 ms. [any thread but audio and workers]
uint64_t midi_ports_fingerprint(void);

/// Lets the system bring what it knows up to date: macOS does so only on the main thread, and only when
/// asked. Takes some microseconds. [main-thread]
void midi_ports_refresh(void);

#endif
