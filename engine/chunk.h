// What every batch of a chunk is rendered from: frames, rows of the parts, and commands to lanes.
#ifndef ENGINE_CHUNK_H
#define ENGINE_CHUNK_H

#include "engine/event.h"
#include "engine/patch/part_row.h"
#include "platform/thread_tags.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    GRID_FRAMES = 16,                    // controls are computed at multiples of it and ramp in between
    DRAFT_GRID_FRAMES = 2 * GRID_FRAMES, // in draft
    CHUNK_MAX_FRAMES =
        256, // and no chunk crosses a multiple of it: lanes are freed there, whatever the block size
    CHUNK_ROWS_MAX = 128, // a chunk that would need more ends early
    CHUNK_COMMANDS_MAX = 512,
    CHUNK_GRID_POINTS = CHUNK_MAX_FRAMES / GRID_FRAMES + 1,
    COMMAND_NONE = -1,
};

typedef enum CommandKind {
    COMMAND_START,   // the lane is free and begins a note
    COMMAND_RELEASE, // the key is up
    COMMAND_FADE,    // the lane is taken away: 5 ms to silence
} CommandKind;

/// Tells one lane what to do at a frame.
typedef struct LaneCommand {
    uint32_t offset; // frames after the chunk's first
    int32_t next;    // the next command for the same batch, in time order, or COMMAND_NONE
    uint16_t lane;   // within the batch
    uint8_t kind;    // CommandKind
    uint8_t part;
    uint32_t row; // the part's row at that moment
    // COMMAND_START only:
    uint32_t seed;      // of noise and random phase
    float note_octaves; // frequency relative to the sample rate
    float key_octaves;  // above middle C
    float velocity;     // 0..1
} LaneCommand;

/// Read-only while workers render.
typedef struct Chunk {
    uint64_t frame;  // absolute, of the chunk's first frame
    uint32_t frames; // 0..CHUNK_MAX_FRAMES
    bool full;       // ends early, among the events of frame + frames: a grid point there is in this chunk
    uint32_t row_count;
    uint32_t command_count;
    bool draft;         // the lanes go on in draft quality, which has the same state
    float fade_step;    // level a frame, of COMMAND_FADE
    float smooth_share; // of the way to a row's fields that lanes go from one grid point to the next

    PartRow rows[CHUNK_ROWS_MAX]; // the first PART_COUNT: as the parts are when the chunk begins
    uint16_t grid_row[CHUNK_GRID_POINTS][PART_COUNT]; // the row in force at each grid point in the chunk
    uint32_t grid_stamp[CHUNK_GRID_POINTS]; // grows when any of them has changed since the last grid point;
                                            // never 0
    LaneCommand commands[CHUNK_COMMANDS_MAX];
    int32_t first_command[]; // of each batch, an index into commands, or COMMAND_NONE
} Chunk;

/// Lanes are found free, and their levels are looked at, only where such a chunk ends. [audio-thread or
/// worker-thread]
RT static inline bool chunk_tells_lanes(const Chunk *chunk) {
    return chunk->frames != 0 && (chunk->frame + chunk->frames) % CHUNK_MAX_FRAMES == 0;
}

#endif
