// Fills a chunk from events: rows at grid points, commands to lanes.
#include "engine/engine_state.h"

#include "engine/math.h"

#include <assert.h>
#include <string.h>

#define FADE_SECONDS 0.005f     // shorter clicks on bass notes
#define A4_OCTAVES   8.7813597f // log2(440)
enum {
    MIDDLE_C = 60,
    A4 = 69,
    // Rows that one event may need: all parts at the grid point before it, all at the one after, its order's.
    ROWS_RESERVE = 2 * PART_COUNT + 1,
};

RT static void refresh_row(Engine *engine, Chunk *chunk, int part, uint64_t frame) {
    if (engine_refresh_part(engine, part, frame)) {
        assert(chunk->row_count < CHUNK_ROWS_MAX);
        chunk->rows[chunk->row_count] = engine->parts[part].row;
        engine->part_row[part] = (uint16_t)chunk->row_count++;
        engine->row_stamp += engine->row_stamp + 1 ? 1 : 2;
    }
}

// What has not changed is not written anew: it stays in the workers' caches.
RT static void begin_rows(Engine *engine, Chunk *chunk) {
    for (uint32_t part = 0; part < PART_COUNT; part++) {
        const PartRow *row = &engine->parts[part].row;
        if (chunk->rows[part].version != row->version || chunk->rows[part].patch != row->patch) {
            chunk->rows[part] = *row;
        }
        engine->part_row[part] = (uint16_t)part;
    }
    chunk->row_count = PART_COUNT;
}

RT static Chunk *begin_chunk(Engine *engine) {
    // Changes only where draft works controls out, too, and not if the chunk before has done that point.
    if (engine->frame % DRAFT_GRID_FRAMES == 0 && engine->grid_done <= engine->frame) {
        engine->draft = engine->overload.lowered || engine_draft_chosen(engine);
    }
    Chunk *chunk = engine_chunk(engine, pool_begin(engine->pool));
    chunk->frame = engine->frame;
    chunk->frames = 0;
    chunk->command_count = 0;
    chunk->draft = engine->draft;
    chunk->fade_step = 1.0f / (FADE_SECONDS * (float)engine->inner_rate_hz);
    chunk->smooth_share = engine->smooth_share;
    begin_rows(engine, chunk);
    for (uint32_t batch = 0; batch < engine->plan.batch_count; batch++) {
        if (chunk->first_command[batch] != COMMAND_NONE) {
            chunk->first_command[batch] = COMMAND_NONE;
        }
    }
    engine->grid_done = engine->frame;
    return chunk;
}

RT static void refresh_rows(Engine *engine, Chunk *chunk, uint64_t frame) {
    engine->rows_due_frame = UINT64_MAX;
    for (int part = 0; part < PART_COUNT; part++) {
        refresh_row(engine, chunk, part, frame);
        uint64_t next = engine->parts[part].moving_next;
        engine->rows_due_frame = next < engine->rows_due_frame ? next : engine->rows_due_frame;
    }
    engine->rows_due = false;
}

// Fixes the rows of every grid point up to and including `frame`. An event counts at the first grid point
// after it, not at one of its own frame.
RT static void fix_grid_rows(Engine *engine, Chunk *chunk, uint64_t frame) {
    uint64_t point = (engine->grid_done + GRID_FRAMES - 1) / GRID_FRAMES * GRID_FRAMES;
    for (; point <= frame; point += GRID_FRAMES) {
        uint64_t index = (point - chunk->frame + GRID_FRAMES - 1) / GRID_FRAMES;
        if (engine->rows_due || point >= engine->rows_due_frame) {
            refresh_rows(engine, chunk, point);
        }
        if (memcmp(chunk->grid_row[index], engine->part_row, sizeof engine->part_row) != 0) {
            memcpy(chunk->grid_row[index], engine->part_row, sizeof engine->part_row);
        }
        if (chunk->grid_stamp[index] != engine->row_stamp) {
            chunk->grid_stamp[index] = engine->row_stamp;
        }
        engine->grid_done = point + 1;
    }
}

