// The way of the sound through the engine, chunk by chunk: events, rows and commands, batches, mix.
#include "engine/engine_state.h"

#include "engine/math.h"
#include "platform/clock.h"
#include "platform/cpu.h"

#include <string.h>

_Static_assert(2 * DECIMATOR_MAX_FRAMES == CHUNK_MAX_FRAMES, "Engine.inner holds what a decimator takes");

#define FADE_SECONDS 0.005f     // shorter clicks on bass notes
#define A4_OCTAVES   8.7813597f // log2(440)
enum {
    MIDDLE_C = 60,
    A4 = 69,
    // An order's own row, and each part's anew at a grid point before it and at one after it.
    ROWS_RESERVE = 2 * PART_COUNT + 1,
};

// ---- filling a chunk ----

RT static void refresh_row(Engine *engine, Chunk *chunk, int part, uint64_t frame) {
    if (engine_refresh_part(engine, part, frame)) {
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

RT static bool draft_chosen(const Engine *engine) {
    return atomic_load_explicit(&engine->quality, memory_order_relaxed) == QUALITY_DRAFT; // stands alone
}

RT static Chunk *begin_chunk(Engine *engine) {
    // Where controls are worked out in every quality, unless the chunk before has worked them out already.
    if (engine->frame % DRAFT_GRID_FRAMES == 0 && engine->grid_done <= engine->frame) {
        engine->draft = engine->overload.lowered || draft_chosen(engine);
    }
    Chunk *chunk = engine_chunk(engine, pool_begin(engine->pool));
    chunk->frame = engine->frame;
    chunk->frames = 0;
    chunk->command_count = 0;
    chunk->draft = engine->draft;
    chunk->fade_step = 1.0f / (FADE_SECONDS * (float)engine->inner_rate_hz);
    chunk->smooth_share = engine->smooth_share;
    begin_rows(engine, chunk);
    for (uint32_t batch = 0; batch < engine->batch_count; batch++) {
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

// Fixes the rows of every grid point up to and with `frame`: events before a grid point count there, those at
// it do not.
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
    uint32_t batch = order.lane / engine->batch_lanes;
    const Voice *voice = &engine->voices.voice[order.lane];
    refresh_row(engine, chunk, voice->part, frame);
    int32_t index = (int32_t)chunk->command_count++;
    float key = (float)voice->key;
    chunk->commands[index] = (LaneCommand){
        .offset = (uint32_t)(frame - chunk->frame),
        .next = COMMAND_NONE,
        .lane = (uint16_t)(order.lane % engine->batch_lanes),
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

// Lanes set out at the first grid point after an event, however often a full chunk has its rows looked at
// before.
RT static void apply_next_event(Engine *engine, int source) {
    engine->arrival = (engine->voices.frame / GRID_FRAMES + 1) * GRID_FRAMES + engine->smooth_frames;
    engine_apply_event(engine, event_ring_peek(&engine->rings[source]));
    engine->rows_due = true;
    event_ring_pop(&engine->rings[source]);
    engine->events_left[source]--;
}

// Turns the events of the next `frames` frames into rows and commands. The chunk ends earlier when it is
// full.
RT static void fill_chunk(Engine *engine, Chunk *chunk, uint32_t frames) {
    int32_t last[BATCHES_MAX];
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
}

// ---- rendering it ----

RT static uint32_t list_batches(const Engine *engine, const Chunk *chunk, uint32_t *batches) {
    uint32_t count = 0;
    for (uint32_t batch = 0; batch * engine->batch_lanes < engine->voices.lanes_used; batch++) {
        bool wanted = chunk->first_command[batch] != COMMAND_NONE;
        const Voice *voice = &engine->voices.voice[batch * engine->batch_lanes];
        for (uint32_t lane = 0; lane < engine->batch_lanes && !wanted; lane++) {
            wanted = voice[lane].stage != VOICE_FREE;
        }
        if (wanted) {
            batches[count++] = batch;
        }
    }
    return count;
}

RT static void report_lanes(Engine *engine, const uint32_t *batches, uint32_t count) {
    for (uint32_t index = 0; index < count; index++) {
        uint32_t batch = batches[index];
        const Slot *slot = &engine->slots[pool_slot(engine->pool, batch)];
        for (uint32_t lane = 0; lane < engine->batch_lanes; lane++) {
            voices_report(&engine->voices, batch * engine->batch_lanes + lane, slot->alive[lane],
                          slot->level[lane]);
        }
    }
}

RT static void add_sound(float *restrict sum, const float *restrict more, uint32_t frames) {
    for (uint32_t frame = 0; frame < frames; frame++) {
        sum[frame] += more[frame];
    }
}

// Adds the batches' slots up by the tree (0+1)+(2+3)... over batch numbers; one that is silent is passed
// over.
RT static void mix(Engine *engine, const uint32_t *batches, uint32_t count, uint32_t frames, float *left,
                   float *right) {
    Slot *node[BATCHES_MAX] = {0};
    for (uint32_t index = 0; index < count; index++) {
        Slot *slot = &engine->slots[pool_slot(engine->pool, batches[index])];
        node[batches[index]] = slot->sounds ? slot : NULL;
    }
    for (uint32_t step = 1; step < engine->batch_count; step *= 2) {
        for (uint32_t at = 0; at + step < engine->batch_count; at += 2 * step) {
            if (node[at] && node[at + step]) {
                add_sound(node[at]->left, node[at + step]->left, frames);
                add_sound(node[at]->right, node[at + step]->right, frames);
            } else if (node[at + step]) {
                node[at] = node[at + step];
            }
        }
    }
    for (uint32_t frame = 0; frame < frames; frame++) {
        // Adding +0 makes a silent batch and one passed over agree.
        left[frame] = node[0] ? node[0]->left[frame] + 0.0f : 0.0f;
        right[frame] = node[0] ? node[0]->right[frame] + 0.0f : 0.0f;
    }
}

// Renders one chunk of at most `frames`; returns its length, which may be 0 when a chunk is full of one
// frame's commands.
RT static uint32_t render_chunk(Engine *engine, float *left, float *right, uint32_t frames,
                                uint64_t deadline_ns) {
    uint32_t batches[BATCHES_MAX];
    Chunk *chunk = begin_chunk(engine);
    fill_chunk(engine, chunk, frames);
    uint32_t count = list_batches(engine, chunk, batches);
    if (count) {
        // A chunk of no frames still has commands to carry out.
        pool_run(engine->pool, batches, count, chunk->frames ? chunk->frames : 1, deadline_ns);
    }
    mix(engine, batches, count, chunk->frames, left, right);
    engine->frame += chunk->frames;
    if (chunk_tells_lanes(chunk)) {
        report_lanes(engine, batches, count);
    }
    return chunk->frames;
}

// Bits of floats >= 0 are in the order of their values: whole numbers are compared in registers, floats are
// not.
RT static float peak_of(const float *samples, uint32_t frames) {
    int32_t peak_bits = 0;
    for (uint32_t frame = 0; frame < frames; frame++) {
        int32_t bits;
        memcpy(&bits, &samples[frame], sizeof bits);
        bits &= INT32_MAX; // without the sign
        peak_bits = bits > peak_bits ? bits : peak_bits;
    }
    float peak;
    memcpy(&peak, &peak_bits, sizeof peak);
    return peak;
}

// Each chunk may take its share of the time that is left. 0: there is no deadline.
RT static uint64_t chunk_deadline(uint64_t deadline_ns, uint32_t chunk, uint32_t rest) {
    if (deadline_ns == 0 || chunk == rest) {
        return deadline_ns;
    }
    uint64_t now_ns = clock_now_ns();
    return deadline_ns > now_ns ? now_ns + (deadline_ns - now_ns) * chunk / rest : deadline_ns;
}

// Renders frames of the inner rate.
RT static void render_chunks(Engine *engine, float *left, float *right, uint32_t frames,
                             uint64_t deadline_ns) {
    uint32_t done = 0;
    while (done < frames) {
        uint32_t rest = frames - done;
        uint32_t room = CHUNK_MAX_FRAMES - (uint32_t)(engine->frame % CHUNK_MAX_FRAMES);
        uint32_t chunk = rest < room ? rest : room;
        done +=
            render_chunk(engine, left + done, right + done, chunk, chunk_deadline(deadline_ns, chunk, rest));
    }
}

// The same by way of twice the rate.
RT static void render_halved(Engine *engine, float *left, float *right, uint32_t frames,
                             uint64_t deadline_ns) {
    for (uint32_t done = 0; done < frames;) {
        uint32_t rest = frames - done;
        uint32_t piece = rest < DECIMATOR_MAX_FRAMES ? rest : DECIMATOR_MAX_FRAMES;
        render_chunks(engine, engine->inner[0], engine->inner[1], 2 * piece,
                      chunk_deadline(deadline_ns, piece, rest));
        decimator_run(&engine->decimator[0], engine->inner[0], left + done, piece);
        decimator_run(&engine->decimator[1], engine->inner[1], right + done, piece);
        done += piece;
    }
}

RT void engine_render(Engine *engine, float *left, float *right, uint32_t frames, uint64_t deadline_ns) {
    cpu_flush_subnormals();
    uint64_t began_ns = clock_now_ns();
    uint64_t period_ns = deadline_ns ? (uint64_t)frames * 1000000000u / engine->config.rate_hz : 0;
    pool_callback_begin(engine->pool, began_ns, period_ns);
    // What producers push from now on is the next callback's: no flood keeps this one from its end.
    for (int source = 0; source < EVENT_SOURCE_COUNT; source++) {
        engine->events_left[source] = event_ring_count(&engine->rings[source]);
    }
    if (engine->oversampling == 1) {
        render_chunks(engine, left, right, frames, deadline_ns);
    } else {
        render_halved(engine, left, right, frames, deadline_ns);
    }
    pool_callback_end(engine->pool);
    MeterBlock block = {
        .frame = engine->frame / engine->oversampling,
        .took_ns = clock_now_ns() - began_ns,
        .had_ns = period_ns,
        .voices = engine->voices.sounding,
        .stolen = engine->voices.stolen,
        .dropped = engine->voices.dropped,
        .shed = engine->voices.shed,
        .lowered = engine->overload.lowered,
        .peak_left = peak_of(left, frames),
        .peak_right = peak_of(right, frames),
    };
    meter_block(&engine->meter, &block);
    if (engine->config.sheds && voices_no_order(&engine->voices)) {
        voices_shed(&engine->voices, overload_shed(&engine->overload, block.took_ns, period_ns,
                                                   engine->voices.playing, !draft_chosen(engine)));
    }
    if (deadline_ns && block.took_ns > period_ns) {
        engine_note_xrun(engine, XRUN_DEADLINE, 0);
    }
}
