// Reads a Standard MIDI File into one list of events in the order of time.
#ifndef ENGINE_MIDI_SMF_H
#define ENGINE_MIDI_SMF_H

#include "engine/event.h"
#include "platform/error.h"

#include <stddef.h>
#include <stdint.h>

typedef struct Smf Smf;

enum {
    SMF_BYTES_MAX = 256 * 1024 * 1024, // the largest file that is read
    SMF_SECONDS_MAX = 7 * 24 * 3600,   // the longest song; longer ones are slips or attacks
    SMF_NAME_BYTES = 64,
};

/// Reads formats 0, 1 and 2 (its patterns one after the other), bare or in a RIFF RMID wrapper. A file cut
/// short or broken in its structure is refused whole; what players commonly forgive is forgiven: bytes after
/// the last track, a track that stops at its last event without saying so, bytes after a track's end, running
/// status across meta events. origin: what messages call the file. NULL with error filled, naming the byte
/// and the reason ("song.mid: byte 1234: track 3 ends in the middle of an event; ..."), or when memory is
/// refused. bytes are not needed afterwards. Caller owns the result. [main-thread]
Smf *smf_parse(const uint8_t *bytes, size_t byte_count, const char *origin, Error *error);

/// NULL is harmless. [main-thread]
void smf_destroy(Smf *smf);

/// How many events there are. [any-thread]
size_t smf_event_count(const Smf *smf);

/// An event by index, 0..smf_event_count() - 1, its frame counted from the song's start. Frames never go
/// back; events of one tick are in the order of their tracks. Exact arithmetic on whole numbers: the same
/// frames everywhere. rate_hz: 1..384000. [any-thread]
Event smf_event(const Smf *smf, size_t index, uint32_t rate_hz);

/// From the start to the end of the longest track (format 2: of the last pattern), in frames. [any-thread]
uint64_t smf_length_frames(const Smf *smf, uint32_t rate_hz);

/// 0, 1 or 2. [any-thread]
uint32_t smf_format(const Smf *smf);

/// 1..65535. [any-thread]
uint32_t smf_track_count(const Smf *smf);

/// Note-ons among the events. [any-thread]
size_t smf_note_count(const Smf *smf);

/// The name that the first track gives itself, which is the song's: ASCII, "" when it has none, cut at
/// SMF_NAME_BYTES - 1, bytes outside of ASCII as '?' (the file does not say what they mean). Valid as long as
/// smf. [any-thread]
const char *smf_name(const Smf *smf);

#endif
