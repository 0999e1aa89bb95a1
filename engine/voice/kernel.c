// Renders registers of lanes through a chunk; compiled once for each instruction set.
#include "engine/voice/kernel.h"

#include "engine/voice/control.h"
#include "engine/voice/filter.h"
#include "engine/voice/lane_rows.h"
#include "engine/voice/lane_state.h"
#include "engine/voice/oscillator.h"

#include <stddef.h>
#include <string.h>

typedef struct Tiles {
    SourceTile source;
    SourceTile sound[CHANNEL_COUNT];
} __attribute__((aligned(64))) Tiles;

static void silence(LaneState *state) {
    memset(state, 0, sizeof *state);
    for (int lane = 0; lane < SIMD_LANES; lane++) {
        state->amp_stage[lane] = STAGE_OFF;
        state->filter_stage[lane] = STAGE_OFF;
        state->noise[lane] = 1;
    }
    state->grid_frame = UINT64_MAX;
}

static void clear_registers(void *states, uint32_t registers) {
    LaneState *state = states;
    for (uint32_t index = 0; index < registers; index++) {
        silence(&state[index]);
    }
}

// ---- lanes one by one: rare, so plain C ----

// Spreads the bits of a seed so that neighbouring notes share nothing (finaliser of MurmurHash3, A. Appleby).
RT static uint32_t scramble(uint32_t bits) {
    bits ^= bits >> 16;
    bits *= 0x85EBCA6Bu;
    bits ^= bits >> 13;
    bits *= 0xC2B2AE35u;
    bits ^= bits >> 16;
    return bits;
}

RT static void lane_start(LaneState *state, int lane, const LaneCommand *command, const PartRow *row) {
    lane_rows_take(state, lane, row);
    for (int source = 0; source < RAMP_SOURCE_COUNT; source++) {
        state->base[source][lane] = row->field[source];
        state->slope[source][lane] = 0.0f;
    }
    for (int oscillator = 0; oscillator < 2; oscillator++) {
        float random = (float)(scramble(command->seed + (uint32_t)oscillator) >> 8) * 0x1p-24f;
        state->phase[oscillator][lane] = (uint32_t)(random * row->field[ROW_RANDOM_PHASE] * 0x1p31f) << 1;
    }
    state->noise[lane] = scramble(command->seed + 2) | 1u;
    state->filter[0][lane] = 0.0f;
    state->filter[1][lane] = 0.0f;
    state->lfo_turns[lane] = 0.0f;
    state->lfo_fade[lane] = 0.0f;
    state->note_octaves[lane] = command->note_octaves;
    state->key_octaves[lane] = command->key_octaves;
    state->velocity[lane] = command->velocity;
    state->amp_stage[lane] = STAGE_ATTACK;
    state->filter_stage[lane] = STAGE_ATTACK;
    state->part[lane] = command->part;
    state->alive |= 1u << lane;
}

RT static void lane_end(LaneState *state, int lane) {
    for (int field = 0; field < RAMP_COUNT; field++) {
        state->base[field][lane] = 0.0f;
        state->slope[field][lane] = 0.0f;
    }
    state->filter[0][lane] = 0.0f;
    state->filter[1][lane] = 0.0f;
    state->amp_stage[lane] = STAGE_OFF;
    state->filter_stage[lane] = STAGE_OFF;
    state->alive &= ~(1u << lane);
}

// ---- control points ----

RT static void find_sources(LaneState *state) {
    state->sources = 0;
    for (int source = 0; source < RAMP_SOURCE_COUNT; source++) {
        if (vm_any(ramp_used(ramp_load(state, (RampField)source)))) {
            state->sources |= 1u << source;
        }
    }
}

RT static void end_lanes(LaneState *state) {
    for (int lane = 0; lane < SIMD_LANES; lane++) {
        if (state->amp_stage[lane] == STAGE_ENDING) {
            lane_end(state, lane);
        }
    }
}

// In frames: in draft the controls are worked out at every second grid point.
RT static uint32_t control_interval(const Chunk *chunk) {
    return chunk->draft ? DRAFT_GRID_FRAMES : GRID_FRAMES;
}

RT static void control_point(LaneState *state, const Chunk *chunk) {
    float frames = (float)control_interval(chunk);
    ControlPoint point = {
        .lanes = vm_from_bits(state->alive),
        .fresh = vm_from_bits(0),
        .lfo = vm_from_bits(state->alive),
        .old_index = GRID_FRAMES,
        .new_index = 0.0f,
        .frames = frames,
        .per_frame = 1.0f / frames,
    };
    control_update(state, &point, chunk->fade_step);
}

