// Notices that a MIDI device was plugged in or pulled out, which PortMidi does not tell.
#ifndef PLATFORM_MIDI_PORTS_H
#define PLATFORM_MIDI_PORTS_H

#include <stddef.h>
#include <stdint.h>

/// A number that differs when other MIDI devices are connected than before; always the same where the system
/// does not say. Takes some 0.1 ms. [any thread but audio and workers]
uint64_t midi_ports_fingerprint(void);

/// Lets the system bring what it knows up to date: macOS does so only on the main thread, and only when
/// asked. Takes some microseconds. [main-thread]
void midi_ports_refresh(void);

/// Copies a device's name as PortMidi gives it, in UTF-8 and cut to `bytes`. On Windows PortMidi before
/// version 2 gives it in the system's code page. [any-thread]
void midi_ports_name(char *name, size_t bytes, const char *given);

#endif
