// Reads one track of a Standard MIDI File, an event at a time; smf.c puts the tracks together.
#ifndef ENGINE_MIDI_SMF_TRACK_H
#define ENGINE_MIDI_SMF_TRACK_H

#include "engine/event.h"

#include <stdbool.h>
#include <stdint.h>

/// Where the reading of a track stands. Offsets count from the file's first byte.
typedef struct SmfTrack {
    uint64_t tick;          // of the next event; of the track's end when ended
    uint32_t offset;        // of the next event's status or first data byte, its delta time already taken
    uint32_t end;           // one past the chunk's last byte
    uint32_t sysex_start;   // of the first packet of a SysEx that goes on in the next; 0: none
    uint8_t running_status; // 0: none yet
    bool ended;
} SmfTrack;

/// What is wrong, and where. reason continues "track 3 ..."; NULL: nothing.
typedef struct SmfFault {
    const char *reason;
    uint32_t offset;
} SmfFault;

/// Takes what a track says. Every function is called within smf_track_step.
typedef struct SmfVisitor {
    void *context;
    void (*event)(void *context, const Event *event);  // its frame is 0
    void (*tempo)(void *context, uint32_t quarter_us); // microseconds for a quarter note, 1..2^24 - 1
    void (*name)(void *context, const uint8_t *text, uint32_t byte_count);
} SmfVisitor;

/// Starts at the chunk bytes[start..end). [any-thread]
SmfFault smf_track_start(SmfTrack *track, const uint8_t *bytes, uint32_t start, uint32_t end);

/// Reads the event at track->tick and the delta time after it. The track must not have ended. [any-thread]
SmfFault smf_track_step(SmfTrack *track, const uint8_t *bytes, const SmfVisitor *visitor);

#endif
