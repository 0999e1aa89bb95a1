// Renders what a callback wants, chunk by chunk: batches to the pool, their slots to the mix, figures.
#include "engine/engine_state.h"

#include "engine/mix/mix.h"
#include "engine/pool/pool_trace.h"
#include "platform/clock.h"
#include "platform/cpu.h"

#include <string.h>

_Static_assert(2 * DECIMATOR_MAX_FRAMES == CHUNK_MAX_FRAMES, "Engine.inner holds what a decimator takes");

RT void engine_render_job(void *user, const PoolJob *job) {
    const Engine *engine = user;
    const Chunk *chunk = engine_chunk(engine, job->context);
    Slot *slot = &engine->slots[job->slot];
    unsigned char *state = engine->states + job->state_out * engine->plan.state_bytes;
    slot->sounds = engine->kernel->render(chunk, chunk->first_command[job->batch],
                                          engine->states + job->state_in * engine->plan.state_bytes, state,
                                          engine->plan.batch_registers, slot->sound);
    if (chunk_tells_lanes(chunk)) {
        engine->kernel->status(state, engine->plan.batch_registers, slot->alive, slot->level);
    }
}

RT static uint32_t list_batches(const Engine *engine, const Chunk *chunk, uint32_t *batches) {
    uint32_t count = 0;
    for (uint32_t batch = 0; batch * engine->plan.batch_lanes < engine->voices.lanes_used; batch++) {
        bool wanted = chunk->first_command[batch] != COMMAND_NONE;
        const Voice *voice = &engine->voices.voice[batch * engine->plan.batch_lanes];
        for (uint32_t lane = 0; lane < engine->plan.batch_lanes && !wanted; lane++) {
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
        for (uint32_t lane = 0; lane < engine->plan.batch_lanes; lane++) {
            voices_report(&engine->voices, batch * engine->plan.batch_lanes + lane, slot->alive[lane],
                          slot->level[lane]);
        }
    }
}

RT static void mix_batches(const Engine *engine, const uint32_t *batches, uint32_t count, uint32_t frames,
                           float *const channels[CHANNEL_COUNT]) {
    Slot *slots[BATCHES_MAX] = {0};
    for (uint32_t index = 0; index < count; index++) {
        slots[batches[index]] = &engine->slots[pool_slot(engine->pool, batches[index])];
    }
    mix_slots(slots, engine->plan.batch_count, frames, channels);
}

// Renders one chunk of at most `frames`; returns its length, which is 0 when one frame's commands fill it.
RT static uint32_t render_chunk(Engine *engine, float *const channels[CHANNEL_COUNT], uint32_t frames,
                                uint64_t deadline_ns) {
    uint32_t batches[BATCHES_MAX];
    const Chunk *chunk = engine_fill_chunk(engine, frames);
    uint32_t count = list_batches(engine, chunk, batches);
    if (count) {
        // A chunk of no frames still has commands to carry out.
        pool_run(engine->pool, batches, count, chunk->frames ? chunk->frames : 1, deadline_ns);
    }
    uint64_t trace_ns = pool_trace_begin(engine->pool);
    mix_batches(engine, batches, count, chunk->frames, channels);
    pool_trace_end(engine->pool, TRACE_MIX, trace_ns, count);
    engine->frame += chunk->frames;
    if (chunk_tells_lanes(chunk)) {
        report_lanes(engine, batches, count);
    }
    return chunk->frames;
}

// Of two floats >= 0 the larger one has the larger bits. Bits are compared, since compilers turn that into
// SIMD; a maximum of floats stays scalar without fast-math.
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

// A chunk may take as much of the time left as it has of the frames left. deadline_ns: 0 for none.
RT static uint64_t chunk_deadline(uint64_t deadline_ns, uint32_t chunk, uint32_t rest) {
    if (deadline_ns == 0 || chunk == rest) {
        return deadline_ns;
    }
    uint64_t now_ns = clock_now_ns();
    return deadline_ns > now_ns ? now_ns + (deadline_ns - now_ns) * chunk / rest : deadline_ns;
}

// Renders frames of the inner rate.
RT static void render_chunks(Engine *engine, float *const channels[CHANNEL_COUNT], uint32_t frames,
                             uint64_t deadline_ns) {
    uint32_t done = 0;
    while (done < frames) {
        uint32_t rest = frames - done;
        uint32_t room = CHUNK_MAX_FRAMES - (uint32_t)(engine->frame % CHUNK_MAX_FRAMES);
        uint32_t chunk = rest < room ? rest : room;
        done += render_chunk(engine, CHANNELS_AT(channels, done), chunk,
                             chunk_deadline(deadline_ns, chunk, rest));
    }
}

// Renders twice as many frames of the inner rate, and halves them.
RT static void render_halved(Engine *engine, float *const channels[CHANNEL_COUNT], uint32_t frames,
                             uint64_t deadline_ns) {
    for (uint32_t done = 0; done < frames;) {
        uint32_t rest = frames - done;
        uint32_t piece = rest < DECIMATOR_MAX_FRAMES ? rest : DECIMATOR_MAX_FRAMES;
        render_chunks(engine, CHANNELS_AT(engine->inner, 0), 2 * piece,
                      chunk_deadline(deadline_ns, piece, rest));
        for (int channel = 0; channel < CHANNEL_COUNT; channel++) {
            decimator_run(&engine->decimator[channel], engine->inner[channel], channels[channel] + done,
                          piece);
        }
        done += piece;
    }
}

RT void engine_render(Engine *engine, float *const channels[CHANNEL_COUNT], uint32_t frames,
                      uint64_t deadline_ns) {
    cpu_flush_subnormals();
    uint64_t began_ns = clock_now_ns();
    uint64_t period_ns = deadline_ns ? (uint64_t)frames * 1000000000u / engine->config.rate_hz : 0;
    pool_callback_begin(engine->pool, began_ns, period_ns);
    // What producers push from now on is the next callback's: no flood keeps this one from its end.
    for (int source = 0; source < EVENT_SOURCE_COUNT; source++) {
        engine->events_left[source] = event_ring_count(&engine->rings[source]);
    }
    if (engine->oversampling == 1) {
        render_chunks(engine, channels, frames, deadline_ns);
    } else {
        render_halved(engine, channels, frames, deadline_ns);
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
    };
    for (int channel = 0; channel < CHANNEL_COUNT; channel++) {
        block.peak[channel] = peak_of(channels[channel], frames);
    }
    meter_block(&engine->meter, &block);
    if (engine->config.sheds && voices_no_order(&engine->voices)) {
        voices_shed(&engine->voices, overload_shed(&engine->overload, block.took_ns, period_ns,
                                                   engine->voices.playing, !engine_draft_chosen(engine)));
    }
    if (deadline_ns && block.took_ns > period_ns) {
        engine_note_xrun(engine, XRUN_DEADLINE, 0);
    }
}
