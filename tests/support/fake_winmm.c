// Defines the pointers by which programs reach winmm's MIDI calls; the linker then takes none of its own.
// What each call refuses is as the Windows documentation has it.
#include "tests/support/fake_winmm.h"

#include <stdbool.h>
#include <stdio.h>
#include <windows.h>

#include <mmsystem.h>

enum { QUEUE_BUFFERS = 1024, SHORT_BYTES = 3 };
enum { STATUS_SYSEX = 0xF0, STATUS_SYSEX_END = 0xF7, STATUS_REALTIME = 0xF8 };

typedef void(CALLBACK *Notify)(HMIDIIN handle, UINT message, DWORD_PTR instance, DWORD_PTR first,
                               DWORD_PTR second);

struct FakePort {
    wchar_t name[MAXPNAMELEN];
    bool plugged;
    bool occupied;
    bool open;
    bool started;
    Notify callback;
    DWORD_PTR instance;
    LPMIDIHDR queue[QUEUE_BUFFERS]; // the oldest first
    uint32_t queued;
    uint8_t message[SHORT_BYTES]; // that comes: its status stays for the next
    uint32_t message_bytes;
    bool in_sysex;
    FakeFigures figures;
};

// Guards all below; never held while the program is called.
static SRWLOCK lock = SRWLOCK_INIT;
static FakePort ports[FAKE_PORTS_MAX];
static uint32_t port_count;

/// The port of a device number, the numbers being given anew whenever one is pulled out; NULL: none.
static FakePort *port_at(UINT_PTR number) {
    for (uint32_t i = 0; i < port_count; i++) {
        if (ports[i].plugged && number-- == 0) {
            return &ports[i];
        }
    }
    return NULL;
}

static FakePort *port_of(HMIDIIN handle) {
    return (FakePort *)(void *)handle;
}

static void notify(FakePort *port, UINT message, DWORD_PTR first) {
    port->callback((HMIDIIN)(void *)port, message, port->instance, first, 0);
}

static void note_address(FakePort *port, const void *address) {
    uintptr_t number = (uintptr_t)address;
    FakeFigures *figures = &port->figures;
    figures->lowest = figures->lowest == 0 || number < figures->lowest ? number : figures->lowest;
}

static MMRESULT refuse(FakePort *port, MMRESULT why) {
    port->figures.refused++;
    return why;
}

static UINT WINAPI in_get_num_devs(void) {
    AcquireSRWLockExclusive(&lock);
    UINT count = 0;
    while (port_at(count)) {
        count++;
    }
    ReleaseSRWLockExclusive(&lock);
    return count;
}

static MMRESULT WINAPI in_get_dev_caps_w(UINT_PTR number, LPMIDIINCAPSW caps, UINT bytes) {
    (void)bytes;
    AcquireSRWLockExclusive(&lock);
    FakePort *port = port_at(number);
    if (port) {
        *caps = (MIDIINCAPSW){.wMid = 1, .wPid = 1, .vDriverVersion = 0x100};
        wcscpy(caps->szPname, port->name);
    }
    ReleaseSRWLockExclusive(&lock);
    return port ? MMSYSERR_NOERROR : MMSYSERR_BADDEVICEID; // the mapper has no inputs
}

static MMRESULT WINAPI in_get_dev_caps_a(UINT_PTR number, LPMIDIINCAPSA caps, UINT bytes) {
    (void)bytes;
    MIDIINCAPSW wide;
    MMRESULT result = in_get_dev_caps_w(number, &wide, sizeof wide);
    if (result == MMSYSERR_NOERROR) {
        *caps = (MIDIINCAPSA){.wMid = 1, .wPid = 1, .vDriverVersion = 0x100};
        WideCharToMultiByte(CP_ACP, 0, wide.szPname, -1, caps->szPname, MAXPNAMELEN, NULL, NULL);
    }
    return result;
}

static MMRESULT WINAPI in_open(LPHMIDIIN handle, UINT number, DWORD_PTR callback, DWORD_PTR instance,
                               DWORD flags) {
    if (flags != CALLBACK_FUNCTION) {
        return MMSYSERR_INVALFLAG;
    }
    AcquireSRWLockExclusive(&lock);
    FakePort *port = port_at(number);
    bool free = port && !port->open && !port->occupied;
    if (free) {
        port->open = true;
        port->started = false;
        port->message_bytes = 0;
        port->in_sysex = false;
        port->callback = (Notify)callback;
        port->instance = instance;
        port->figures.opened++;
        note_address(port, (void *)instance);
    }
    ReleaseSRWLockExclusive(&lock);
    if (!free) {
        return port ? MMSYSERR_ALLOCATED : MMSYSERR_BADDEVICEID;
    }
    *handle = (HMIDIIN)(void *)port;
    notify(port, MIM_OPEN, 0);
    return MMSYSERR_NOERROR;
}

