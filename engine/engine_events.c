// What each event does to parts and voices.
#include "engine/engine_state.h"

#include "engine/midi/midi_names.h"

#include <string.h>

#define SOFT_PEDAL_GAIN 0.7f // of the velocity: about 6 dB softer with full velocity response

RT static void show_value(Engine *engine, int part, int param) {
    uint32_t bits;
    memcpy(&bits, &engine->parts[part].values[param], sizeof bits);
    atomic_store_explicit(&engine->part_values[part][param], bits, memory_order_relaxed);
}

// tag: of the patch, for engine_part_patch.
RT static void load_values(Engine *engine, int part, const float values[PARAM_COUNT], uint32_t tag) {
    part_load(&engine->parts[part], values);
    for (int param = 0; param < PARAM_COUNT; param++) {
        show_value(engine, part, param);
    }
    atomic_store_explicit(&engine->part_patch[part], tag, memory_order_relaxed); // stands alone
}

RT static void load_patch(Engine *engine, int part, uint32_t patch) {
    load_values(engine, part, engine->bank.patches[patch].values, patch);
}

RT static uint32_t first_patch(const Engine *engine, int part) {
    return part == MIDI_DRUM_CHANNEL ? engine->bank.drum_patch : engine->bank.first_patch;
}

RT void engine_reset_parts(Engine *engine) {
    engine->master_gain = 1.0f;
    for (int part = 0; part < PART_COUNT; part++) {
        midi_channel_init(&engine->parts[part].channel);
        load_patch(engine, part, first_patch(engine, part));
    }
}

RT static void set_controller(Engine *engine, ParamId param, ControllerRow row) {
    engine->controller_map.row[param] = row;
    uint32_t packed;
    memcpy(&packed, &row, sizeof packed);
    atomic_store_explicit(&engine->controllers[param], packed, memory_order_relaxed); // stands alone
}

RT static void set_learning(Engine *engine, ParamId param) {
    engine->controller_map.learning = param;
    atomic_store_explicit(&engine->learning, param, memory_order_relaxed); // stands alone
}

void engine_reset_controllers(Engine *engine) {
    controller_map_init(&engine->controller_map);
    for (int param = 0; param < PARAM_COUNT; param++) {
        set_controller(engine, (ParamId)param, engine->controller_map.row[param]);
    }
    set_learning(engine, engine->controller_map.learning);
}

// What was asked for and not reached yet counts as well; notes end with their engine.
static void apply_waiting(Engine *engine) {
    for (const Event *event; (event = event_ring_peek(&engine->rings[EVENT_SOURCE_MAIN]));) {
        if (event->kind != EVENT_MIDI) {
            engine_apply_event(engine, event);
        }
        event_ring_pop(&engine->rings[EVENT_SOURCE_MAIN]);
    }
}

void engine_take_parts(Engine *engine, Engine *from) {
    apply_waiting(from);
    engine->master_gain = from->master_gain;
    for (int index = 0; index < PART_COUNT; index++) {
        load_values(engine, index, from->parts[index].values,
                    atomic_load_explicit(&from->part_patch[index], memory_order_relaxed));
        engine->parts[index].channel = from->parts[index].channel;
        engine->played[index] = from->played[index];
        engine->parts[index].begins = true;
        engine_refresh_part(engine, index, engine->frame);
    }
    engine->focus = from->focus;
    for (int param = 0; param < PARAM_COUNT; param++) {
        set_controller(engine, (ParamId)param, from->controller_map.row[param]);
    }
    set_learning(engine, from->controller_map.learning);
}

RT static void fade_all(Engine *engine) {
    for (int part = 0; part < PART_COUNT; part++) {
        voices_all_sound_off(&engine->voices, (uint8_t)part);
    }
}

RT static void set_param(Engine *engine, int part, ParamId param, float value) {
    part_set(&engine->parts[part], param, value);
    show_value(engine, part, (int)param);
}

RT static void learn(Engine *engine, uint8_t controller) {
    ParamId param = engine->controller_map.learning;
    switch (controller_map_hear(&engine->controller_map, controller)) {
    case CONTROLLER_PASSED:
        break;
    case CONTROLLER_LEARNED:
        set_controller(engine, param, engine->controller_map.row[param]);
        set_learning(engine, PARAM_COUNT);
        break;
    case CONTROLLER_REFUSED: {
        uint32_t count = atomic_load_explicit(&engine->learn_refusals, memory_order_relaxed) >> 8;
        atomic_store_explicit(&engine->learn_refusals, (count + 1) << 8 | controller, memory_order_relaxed);
        break;
    }
    }
}

