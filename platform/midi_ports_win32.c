// Notices MIDI devices by their number and names.
#include "platform/midi_ports.h"

#include "platform/wide_win32.h"

#include <stdio.h>
#include <stdlib.h>
#include <windows.h>

#include <mmsystem.h>

static const uint64_t FNV_OFFSET = 0xcbf29ce484222325u; // FNV-1a, 64 bits (Fowler, Noll, Vo 1991)
static const uint64_t FNV_PRIME = 0x100000001b3u;

uint64_t midi_ports_fingerprint(void) {
    uint64_t hash = FNV_OFFSET;
    UINT count = midiInGetNumDevs();
    for (UINT number = 0; number < count; number++) {
        MIDIINCAPSW device = {.szPname = L""};
        midiInGetDevCapsW(number, &device, sizeof device);
        for (const wchar_t *at = device.szPname; *at; at++) {
            hash = (hash ^ *at) * FNV_PRIME;
        }
        hash = (hash ^ number) * FNV_PRIME;
    }
    return hash;
}

static wchar_t *wide_from_code_page(const char *text) {
    int characters = MultiByteToWideChar(CP_ACP, 0, text, -1, NULL, 0);
    wchar_t *wide = malloc((size_t)characters * sizeof *wide);
    if (wide) {
        MultiByteToWideChar(CP_ACP, 0, text, -1, wide, characters);
    }
    return wide;
}

void midi_ports_name(char *name, size_t bytes, const char *given) {
    bool is_utf8 = MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, given, -1, NULL, 0) > 0;
    wchar_t *wide = is_utf8 ? NULL : wide_from_code_page(given);
    char *converted = wide ? wide_to_utf8(wide) : NULL;
    snprintf(name, bytes, "%s", converted ? converted : given);
    free(converted);
    free(wide);
}

void midi_ports_refresh(void) {} // the list is always of now
