// Merges the tracks of a Standard MIDI File by tick and counts their time.
#include "engine/midi/smf.h"

#include "engine/midi/midi_names.h"
#include "engine/midi/smf_file.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { FORMAT_PATTERNS = 2 }; // tracks play one after the other

// As small as may be: the largest files hold tens of millions of these.
typedef struct Entry {
    uint64_t position; // units since the song's start
    float value;
    uint8_t kind;
    uint8_t midi[3];
} Entry;

struct Smf {
    uint64_t units_per_second;
    uint64_t length; // units
    size_t event_count;
    size_t note_count;
    uint32_t format;
    uint32_t track_count;
    char name[SMF_NAME_BYTES];
    Entry entries[];
};

// Takes what the tracks say, at the place in time that has been reached.
typedef struct Collector {
    Entry *entries; // NULL: they are only counted
    size_t event_count;
    size_t note_count;
    uint64_t tick;
    uint64_t position;       // of tick, in units
    uint32_t units_per_tick; // from tick on
    bool tempo_counts;
    char name[SMF_NAME_BYTES];
    bool named;
} Collector;

// The tracks that still have something to say, the one whose turn it is on top: earliest tick first, then
// lowest number.
typedef struct Heap {
    const SmfTrack *tracks;
    uint32_t *numbers;
    uint32_t count;
} Heap;

static void collect_event(void *context, const Event *event) {
    Collector *collector = context;
    if (collector->entries) {
        collector->entries[collector->event_count] = (Entry){
            .position = collector->position,
            .value = event->value,
            .kind = event->kind,
            .midi = {event->midi[0], event->midi[1], event->midi[2]},
        };
    }
    collector->event_count++;
    collector->note_count += event->kind == EVENT_MIDI && midi_kind(event->midi[0]) == MIDI_NOTE_ON;
}

static void collect_tempo(void *context, uint32_t quarter_us) {
    Collector *collector = context;
    if (collector->tempo_counts) {
        collector->units_per_tick = quarter_us;
    }
}

static void collect_name(void *context, const uint8_t *text, uint32_t byte_count) {
    Collector *collector = context;
    if (collector->named) {
        return;
    }
    uint32_t count = byte_count < SMF_NAME_BYTES - 1 ? byte_count : SMF_NAME_BYTES - 1;
    for (uint32_t i = 0; i < count; i++) {
        bool is_ascii = text[i] >= 0x20 && text[i] < 0x7F;
        collector->name[i] = is_ascii ? (char)text[i] : '?';
    }
    collector->name[count] = '\0';
    collector->named = true;
}

static SmfVisitor visitor_of(Collector *collector) {
    return (SmfVisitor){collector, collect_event, collect_tempo, collect_name};
}

static bool goes_before(const Heap *heap, uint32_t a, uint32_t b) {
    uint64_t tick_a = heap->tracks[a].tick;
    uint64_t tick_b = heap->tracks[b].tick;
    return tick_a != tick_b ? tick_a < tick_b : a < b;
}

// Lets the number at `place` sink until the numbers below it come later.
static void sink(Heap *heap, uint32_t place) {
    uint32_t number = heap->numbers[place];
    for (;;) {
        uint32_t child = 2 * place + 1;
        if (child >= heap->count) {
            break;
        }
        if (child + 1 < heap->count && goes_before(heap, heap->numbers[child + 1], heap->numbers[child])) {
            child++;
        }
        if (!goes_before(heap, heap->numbers[child], number)) {
            break;
        }
        heap->numbers[place] = heap->numbers[child];
        place = child;
    }
    heap->numbers[place] = number;
}

static void fill(Heap *heap, uint32_t first, uint32_t count) {
    heap->count = 0;
    for (uint32_t number = first; number < first + count; number++) {
        if (!heap->tracks[number].ended) {
            heap->numbers[heap->count++] = number;
        }
    }
    for (uint32_t place = heap->count / 2; place-- > 0;) {
        sink(heap, place);
    }
}

// Moves on to a track's next tick; false when the song becomes longer than any song is.
static bool advance(const SmfFile *file, Collector *collector, const SmfTrack *track) {
    uint64_t room = SMF_SECONDS_MAX * file->units_per_second - collector->position;
    uint64_t ticks = track->tick - collector->tick;
    if (ticks > room / collector->units_per_tick) {
        error_set(file->error, "%s: byte %u: the song goes on beyond %d days here; shorten it", file->origin,
                  (unsigned)track->offset, SMF_SECONDS_MAX / (24 * 3600));
        return false;
    }
    collector->position += ticks * collector->units_per_tick;
    collector->tick = track->tick;
    return true;
}

// Plays tracks first..first + count - 1 together, from tick 0 of theirs.
static bool play(const SmfFile *file, SmfTrack *tracks, Heap *heap, uint32_t first, uint32_t count,
                 Collector *collector) {
    SmfVisitor visitor = visitor_of(collector);
    collector->tick = 0;
    collector->units_per_tick = file->units_per_tick;
    fill(heap, first, count);
    while (heap->count > 0) {
        SmfTrack *track = &tracks[heap->numbers[0]];
        if (!advance(file, collector, track)) {
            return false;
        }
        smf_track_step(track, file->bytes, &visitor); // read once before: there is no fault
        if (track->ended) {
            heap->numbers[0] = heap->numbers[--heap->count];
        }
        if (heap->count > 0) {
            sink(heap, 0);
        }
    }
    return true;
}