// Knobs often send on a channel of their own: where no note was ever played, they turn what has the focus.
RT static void turn(Engine *engine, uint8_t channel, uint8_t controller, uint8_t value) {
    int part = engine->played[channel] ? channel : engine->focus;
    for (int param = 0; param < PARAM_COUNT; param++) {
        ControllerRow row = engine->controller_map.row[param];
        if (controller_row_follows(row, channel, controller)) {
            set_param(engine, part, (ParamId)param, controller_row_value(row, (ParamId)param, value));
        }
    }
}

RT static void start_note(Engine *engine, uint8_t part, const uint8_t midi[3]) {
    engine->played[part] = true;
    if (!atomic_load_explicit(&engine->hushed, memory_order_relaxed)) { // stands alone, or came with an event
        float soft = engine->parts[part].channel.soft ? SOFT_PEDAL_GAIN : 1.0f;
        voices_note_on(&engine->voices, part, midi[1], (float)midi[2] / 127.0f * soft);
    }
}

RT static void apply_midi(Engine *engine, const uint8_t midi[3]) {
    uint8_t index = midi_channel_of(midi[0]);
    Part *part = &engine->parts[index];
    if (midi_kind(midi[0]) == MIDI_CONTROLLER) {
        learn(engine, midi[1]);
        turn(engine, index, midi[1], midi[2]);
    }
    Voices *voices = &engine->voices;
    MidiChannel *channel = &part->channel;
    switch (midi_channel_apply(channel, midi)) {
    case MIDI_EFFECT_NONE:
        break;
    case MIDI_EFFECT_CONTROL:
        part->changed = true;
        break;
    case MIDI_EFFECT_NOTE_ON:
        start_note(engine, index, midi);
        break;
    case MIDI_EFFECT_NOTE_OFF:
        voices_note_off(voices, index, midi[1], channel->sustain);
        break;
    case MIDI_EFFECT_SUSTAIN:
        if (!channel->sustain) {
            voices_sustain_up(voices, index);
        }
        break;
    case MIDI_EFFECT_SOSTENUTO:
        voices_sostenuto(voices, index, channel->sostenuto, channel->sustain);
        break;
    case MIDI_EFFECT_CONTROLLERS_RESET:
        part->changed = true;
        voices_sostenuto(voices, index, false, false);
        break;
    case MIDI_EFFECT_ALL_NOTES_OFF:
        voices_all_notes_off(voices, index, channel->sustain);
        break;
    case MIDI_EFFECT_ALL_SOUND_OFF:
        voices_all_sound_off(voices, index);
        break;
    case MIDI_EFFECT_PROGRAM:
        load_patch(engine, index,
                   index == MIDI_DRUM_CHANNEL ? engine->bank.drum_patch
                                              : engine->bank.program_patch[channel->program & 127u]);
        break;
    }
}

_Static_assert(sizeof(ControllerRow) == sizeof(uint32_t), "it is packed into a word and an event's midi");

RT void engine_apply_event(Engine *engine, const Event *event) {
    int part = event->part % PART_COUNT;
    switch ((EventKind)event->kind) {
    case EVENT_MIDI:
        apply_midi(engine, event->midi);
        break;
    case EVENT_PARAM:
        if (event->param < PARAM_COUNT) {
            set_param(engine, part, (ParamId)event->param, event->value);
        }
        break;
    case EVENT_PATCH: {
        const QueuedPatch *patch = patch_queue_take(&engine->patches, event->param);
        load_values(engine, part, patch->values, patch->tag);
        patch_queue_pop(&engine->patches, event->param);
        break;
    }
    case EVENT_PANIC:
        fade_all(engine);
        for (int index = 0; index < PART_COUNT; index++) {
            midi_channel_init(&engine->parts[index].channel);
            engine->parts[index].changed = true;
        }
        break;
    case EVENT_RESET:
        fade_all(engine);
        engine_reset_parts(engine);
        break;
    case EVENT_BANK:
        if (event->part < engine->bank.patch_count) {
            memcpy(engine->bank.patches[event->part].values,
                   patch_queue_take(&engine->patches, event->param)->values, sizeof(float[PARAM_COUNT]));
        }
        patch_queue_pop(&engine->patches, event->param);
        break;
    case EVENT_LEARN:
        set_learning(engine, event->param < PARAM_COUNT ? (ParamId)event->param : PARAM_COUNT);
        break;
    case EVENT_CONTROLLER: {
        ControllerRow row;
        memcpy(&row, event->midi, sizeof row);
        if (event->param < PARAM_COUNT && controller_row_valid(row)) {
            set_controller(engine, (ParamId)event->param, row);
        }
        break;
    }
    case EVENT_FOCUS:
        engine->focus = (uint8_t)part;
        break;
    case EVENT_MASTER_VOLUME:
        engine->master_gain = event->value >= 0.0f && event->value <= 1.0f ? event->value : 1.0f;
        for (int index = 0; index < PART_COUNT; index++) {
            engine->parts[index].changed = true;
        }
        break;
    }
}
