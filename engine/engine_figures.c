// Answers what other threads ask of an engine, without the audio thread's help.
#include "engine/engine_state.h"
#include "platform/clock.h"

#include <string.h>

RT uint64_t engine_frame(const Engine *engine) {
    return atomic_load_explicit(&engine->meter.frame, memory_order_relaxed);
}

uint32_t engine_voices_sounding(const Engine *engine) {
    return atomic_load_explicit(&engine->meter.voices, memory_order_relaxed);
}

uint32_t engine_lanes(const Engine *engine) {
    return engine->plan.lane_count;
}

uint32_t engine_part_patch(const Engine *engine, int part) {
    return atomic_load_explicit(&engine->part_patch[part], memory_order_relaxed);
}

ControllerRow engine_controller(const Engine *engine, ParamId param) {
    uint32_t packed = atomic_load_explicit(&engine->controllers[param], memory_order_relaxed);
    ControllerRow row;
    memcpy(&row, &packed, sizeof row);
    return row;
}

ParamId engine_learning(const Engine *engine) {
    return (ParamId)atomic_load_explicit(&engine->learning, memory_order_relaxed);
}

uint32_t engine_learn_refusals(const Engine *engine, uint8_t *controller) {
    uint32_t refusals = atomic_load_explicit(&engine->learn_refusals, memory_order_relaxed);
    *controller = (uint8_t)refusals;
    return refusals >> 8;
}

void engine_part_values(const Engine *engine, int part, float values[PARAM_COUNT]) {
    for (int param = 0; param < PARAM_COUNT; param++) {
        uint32_t bits = atomic_load_explicit(&engine->part_values[part][param], memory_order_relaxed);
        memcpy(&values[param], &bits, sizeof bits);
    }
}

void engine_figures(Engine *engine, EngineFigures *figures) {
    meter_read(&engine->meter, figures);
    figures->serial = engine->serial;
    pool_figures(engine->pool, figures->worker, &figures->workers, &figures->rescues);
}

RT void engine_note_xrun(Engine *engine, XrunCause cause, uint64_t gap_ns) {
    uint32_t slowest = pool_slowest(engine->pool);
    const Meter *meter = &engine->meter;
    XrunEntry entry = {
        .time_ns = clock_now_ns(),
        .frame = engine->frame / engine->oversampling,
        .block_ns = gap_ns ? gap_ns : atomic_load_explicit(&meter->block_ns, memory_order_relaxed),
        .deadline_ns = atomic_load_explicit(&meter->deadline_ns, memory_order_relaxed),
        .cause = cause,
        .voices = engine->voices.sounding,
        .slowest_worker = slowest,
        .slowest_cpu = pool_worker_cpu(engine->pool, slowest),
    };
    meter_xrun(&engine->meter, &entry);
}
