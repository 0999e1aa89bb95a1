// Finds the header and the tracks in the bytes of a Standard MIDI File; smf.c plays them together.
#ifndef ENGINE_MIDI_SMF_FILE_H
#define ENGINE_MIDI_SMF_FILE_H

#include "engine/midi/smf_track.h"
#include "platform/error.h"

#include <stdbool.h>
#include <stdint.h>

/// The file, and what its header says. Time is counted in whole units, so many to a second that each tick is
/// a whole number of them.
typedef struct SmfFile {
    const uint8_t *bytes;
    uint32_t at;  // the next byte to look at
    uint32_t end; // of what belongs to the file proper
    const char *origin;
    Error *error;
    uint32_t format;      // 0..2
    uint32_t track_count; // 1..65535, as the header promises
    bool tempo_counts;    // ticks divide quarter notes, not seconds
    uint64_t units_per_second;
    uint32_t units_per_tick; // at the start, and all along unless tempo_counts: then it is the tempo in
                             // microseconds
} SmfFile;

/// Reads the header of bytes[0..byte_count). False with error filled. bytes and origin stay the caller's, and
/// must stay. [main-thread]
bool smf_file_open(SmfFile *file, const uint8_t *bytes, uint32_t byte_count, const char *origin,
                   Error *error);

/// Starts track `number`, from 0 up, one after the other. False with error filled. [main-thread]
bool smf_file_next_track(SmfFile *file, uint32_t number, SmfTrack *track);

/// Says what is wrong with track `number`. [main-thread]
void smf_file_track_damaged(const SmfFile *file, uint32_t number, SmfFault fault);

#endif