static MMRESULT WINAPI in_close(HMIDIIN handle) {
    FakePort *port = port_of(handle);
    if (!port->open) {
        return refuse(port, MMSYSERR_INVALHANDLE);
    }
    if (port->queued > 0) {
        return refuse(port, MIDIERR_STILLPLAYING);
    }
    notify(port, MIM_CLOSE, 0);
    port->open = false;
    port->figures.closed++;
    return MMSYSERR_NOERROR;
}

static MMRESULT WINAPI in_start(HMIDIIN handle) {
    port_of(handle)->started = true;
    return MMSYSERR_NOERROR;
}

static MMRESULT WINAPI in_stop(HMIDIIN handle) {
    FakePort *port = port_of(handle);
    port->started = false;
    return port->plugged ? MMSYSERR_NOERROR : MMSYSERR_NODRIVER;
}

/// Takes the oldest buffer from the queue; NULL when none waits. [lock held]
static LPMIDIHDR take_buffer(FakePort *port) {
    if (port->queued == 0) {
        return NULL;
    }
    LPMIDIHDR buffer = port->queue[0];
    port->queued--;
    for (uint32_t i = 0; i < port->queued; i++) {
        port->queue[i] = port->queue[i + 1];
    }
    buffer->dwFlags = (buffer->dwFlags & ~(DWORD)MHDR_INQUEUE) | MHDR_DONE;
    return buffer;
}

static void give_back(FakePort *port) {
    AcquireSRWLockExclusive(&lock);
    LPMIDIHDR buffer = take_buffer(port);
    ReleaseSRWLockExclusive(&lock);
    if (buffer) {
        port->figures.returned += buffer->dwBytesRecorded > 0;
        notify(port, MIM_LONGDATA, (DWORD_PTR)buffer);
    }
}

static MMRESULT WINAPI in_reset(HMIDIIN handle) {
    FakePort *port = port_of(handle);
    port->started = false;
    while (port->queued > 0) {
        give_back(port);
    }
    return MMSYSERR_NOERROR;
}

static MMRESULT WINAPI in_prepare_header(HMIDIIN handle, LPMIDIHDR buffer, UINT bytes) {
    (void)bytes;
    if (!port_of(handle)->open) {
        return refuse(port_of(handle), MMSYSERR_INVALHANDLE);
    }
    buffer->dwFlags |= MHDR_PREPARED;
    return MMSYSERR_NOERROR;
}

static MMRESULT WINAPI in_unprepare_header(HMIDIIN handle, LPMIDIHDR buffer, UINT bytes) {
    (void)bytes;
    if (buffer->dwFlags & MHDR_INQUEUE) {
        return refuse(port_of(handle), MIDIERR_STILLPLAYING);
    }
    buffer->dwFlags &= ~(DWORD)MHDR_PREPARED;
    return MMSYSERR_NOERROR;
}

static MMRESULT WINAPI in_add_buffer(HMIDIIN handle, LPMIDIHDR buffer, UINT bytes) {
    (void)bytes;
    FakePort *port = port_of(handle);
    AcquireSRWLockExclusive(&lock);
    bool allowed = port->open && (buffer->dwFlags & (MHDR_PREPARED | MHDR_INQUEUE)) == MHDR_PREPARED &&
                   port->queued < QUEUE_BUFFERS;
    if (allowed) {
        buffer->dwFlags = (buffer->dwFlags & ~(DWORD)MHDR_DONE) | MHDR_INQUEUE;
        buffer->dwBytesRecorded = 0;
        port->queue[port->queued++] = buffer;
        note_address(port, buffer);
    }
    ReleaseSRWLockExclusive(&lock);
    return allowed ? MMSYSERR_NOERROR : refuse(port, MIDIERR_UNPREPARED);
}

static MMRESULT WINAPI in_get_error_text_a(MMRESULT error, LPSTR text, UINT characters) {
    snprintf(text, characters, "winmm error %u", error);
    return MMSYSERR_NOERROR;
}

static MMRESULT WINAPI in_get_error_text_w(MMRESULT error, LPWSTR text, UINT characters) {
    _snwprintf(text, characters, L"winmm error %u", error);
    return MMSYSERR_NOERROR;
}

