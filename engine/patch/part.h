// One part of sixteen: its patch's values, its channel's controllers, and the row for the kernel that follows
// from both.
#ifndef ENGINE_PATCH_PART_H
#define ENGINE_PATCH_PART_H

#include "engine/midi/midi_channel.h"
#include "engine/patch/params.h"
#include "engine/patch/part_row.h"
#include "platform/thread_tags.h"

#include <stdbool.h>
#include <stdint.h>

/// Owned by the audio thread.
typedef struct Part {
    float values[PARAM_COUNT];
    MidiChannel channel;
    PartRow row;
    bool changed;                            // row is older than values and channel
    bool loaded;                             // the patch is another one than the row's: no note of it sounds
    bool begins;                             // no note sounds at all
    uint64_t moving_until[ROW_SMOOTH_COUNT]; // frame
    uint64_t moving_next;                    // the first of them that is to come, UINT64_MAX: none
} Part;

/// What a row is worked out from, beside its part.
typedef struct RowContext {
    float rate_hz;     // of the sound
    float noise_gain;  // linear
    float master_gain; // linear
    uint64_t frame;    // now
    uint64_t arrival;  // frame at which lanes will be there that follow the last change smoothly
} RowContext;

/// Powers up with the given values. [audio-thread]
RT void part_init(Part *part, const float values[PARAM_COUNT]);

/// Takes other values, as for a program change; the channel stays. [audio-thread]
RT void part_load(Part *part, const float values[PARAM_COUNT]);

/// Sets one value, clamped to its range. [audio-thread]
RT void part_set(Part *part, ParamId param, float value);

/// Works the row out anew if anything changed, or lanes have arrived where they were going. Returns true
/// then. Rows that no lane has seen yet, as after part_init, move nothing. [audio-thread]
RT bool part_refresh(Part *part, const RowContext *context);

#endif