RT static void grid_point(LaneState *state, const Chunk *chunk, uint64_t frame) {
    uint64_t index = (frame - chunk->frame + GRID_FRAMES - 1) / GRID_FRAMES;
    bool controls = frame % control_interval(chunk) == 0;
    if (!controls) {
        control_pass(state);
    } else if (vm_any(vi_equal(vi_load(state->amp_stage), vi_set(STAGE_ENDING)))) {
        end_lanes(state);
    }
    bool changes = state->grid_stamp != chunk->grid_stamp[index];
    if (changes || state->moving) {
        lane_rows_go_on(state, chunk, chunk->grid_row[index], changes);
        state->grid_stamp = chunk->grid_stamp[index];
    }
    if (controls) {
        control_point(state, chunk);
    }
    find_sources(state);
    state->grid_frame = frame;
}

// Applies every command of this frame. Returns the next command.
RT static int32_t apply_commands(LaneState *state, const Chunk *chunk, int32_t index, uint32_t first_lane,
                                 uint64_t frame) {
    uint32_t offset = (uint32_t)(frame - chunk->frame);
    for (; index != COMMAND_NONE && chunk->commands[index].offset == offset;
         index = chunk->commands[index].next) {
        const LaneCommand *command = &chunk->commands[index];
        uint32_t lane = (uint32_t)command->lane - first_lane;
        if (lane >= SIMD_LANES) {
            continue;
        }
        if (command->kind == COMMAND_START) {
            lane_start(state, (int)lane, command, &chunk->rows[command->row]);
            state->fresh |= 1u << lane;
        } else if (state->alive & (1u << lane)) {
            state->amp_stage[lane] = command->kind == COMMAND_FADE ? STAGE_FADE : STAGE_RELEASE;
            state->filter_stage[lane] = STAGE_RELEASE;
        } else {
            continue;
        }
        state->touched |= 1u << lane;
    }
    return index;
}

// Aims the ramps of the lanes commanded at this frame: once for all of its commands, or the sound would
// depend on how many of them a chunk had room for.
RT static void command_point(LaneState *state, const Chunk *chunk, uint64_t frame) {
    float into = (float)(frame % GRID_FRAMES);
    float frames = (float)(control_interval(chunk) - frame % control_interval(chunk));
    ControlPoint point = {
        .lanes = vm_from_bits(state->touched),
        .fresh = vm_from_bits(state->fresh),
        .lfo = vm_from_bits(state->fresh),
        .old_index = into,
        .new_index = into,
        .frames = frames,
        .per_frame = 1.0f / frames,
    };
    if (state->fresh) {
        control_derive(state);
    }
    control_update(state, &point, chunk->fade_step);
    find_sources(state);
    state->touched = 0;
    state->fresh = 0;
}

// ---- sound ----

// draft, here and below: known where it is compiled in.
SIMD_INLINE void render_oscillator(LaneState *state, SourceTile tile, Stretch stretch, int oscillator,
                                   bool draft) {
    int source = oscillator * 4;
    uint32_t used = state->sources >> source;
    if (used & (1u << RAMP_OSC1_SAW)) {
        oscillator_add_saw(tile, stretch, state, oscillator, source + RAMP_OSC1_SAW, draft);
    }
    if (used & (1u << RAMP_OSC1_PULSE)) {
        oscillator_add_pulse(tile, stretch, state, oscillator, source + RAMP_OSC1_PULSE, draft);
    }
    if (used & (1u << RAMP_OSC1_TRIANGLE)) {
        oscillator_add_triangle(tile, stretch, state, oscillator, source + RAMP_OSC1_TRIANGLE, draft);
    }
    if (used & (1u << RAMP_OSC1_SINE)) {
        oscillator_add_sine(tile, stretch, state, oscillator, source + RAMP_OSC1_SINE, draft);
    }
    oscillator_pass(state, stretch, oscillator);
}

SIMD_INLINE void render_stretch_in(LaneState *state, Tiles *tiles, Stretch stretch, bool draft) {
    for (int frame = stretch.first; frame < stretch.last; frame++) {
        vf_store(tiles->source[frame], vf_set(0.0f));
    }
    render_oscillator(state, tiles->source, stretch, 0, draft);
    render_oscillator(state, tiles->source, stretch, 1, draft);
    if (state->sources & (1u << RAMP_NOISE)) {
        noise_add(tiles->source, stretch, state, draft);
    }
    filter_and_pan(state, stretch, tiles->source, tiles->sound, draft);
}

// Functions of their own: within render_register what lies around them would take registers from their loops.
RT static __attribute__((noinline)) void render_stretch(LaneState *state, Tiles *tiles, Stretch stretch) {
    render_stretch_in(state, tiles, stretch, false);
}

RT static __attribute__((noinline)) void render_stretch_draft(LaneState *state, Tiles *tiles,
                                                              Stretch stretch) {
    render_stretch_in(state, tiles, stretch, true);
}