static UINT WINAPI out_get_num_devs(void) {
    return 0;
}

static MMRESULT WINAPI out_get_dev_caps_a(UINT_PTR number, LPMIDIOUTCAPSA caps, UINT bytes) {
    (void)number, (void)caps, (void)bytes;
    return MMSYSERR_BADDEVICEID;
}

static MMRESULT WINAPI out_get_dev_caps_w(UINT_PTR number, LPMIDIOUTCAPSW caps, UINT bytes) {
    (void)number, (void)caps, (void)bytes;
    return MMSYSERR_BADDEVICEID;
}

#define STANDS_IN(call, stand_in) void *__imp_##call = (void *)stand_in
STANDS_IN(midiInGetNumDevs, in_get_num_devs);
STANDS_IN(midiInGetDevCapsA, in_get_dev_caps_a);
STANDS_IN(midiInGetDevCapsW, in_get_dev_caps_w);
STANDS_IN(midiInOpen, in_open);
STANDS_IN(midiInClose, in_close);
STANDS_IN(midiInStart, in_start);
STANDS_IN(midiInStop, in_stop);
STANDS_IN(midiInReset, in_reset);
STANDS_IN(midiInPrepareHeader, in_prepare_header);
STANDS_IN(midiInUnprepareHeader, in_unprepare_header);
STANDS_IN(midiInAddBuffer, in_add_buffer);
STANDS_IN(midiInGetErrorTextA, in_get_error_text_a);
STANDS_IN(midiInGetErrorTextW, in_get_error_text_w);
STANDS_IN(midiOutGetNumDevs, out_get_num_devs);
STANDS_IN(midiOutGetDevCapsA, out_get_dev_caps_a);
STANDS_IN(midiOutGetDevCapsW, out_get_dev_caps_w);

FakePort *fake_plug(const wchar_t *name) {
    AcquireSRWLockExclusive(&lock);
    FakePort *port = &ports[port_count++];
    wcsncpy(port->name, name, MAXPNAMELEN - 1);
    port->plugged = true;
    ReleaseSRWLockExclusive(&lock);
    return port;
}

void fake_unplug(FakePort *port) {
    AcquireSRWLockExclusive(&lock);
    port->plugged = false;
    ReleaseSRWLockExclusive(&lock);
}

void fake_occupy(FakePort *port) {
    port->occupied = true;
}

static bool is_started(FakePort *port) {
    return port->open && port->started;
}

/// A SysEx byte goes into the buffer that waits longest; without one it is lost.
static void send_sysex(FakePort *port, uint8_t byte) {
    LPMIDIHDR buffer = port->queued > 0 ? port->queue[0] : NULL;
    if (buffer) {
        buffer->lpData[buffer->dwBytesRecorded++] = (char)byte;
    }
    port->in_sysex = byte != STATUS_SYSEX_END;
    if (buffer && (!port->in_sysex || buffer->dwBytesRecorded == buffer->dwBufferLength)) {
        give_back(port);
    }
}

/// How many bytes a message of this status has.
static uint32_t message_length(uint8_t status) {
    bool one_data_byte = (status & 0xF0) == 0xC0 || (status & 0xF0) == 0xD0;
    return one_data_byte ? 2 : 3;
}

/// A channel message is told when its last byte has come, with the status that it runs on.
static void send_channel(FakePort *port, uint8_t byte) {
    if (byte & 0x80) {
        port->message_bytes = 0;
    } else if (port->message_bytes == 0) {
        return; // data without a status
    }
    port->message[port->message_bytes++] = byte;
    if (port->message_bytes == message_length(port->message[0])) {
        const uint8_t *message = port->message;
        notify(port, MIM_DATA,
               message[0] | (DWORD)message[1] << 8 |
                   (port->message_bytes == SHORT_BYTES ? (DWORD)message[2] << 16 : 0));
        port->message_bytes = 1;
    }
}

void fake_send(FakePort *port, const uint8_t *bytes, size_t count) {
    for (size_t i = 0; i < count && is_started(port); i++) {
        if (bytes[i] >= STATUS_REALTIME) {
            notify(port, MIM_DATA, bytes[i]);
        } else if (bytes[i] == STATUS_SYSEX || port->in_sysex) {
            send_sysex(port, bytes[i]);
        } else {
            send_channel(port, bytes[i]);
        }
    }
}

FakeFigures fake_figures(const FakePort *port) {
    FakeFigures figures = port->figures;
    figures.buffers = port->queued;
    return figures;
}
