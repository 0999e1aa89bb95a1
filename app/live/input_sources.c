// Opens MIDI inputs, and after a device came or went opens them again by name.
#include "app/live/input_sources.h"

#include "engine/midi/midi_names.h"
#include "platform/midi_queue.h"

#include <stdio.h>
#include <string.h>

enum {
    BUFFER_MESSAGES = 4096, // a second of the densest stream that a wire carries
};

bool input_sources_wanted(const MidiList *list) {
    bool wanted = list->all;
    for (uint32_t i = 0; i < list->count; i++) {
        wanted = wanted || list->inputs[i].number != MIDI_NUMBER_STREAM;
    }
    return wanted;
}

/// Is this input listed, by name and, when exact, by number? Marks the entry as used.
static bool is_listed(const MidiDevice *device, const MidiList *list, bool used[MIDI_INPUTS_MAX],
                      bool exact) {
    for (uint32_t i = 0; i < list->count; i++) {
        if (!used[i] && strcmp(device->name, list->inputs[i].name) == 0 &&
            (!exact || device->number == list->inputs[i].number)) {
            used[i] = true;
            return true;
        }
    }
    return false;
}

/// Lists the inputs that are connected now and were listed: the same numbers where they still fit the names,
/// which the system may have given anew.
static void find_listed(MidiList *found, const MidiList *list) {
    midi_list_fill(found);
    if (list->all) {
        return;
    }
    bool used[MIDI_INPUTS_MAX] = {false};
    bool keep[MIDI_INPUTS_MAX] = {false};
    for (int exact = 1; exact >= 0; exact--) {
        for (uint32_t i = 0; i < found->count; i++) {
            keep[i] = keep[i] || is_listed(&found->inputs[i], list, used, exact);
        }
    }
    uint32_t kept = 0;
    for (uint32_t i = 0; i < found->count; i++) {
        if (keep[i]) {
            found->inputs[kept++] = found->inputs[i];
        }
    }
    found->count = kept;
}

void input_sources_open(InputSources *sources, const MidiList *list, InputClock clock, Error *trouble) {
    MidiList found;
    find_listed(&found, list);
    sources->count = 0;
    sources->queue = midi_queue_widen();
    for (uint32_t i = 0; i < found.count; i++) {
        const MidiDevice *device = &found.inputs[i];
        InputSource *source = &sources->open[sources->count];
        *source = (InputSource){0};
        PmError status =
            Pm_OpenInput(&source->stream, device->number, NULL, BUFFER_MESSAGES, clock.time_ms, clock.user);
        if (status == pmNoError) {
            midi_parser_init(&source->parser);
            snprintf(source->name, sizeof source->name, "%s", device->name);
            sources->count++;
        } else if (!trouble->text[0]) {
            error_set(trouble, "MIDI input %s does not open: %s; close the program that uses it",
                      device->name, Pm_GetErrorText(status));
        }
    }
}

void input_sources_close(InputSources *sources) {
    for (uint32_t i = 0; i < sources->count; i++) {
        Pm_Close(sources->open[i].stream);
    }
    sources->count = 0;
    sources->queue = MIDI_QUEUE_NONE;
}

/// Moves what the sources of before knew to those of the same name; *gone gets the rest.
static void hand_over(const InputSources *before, InputSources *sources, InputSources *gone) {
    bool taken[MIDI_INPUTS_MAX] = {false};
    gone->count = 0;
    for (uint32_t i = 0; i < before->count; i++) {
        uint32_t k = 0;
        while (k < sources->count && (taken[k] || strcmp(sources->open[k].name, before->open[i].name) != 0)) {
            k++;
        }
        if (k == sources->count) {
            gone->open[gone->count++] = before->open[i];
            continue;
        }
        taken[k] = true;
        memcpy(sources->open[k].held, before->open[i].held, sizeof before->open[i].held);
        memcpy(sources->open[k].pedal, before->open[i].pedal, sizeof before->open[i].pedal);
    }
}

void input_sources_reopen(InputSources *sources, const MidiList *list, InputClock clock, InputSources *gone) {
    InputSources before = *sources;
    input_sources_close(sources);
    midi_system_stop();
    Error trouble = {.text = ""};
    if (midi_system_start(true, &trouble)) {
        input_sources_open(sources, list, clock, &trouble);
    }
    hand_over(&before, sources, gone);
}

void input_source_note(InputSource *source, const uint8_t midi[3]) {
    uint8_t kind = midi_kind(midi[0]);
    uint8_t channel = midi_channel_of(midi[0]);
    uint8_t *byte = &source->held[channel][midi[1] / 8 % (MIDI_KEYS / 8)];
    uint8_t bit = (uint8_t)(1u << midi[1] % 8);
    if (kind == MIDI_NOTE_ON && midi[2] > 0) {
        *byte |= bit;
    } else if (kind == MIDI_NOTE_OFF || kind == MIDI_NOTE_ON) {
        *byte &= (uint8_t)~bit;
    } else if (kind == MIDI_CONTROLLER && midi[1] == MIDI_CC_SUSTAIN) {
        source->pedal[channel] = midi[2] >= MIDI_PEDAL_DOWN;
    }
}

void input_source_release(InputSource *source, void (*release)(void *user, const uint8_t midi[3]),
                          void *user) {
    for (int channel = 0; channel < MIDI_CHANNELS; channel++) {
        for (int key = 0; key < MIDI_KEYS; key++) {
            if (source->held[channel][key / 8] >> key % 8 & 1) {
                release(user, (uint8_t[3]){(uint8_t)(MIDI_NOTE_OFF | channel), (uint8_t)key, 0});
            }
        }
        if (source->pedal[channel]) {
            release(user, (uint8_t[3]){(uint8_t)(MIDI_CONTROLLER | channel), MIDI_CC_SUSTAIN, 0});
        }
    }
    memset(source->held, 0, sizeof source->held);
    memset(source->pedal, 0, sizeof source->pedal);
}
