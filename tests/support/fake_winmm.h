// Stands in for winmm's MIDI calls at link time: keyboards that a test plugs in, plays and pulls out, for
// PortMidi's own Windows code to be driven where no MIDI device is.
#ifndef TESTS_SUPPORT_FAKE_WINMM_H
#define TESTS_SUPPORT_FAKE_WINMM_H

#include <stddef.h>
#include <stdint.h>
#include <wchar.h>

enum { FAKE_PORTS_MAX = 8 };

typedef struct FakePort FakePort;

typedef struct FakeFigures {
    uint32_t opened;   // times
    uint32_t closed;   // times
    uint32_t buffers;  // for SysEx, with the driver now
    uint32_t returned; // of them, times that one came back filled
    uint32_t refused;  // calls that winmm would refuse for being out of order
    uintptr_t lowest;  // of the addresses that the program handed over
} FakeFigures;

/// Plugs a keyboard in. It gets the last number of all. At most FAKE_PORTS_MAX in the program's life.
FakePort *fake_plug(const wchar_t *name);

/// Pulls it out: the numbers behind it move up, and who has it open is told so by midiInStop.
void fake_unplug(FakePort *port);

/// Lets another program have it open.
void fake_occupy(FakePort *port);

/// Plays bytes as they come over a wire, running status and real-time bytes anywhere included, as a driver
/// does: each short message by itself and complete, SysEx in the buffers that wait. They are lost while it is
/// not started. [one thread at a time for a port]
void fake_send(FakePort *port, const uint8_t *bytes, size_t count);

FakeFigures fake_figures(const FakePort *port);

#endif