// Reads every track once, alone: whether it is whole, and how much it says.
static bool count_events(SmfFile *file, Collector *collector) {
    SmfVisitor visitor = visitor_of(collector);
    for (uint32_t number = 0; number < file->track_count; number++) {
        SmfTrack track;
        if (!smf_file_next_track(file, number, &track)) {
            return false;
        }
        while (!track.ended) {
            SmfFault fault = smf_track_step(&track, file->bytes, &visitor);
            if (fault.reason) {
                smf_file_track_damaged(file, number, fault);
                return false;
            }
        }
        collector->named = true; // the other tracks' names are not the song's
    }
    return true;
}

static void *allocate(const SmfFile *file, size_t bytes) {
    void *memory = malloc(bytes);
    if (!memory) {
        error_set(file->error,
                  "%s: no memory for its events (%llu bytes); close other programs or split the song",
                  file->origin, (unsigned long long)bytes);
    }
    return memory;
}

static bool merge(SmfFile *file, SmfTrack *tracks, uint32_t *numbers, Collector *collector) {
    for (uint32_t number = 0; number < file->track_count; number++) {
        if (!smf_file_next_track(file, number, &tracks[number])) {
            return false;
        }
    }
    Heap heap = {.tracks = tracks, .numbers = numbers};
    if (file->format != FORMAT_PATTERNS) {
        return play(file, tracks, &heap, 0, file->track_count, collector);
    }
    for (uint32_t number = 0; number < file->track_count; number++) {
        if (!play(file, tracks, &heap, number, 1, collector)) {
            return false;
        }
    }
    return true;
}

// Reads the tracks of an opened file whose header has just been read.
static Smf *read_song(SmfFile *file) {
    uint32_t first_chunk = file->at;
    Collector counted = {0};
    if (!count_events(file, &counted)) {
        return NULL;
    }
    file->at = first_chunk;
    Smf *smf = allocate(file, sizeof *smf + counted.event_count * sizeof *smf->entries);
    SmfTrack *tracks = smf ? allocate(file, file->track_count * sizeof *tracks) : NULL;
    uint32_t *numbers = tracks ? allocate(file, file->track_count * sizeof *numbers) : NULL;
    bool done = false;
    if (numbers) {
        Collector collected = {.entries = smf->entries, .tempo_counts = file->tempo_counts, .named = true};
        done = merge(file, tracks, numbers, &collected);
        smf->units_per_second = file->units_per_second;
        smf->length = collected.position;
        smf->event_count = collected.event_count;
        smf->note_count = collected.note_count;
        smf->format = file->format;
        smf->track_count = file->track_count;
        memcpy(smf->name, counted.name, sizeof smf->name);
    }
    free(numbers);
    free(tracks);
    if (!done) {
        free(smf);
        return NULL;
    }
    return smf;
}

Smf *smf_parse(const uint8_t *bytes, size_t byte_count, const char *origin, Error *error) {
    if (byte_count > SMF_BYTES_MAX) {
        error_set(error, "%s: larger than %d MiB; split the song", origin, SMF_BYTES_MAX / (1024 * 1024));
        return NULL;
    }
    SmfFile file;
    return smf_file_open(&file, bytes, (uint32_t)byte_count, origin, error) ? read_song(&file) : NULL;
}

void smf_destroy(Smf *smf) {
    free(smf);
}

// The nearest frame. Quotient and remainder apart: their products stay below 2^63, where one product of the
// whole would not.
static uint64_t frame_at(const Smf *smf, uint64_t position, uint32_t rate_hz) {
    uint64_t seconds = position / smf->units_per_second;
    uint64_t rest = position % smf->units_per_second;
    return seconds * rate_hz + (rest * rate_hz + smf->units_per_second / 2) / smf->units_per_second;
}

size_t smf_event_count(const Smf *smf) {
    return smf->event_count;
}

Event smf_event(const Smf *smf, size_t index, uint32_t rate_hz) {
    const Entry *entry = &smf->entries[index];
    return (Event){
        .frame = frame_at(smf, entry->position, rate_hz),
        .kind = entry->kind,
        .part = entry->kind == EVENT_MIDI ? midi_channel_of(entry->midi[0]) : 0,
        .midi = {entry->midi[0], entry->midi[1], entry->midi[2]},
        .value = entry->value,
    };
}

uint64_t smf_length_frames(const Smf *smf, uint32_t rate_hz) {
    return frame_at(smf, smf->length, rate_hz);
}

uint32_t smf_format(const Smf *smf) {
    return smf->format;
}

uint32_t smf_track_count(const Smf *smf) {
    return smf->track_count;
}

size_t smf_note_count(const Smf *smf) {
    return smf->note_count;
}

const char *smf_name(const Smf *smf) {
    return smf->name;
}