RT static void push_command(Engine *engine, Chunk *chunk, uint64_t frame, VoiceOrder order, int32_t *last) {
    uint32_t batch = order.lane / engine->plan.batch_lanes;
    const Voice *voice = &engine->voices.voice[order.lane];
    refresh_row(engine, chunk, voice->part, frame);
    int32_t index = (int32_t)chunk->command_count++;
    float key = (float)voice->key;
    chunk->commands[index] = (LaneCommand){
        .offset = (uint32_t)(frame - chunk->frame),
        .next = COMMAND_NONE,
        .lane = (uint16_t)(order.lane % engine->plan.batch_lanes),
        .kind = order.kind,
        .part = voice->part,
        .row = engine->part_row[voice->part],
        .seed = (engine->config.seed + voice->serial) * 3u,
        .note_octaves = (key - (float)A4) / 12.0f + (A4_OCTAVES - math_log2((float)engine->inner_rate_hz)),
        .key_octaves = (key - (float)MIDDLE_C) / 12.0f,
        .velocity = voice->velocity,
    };
    if (chunk->first_command[batch] == COMMAND_NONE) {
        chunk->first_command[batch] = index;
    } else {
        chunk->commands[last[batch]].next = index;
    }
    last[batch] = index;
}

// Gives the voices' waiting orders to the chunk. False when it is full.
RT static bool drain_orders(Engine *engine, Chunk *chunk, uint64_t frame, int32_t *last) {
    while (chunk->command_count < CHUNK_COMMANDS_MAX && chunk->row_count + ROWS_RESERVE <= CHUNK_ROWS_MAX) {
        VoiceOrder order;
        if (!voices_take_order(&engine->voices, &order)) {
            return true;
        }
        push_command(engine, chunk, frame, order, last);
    }
    return voices_no_order(&engine->voices);
}

// The source of the next event due before `end`, or EVENT_SOURCE_COUNT.
RT static int next_source(Engine *engine, uint64_t end, uint64_t *frame) {
    int earliest = EVENT_SOURCE_COUNT;
    for (int source = 0; source < EVENT_SOURCE_COUNT; source++) {
        const Event *event = engine->events_left[source] ? event_ring_peek(&engine->rings[source]) : NULL;
        if (event && event->frame * engine->oversampling < end) {
            earliest = source;
            end = event->frame * engine->oversampling;
        }
    }
    *frame = end;
    return earliest;
}

// Lanes begin to move at the first grid point after an event. When they arrive is fixed here: a full chunk
// makes the rows be looked at sooner, and the sound must not depend on that.
RT static void apply_next_event(Engine *engine, int source) {
    uint64_t arrival = (engine->voices.frame / GRID_FRAMES + 1) * GRID_FRAMES + engine->smooth_frames;
    engine->arrival = (arrival + CHUNK_MAX_FRAMES - 1) / CHUNK_MAX_FRAMES * CHUNK_MAX_FRAMES;
    engine_apply_event(engine, event_ring_peek(&engine->rings[source]));
    engine->rows_due = true;
    event_ring_pop(&engine->rings[source]);
    engine->events_left[source]--;
}

RT Chunk *engine_fill_chunk(Engine *engine, uint32_t frames) {
    Chunk *chunk = begin_chunk(engine);
    int32_t last[BATCHES_MAX]; // command of each batch that has any
    uint64_t now = engine->frame;
    uint64_t end = now + frames;
    fix_grid_rows(engine, chunk, now);
    chunk->full = !drain_orders(engine, chunk, now, last);
    while (!chunk->full) {
        uint64_t due;
        int source = next_source(engine, end, &due);
        uint64_t release = engine->voices.next_release;
        bool releases = release < end && release <= due;
        if (source == EVENT_SOURCE_COUNT && !releases) {
            now = end;
            break;
        }
        due = releases ? release : due;
        now = due > now ? due : now;
        fix_grid_rows(engine, chunk, now);
        if (chunk->row_count + ROWS_RESERVE > CHUNK_ROWS_MAX) {
            chunk->full = true;
            break;
        }
        engine->voices.frame = now;
        if (releases) {
            voices_release_due(&engine->voices);
        } else {
            apply_next_event(engine, source);
        }
        chunk->full = !drain_orders(engine, chunk, now, last);
    }
    if (now > chunk->frame) {
        fix_grid_rows(engine, chunk, now - 1);
    }
    chunk->frames = (uint32_t)(now - chunk->frame);
    return chunk;
}
