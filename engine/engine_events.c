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

RT static void load_patch(Engine *engine, int part, uint32_t patch) {
    if (patch >= engine->bank.patch_count) {
        return;
    }
    part_load(&engine->parts[part], engine->bank.patches[patch].values);
    for (int param = 0; param < PARAM_COUNT; param++) {
        show_value(engine, part, param);
    }
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

void engine_take_parts(Engine *engine, const Engine *from) {
    engine->master_gain = from->master_gain;
    for (int index = 0; index < PART_COUNT; index++) {
        Part *part = &engine->parts[index];
        part_load(part, from->parts[index].values);
        part->channel = from->parts[index].channel;
        engine_refresh_part(engine, index);
        for (int param = 0; param < PARAM_COUNT; param++) {
            show_value(engine, index, param);
        }
    }
}

RT static void fade_all(Engine *engine) {
    for (int part = 0; part < PART_COUNT; part++) {
        voices_all_sound_off(&engine->voices, (uint8_t)part);
    }
}

RT static void start_note(Engine *engine, uint8_t part, const uint8_t midi[3]) {
    if (!atomic_load_explicit(&engine->hushed, memory_order_relaxed)) { // stands alone, or came with an event
        float soft = engine->parts[part].channel.soft ? SOFT_PEDAL_GAIN : 1.0f;
        voices_note_on(&engine->voices, part, midi[1], (float)midi[2] / 127.0f * soft);
    }
}

RT static void apply_midi(Engine *engine, const uint8_t midi[3]) {
    uint8_t index = midi_channel_of(midi[0]);
    Part *part = &engine->parts[index];
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

RT void engine_apply_event(Engine *engine, const Event *event) {
    int part = event->part % PART_COUNT;
    switch ((EventKind)event->kind) {
    case EVENT_MIDI:
        apply_midi(engine, event->midi);
        break;
    case EVENT_PARAM:
        if (event->param < PARAM_COUNT) {
            part_set(&engine->parts[part], (ParamId)event->param, event->value);
            show_value(engine, part, event->param);
        }
        break;
    case EVENT_PATCH:
        load_patch(engine, part, event->param);
        break;
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
        if (event->part < engine->bank.patch_count && event->param < PARAM_COUNT) {
            engine->bank.patches[event->part].values[event->param] =
                param_clamp((ParamId)event->param, event->value);
        }
        break;
    case EVENT_MASTER_VOLUME:
        engine->master_gain = event->value >= 0.0f && event->value <= 1.0f ? event->value : 1.0f;
        for (int index = 0; index < PART_COUNT; index++) {
            engine->parts[index].changed = true;
        }
        break;
    }
}
