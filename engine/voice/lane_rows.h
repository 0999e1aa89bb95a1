// How lanes follow the rows of their parts: at once, or on a smooth way of some grid points.
#ifndef ENGINE_VOICE_LANE_ROWS_H
#define ENGINE_VOICE_LANE_ROWS_H

#include "engine/voice/control.h"
#include "engine/voice/lane_state.h"

#include <stdint.h>
#include <string.h>

/// Begins with a row: nothing is on its way.
RT static inline void lane_rows_take(LaneState *state, int lane, const PartRow *row) {
    for (int field = 0; field < ROW_FIELD_COUNT; field++) {
        state->row[field][lane] = row->field[field];
    }
    for (int field = 0; field < ROW_SMOOTH_COUNT; field++) {
        state->goal[field][lane] = row->field[field];
        state->lead[field][lane] = row->field[field];
    }
    state->row_version[lane] = row->version;
    state->row_patch[lane] = row->patch;
}

// The fields that a lane takes from its part. A note rings out in the patch it began with.
RT static inline uint64_t lane_follows(const LaneState *state, int lane, const PartRow *row) {
    return state->row_patch[lane] == row->patch ? UINT64_MAX : ROW_CHANNEL_BITS;
}

// What does not move is where it was to go.
RT static inline void lane_follow_row(LaneState *state, int lane, const PartRow *row, uint64_t moved) {
    uint64_t follows = lane_follows(state, lane, row);
    for (int field = 0; field < ROW_SMOOTH_COUNT; field++) {
        if (follows & ROW_BIT(field)) {
            state->goal[field][lane] = row->field[field];
        }
        if (((follows | moved) & ~row->moving) & ROW_BIT(field)) {
            state->row[field][lane] = state->goal[field][lane];
            state->lead[field][lane] = state->goal[field][lane];
        }
    }
    for (int field = ROW_SMOOTH_COUNT; field < ROW_FIELD_COUNT; field++) {
        if (follows & ROW_BIT(field)) {
            state->row[field][lane] = row->field[field];
        }
    }
    state->row_version[lane] = row->version;
}

// Rows have changed: finds out what moves from now on, and takes over what does not.
RT static inline void follow_rows(LaneState *state, const Chunk *chunk, const uint16_t *grid_row) {
    uint64_t moved = state->moving;
    uint64_t moving = 0;
    for (int lane = 0; lane < SIMD_LANES; lane++) {
        if (state->alive & (1u << lane)) {
            moving |= chunk->rows[grid_row[state->part[lane]]].moving;
        }
    }
    for (uint64_t begins = moving & ~moved; begins; begins &= begins - 1) {
        int field = __builtin_ctzll(begins);
        memcpy(state->goal[field], state->row[field], sizeof state->goal[field]);
        memcpy(state->lead[field], state->row[field], sizeof state->lead[field]);
    }
    for (int lane = 0; lane < SIMD_LANES; lane++) {
        if (state->alive & (1u << lane)) {
            const PartRow *row = &chunk->rows[grid_row[state->part[lane]]];
            if (state->row_version[lane] != row->version) {
                lane_follow_row(state, lane, row, moved);
            }
        }
    }
    state->moving = moving;
}

// A grid interval's share of the way on each field that moves. Who does not move is where it goes to, and
// stays.
RT static inline void move_rows(LaneState *state, float share) {
    for (uint64_t fields = state->moving; fields; fields &= fields - 1) {
        int field = __builtin_ctzll(fields);
        vf lead = vf_load(state->lead[field]);
        lead = lead + (vf_load(state->goal[field]) - lead) * share;
        vf now = vf_load(state->row[field]);
        vf_store(state->lead[field], lead);
        vf_store(state->row[field], now + (lead - now) * share);
    }
}

// Source gains ramp from row to row, and rest when the row does.
RT static inline void ramp_sources(LaneState *state, float from[RAMP_SOURCE_COUNT][SIMD_LANES],
                                   uint64_t fields) {
    for (fields &= ROW_BITS_BELOW(RAMP_SOURCE_COUNT); fields; fields &= fields - 1) {
        int source = __builtin_ctzll(fields);
        vf base = vf_load(from[source]);
        vf_store(state->base[source], base);
        vf_store(state->slope[source], (vf_load(state->row[source]) - base) * (1.0f / (float)GRID_FRAMES));
    }
}

/// What a grid point does: takes over rows that have changed (changes), and goes on with what is on its way.
/// grid_row: the row of each part in the chunk.
RT static inline void lane_rows_go_on(LaneState *state, const Chunk *chunk, const uint16_t *grid_row,
                                      bool changes) {
    float sources[RAMP_SOURCE_COUNT][SIMD_LANES] __attribute__((aligned(64)));
    uint64_t moved = state->moving;
    if (changes) {
        follow_rows(state, chunk, grid_row);
    }
    memcpy(sources, state->row, sizeof sources); // what has arrived ramps no more
    move_rows(state, chunk->smooth_share);
    ramp_sources(state, sources, moved | state->moving);
    control_derive(state);
}

#endif
