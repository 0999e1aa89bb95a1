// Notices MIDI devices by CoreMIDI's list of sources. CoreMIDI is asked for by name: PortMidi has loaded it.
#include "platform/midi_ports.h"

#include <dlfcn.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

// As CoreFoundation and CoreMIDI have them.
typedef const void *CFString;
typedef CFString (*CreateString)(const void *allocator, const char *text, uint32_t encoding);
typedef int32_t (*RunInMode)(CFString mode, double seconds, unsigned char return_after_source);
typedef unsigned long (*CountSources)(void);
typedef uint32_t (*GetSource)(unsigned long index);
typedef int32_t (*GetInteger)(uint32_t object, CFString property, int32_t *value);
typedef void (*Notify)(const void *message, void *user);
typedef int32_t (*CreateClient)(CFString name, Notify notify, void *user, uint32_t *client);

enum {
    ENCODING_UTF8 = 0x08000100,
    RUN_HANDLED_SOURCE = 4,
    SOURCES_AT_ONCE = 16, // handled in a row: a hub of instruments, and the caller goes on
};

static const uint64_t FNV_OFFSET = 0xcbf29ce484222325u; // FNV-1a, 64 bits (Fowler, Noll, Vo 1991)
static const uint64_t FNV_PRIME = 0x100000001b3u;

uint64_t midi_ports_fingerprint(void) {
    CountSources count = (CountSources)dlsym(RTLD_DEFAULT, "MIDIGetNumberOfSources");
    GetSource source = (GetSource)dlsym(RTLD_DEFAULT, "MIDIGetSource");
    GetInteger integer = (GetInteger)dlsym(RTLD_DEFAULT, "MIDIObjectGetIntegerProperty");
    const CFString *unique_id = dlsym(RTLD_DEFAULT, "kMIDIPropertyUniqueID");
    if (!count || !source || !integer || !unique_id) {
        return 0; // where it is not loaded there are no devices to notice
    }
    uint64_t hash = FNV_OFFSET;
    for (unsigned long i = 0; i < count(); i++) {
        int32_t id = 0; // stays with a device when it is pulled out and plugged in again
        integer(source(i), *unique_id, &id);
        hash = (hash ^ (uint32_t)id) * FNV_PRIME;
    }
    return hash;
}

static void ignore(const void *message, void *user) {
    (void)message, (void)user; // the list is up to date when this is called, which is all that is wanted
}

// Without a client that wants to hear of changes the process may keep the list that it first saw. Stays until
// the process ends.
static void listen_once(void) {
    static bool listens;
    CreateString string = (CreateString)dlsym(RTLD_DEFAULT, "CFStringCreateWithCString");
    CreateClient create = (CreateClient)dlsym(RTLD_DEFAULT, "MIDIClientCreate");
    if (listens || !string || !create) {
        return;
    }
    listens = true;
    uint32_t client;
    create(string(NULL, "Polycore", ENCODING_UTF8), ignore, NULL, &client);
}

void midi_ports_refresh(void) {
    listen_once();
    RunInMode run = (RunInMode)dlsym(RTLD_DEFAULT, "CFRunLoopRunInMode");
    const CFString *mode = dlsym(RTLD_DEFAULT, "kCFRunLoopDefaultMode");
    for (int i = 0; run && mode && i < SOURCES_AT_ONCE; i++) {
        if (run(*mode, 0, true) != RUN_HANDLED_SOURCE) {
            return;
        }
    }
}

void midi_ports_name(char *name, size_t bytes, const char *given) {
    snprintf(name, bytes, "%s", given);
}
