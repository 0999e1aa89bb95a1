// What is true of every song that the MIDI file reader lets through, whatever the file was.
#ifndef TESTS_SUPPORT_SMF_INVARIANTS_H
#define TESTS_SUPPORT_SMF_INVARIANTS_H

#include "engine/midi/smf.h"

#include <stdbool.h>

static inline bool event_is_sound(const Event *event) {
    switch (event->kind) {
    case EVENT_MIDI:
        return event->midi[0] >= 0x80 && event->midi[0] < 0xF0 && event->midi[1] < 0x80 &&
               event->midi[2] < 0x80 && event->part == (event->midi[0] & 0x0F) &&
               ((event->midi[0] & 0xF0) != 0x90 || event->midi[2] > 0);
    case EVENT_RESET:
        return true;
    case EVENT_MASTER_VOLUME:
        return event->value >= 0.0f && event->value <= 1.0f;
    default:
        return false;
    }
}

/// Returns what does not hold, or NULL.
static inline const char *smf_find_flaw(const Smf *smf, uint32_t rate_hz) {
    uint64_t last_frame = 0;
    size_t notes = 0;
    for (size_t i = 0; i < smf_event_count(smf); i++) {
        Event event = smf_event(smf, i, rate_hz);
        if (event.frame < last_frame) {
            return "events go back in time";
        }
        if (!event_is_sound(&event)) {
            return "an event is malformed";
        }
        notes += event.kind == EVENT_MIDI && (event.midi[0] & 0xF0) == 0x90;
        last_frame = event.frame;
    }
    if (smf_length_frames(smf, rate_hz) < last_frame) {
        return "the song is over before its last event";
    }
    if (smf_length_frames(smf, rate_hz) > (uint64_t)SMF_SECONDS_MAX * rate_hz) {
        return "the song is longer than any song is";
    }
    return notes == smf_note_count(smf) ? NULL : "the notes are miscounted";
}

#endif