// Adds the lanes of each frame up; rows of the tile beside the stretch hold older sound and are not looked
// at.
RT static void add_lanes(const SourceTile tile, Stretch stretch, float *out) {
    float sums[GRID_FRAMES] __attribute__((aligned(64)));
    for (int row = stretch.first / SIMD_LANES * SIMD_LANES; row < stretch.last; row += SIMD_LANES) {
        vf_store(&sums[row], vf_sum_rows(tile[row]));
    }
    memcpy(out, &sums[stretch.first], (size_t)(stretch.last - stretch.first) * sizeof *out);
}

// One register of lanes. False when it is silent.
RT static bool render_register(const Chunk *chunk, int32_t command, uint32_t first_lane,
                               const LaneState *from, LaneState *to,
                               float sound[CHANNEL_COUNT][CHUNK_MAX_FRAMES]) {
    bool commanded = false;
    for (int32_t index = command; index != COMMAND_NONE; index = chunk->commands[index].next) {
        commanded = commanded || (uint32_t)chunk->commands[index].lane - first_lane < SIMD_LANES;
    }
    if (!from->alive) {
        silence(to);
        if (!commanded) {
            return false;
        }
    } else {
        memcpy(to, from, from->moving ? sizeof *to : offsetof(LaneState, goal));
    }
    Tiles tiles;
    memset(&tiles, 0, sizeof tiles);
    uint64_t frame = chunk->frame;
    uint64_t end = frame + chunk->frames;
    for (;;) {
        if ((frame < end || chunk->full) && frame % GRID_FRAMES == 0 && to->grid_frame != frame) {
            grid_point(to, chunk, frame);
        }
        command = apply_commands(to, chunk, command, first_lane, frame);
        if (frame >= end) {
            return true;
        }
        if (to->touched) {
            command_point(to, chunk, frame);
        }
        uint64_t next = frame - frame % GRID_FRAMES + GRID_FRAMES;
        next = next < end ? next : end;
        if (command != COMMAND_NONE && chunk->frame + chunk->commands[command].offset < next) {
            next = chunk->frame + chunk->commands[command].offset;
        }
        Stretch stretch = {(int)(frame % GRID_FRAMES), (int)(frame % GRID_FRAMES + (next - frame))};
        if (chunk->draft) {
            render_stretch_draft(to, &tiles, stretch);
        } else {
            render_stretch(to, &tiles, stretch);
        }
        for (int channel = 0; channel < CHANNEL_COUNT; channel++) {
            add_lanes(tiles.sound[channel], stretch, &sound[channel][frame - chunk->frame]);
        }
        frame = next;
    }
}

// Registers first..first+count-1, by the tree.
RT static bool render_tree(const Chunk *chunk, int32_t command, const LaneState *from, LaneState *to,
                           uint32_t first, uint32_t count, float sound[CHANNEL_COUNT][CHUNK_MAX_FRAMES]) {
    if (count == 1) {
        return render_register(chunk, command, first * SIMD_LANES, &from[first], &to[first], sound);
    }
    float more[CHANNEL_COUNT][CHUNK_MAX_FRAMES] __attribute__((aligned(64)));
    uint32_t half = count / 2;
    bool low = render_tree(chunk, command, from, to, first, half, sound);
    bool high = render_tree(chunk, command, from, to, first + half, half, low ? more : sound);
    for (int channel = 0; low && high && channel < CHANNEL_COUNT; channel++) {
        for (uint32_t frame = 0; frame < chunk->frames; frame++) {
            sound[channel][frame] += more[channel][frame];
        }
    }
    return low || high;
}

RT static bool render_registers(const Chunk *chunk, int32_t first_command, const void *from, void *to,
                                uint32_t registers, float sound[CHANNEL_COUNT][CHUNK_MAX_FRAMES]) {
    return render_tree(chunk, first_command, from, to, 0, registers, sound);
}

RT static void read_status(const void *states, uint32_t registers, uint8_t *alive, float *level) {
    const LaneState *state = states;
    for (uint32_t index = 0; index < registers; index++) {
        for (uint32_t lane = 0; lane < SIMD_LANES; lane++) {
            uint32_t at = index * SIMD_LANES + lane;
            alive[at] = (state[index].alive >> lane) & 1u;
            // A slow attack is no quiet note.
            level[at] = state[index].amp_stage[lane] == STAGE_ATTACK ? KERNEL_LEVEL_RISING : 0.0f;
            for (int side = RAMP_LEFT; side <= RAMP_RIGHT; side++) {
                level[at] +=
                    state[index].base[side][lane] + state[index].slope[side][lane] * (float)GRID_FRAMES;
            }
        }
    }
}

#define KERNEL_NAME_OF(suffix) kernel_##suffix
#define KERNEL_NAME(suffix)    KERNEL_NAME_OF(suffix)

const Kernel KERNEL_NAME(SIMD_SUFFIX) = {
    .kind = SIMD_KIND,
    .lanes = SIMD_LANES,
    .state_bytes = sizeof(LaneState),
    .clear = clear_registers,
    .render = render_registers,
    .status = read_status,
};
