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
    bool changed; // row is older than values and channel
} Part;

/// Powers up with the given values. rate_hz: of the sound. [audio-thread]
RT void part_init(Part *part, const float values[PARAM_COUNT]);

/// Takes other values, as for a program change; the channel stays. [audio-thread]
RT void part_load(Part *part, const float values[PARAM_COUNT]);

/// Sets one value, clamped to its range. [audio-thread]
RT void part_set(Part *part, ParamId param, float value);

/// Works the row out anew if anything changed. Returns true then. noise_gain, master_gain: linear.
/// [audio-thread]
RT bool part_refresh(Part *part, float rate_hz, float noise_gain, float master_gain);

#endif
