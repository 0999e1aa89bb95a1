// Copies PortMidi's list of inputs.
#include "app/live/midi_list.h"

#include "app/choose.h"
#include "app/text_match.h"
#include "platform/midi_ports.h"
#include "platform/quiet.h"

#include <portmidi.h>
#include <stdio.h>
#include <string.h>

bool midi_system_start(bool show_messages, Error *error) {
    if (!show_messages) {
        quiet_begin();
    }
    PmError status = Pm_Initialize();
    if (!show_messages) {
        quiet_end();
    }
    if (status != pmNoError) {
        error_set(error, "PortMidi does not start: %s; --midi none plays without it",
                  Pm_GetErrorText(status));
    }
    return status == pmNoError;
}

void midi_system_stop(void) {
    Pm_Terminate();
}

void midi_list_fill(MidiList *list) {
    list->count = 0;
    for (int number = 0; number < Pm_CountDevices() && list->count < MIDI_INPUTS_MAX; number++) {
        const PmDeviceInfo *info = Pm_GetDeviceInfo(number);
        if (info && info->input) {
            MidiDevice *device = &list->inputs[list->count++];
            midi_ports_name(device->name, sizeof device->name, info->name);
            snprintf(device->api, sizeof device->api, "%s", info->interf);
            device->number = number;
        }
    }
}

bool midi_name_is_stream(const char *name) {
    return strcmp(name, "-") == 0 || name[0] == '/' || name[0] == '.' || strncmp(name, "\\\\", 2) == 0;
}

static void add_streams(MidiList *list, const char *const *wanted, uint32_t wanted_count) {
    for (uint32_t i = 0; i < wanted_count && list->count < MIDI_INPUTS_MAX; i++) {
        if (midi_name_is_stream(wanted[i])) {
            MidiDevice *device = &list->inputs[list->count++];
            snprintf(device->name, sizeof device->name, "%s", wanted[i]);
            snprintf(device->api, sizeof device->api, "stream");
            device->number = MIDI_NUMBER_STREAM;
        }
    }
}

bool midi_list_choose(MidiList *list, const char *const *wanted, uint32_t wanted_count, Error *error) {
    list->all = wanted_count == 0;
    if (list->all) {
        return true;
    }
    if (wanted_count == 1 && text_same(wanted[0], "none")) {
        list->count = 0;
        return true;
    }
    Choosable things[MIDI_INPUTS_MAX];
    for (uint32_t i = 0; i < list->count; i++) {
        things[i] = (Choosable){list->inputs[i].name, list->inputs[i].number};
    }
    bool chosen[MIDI_INPUTS_MAX] = {false};
    for (uint32_t i = 0; i < wanted_count; i++) {
        if (midi_name_is_stream(wanted[i])) {
            continue;
        }
        int32_t index = choose_thing(things, list->count, wanted[i], "MIDI input", error);
        if (index == CHOOSE_NONE) {
            return false;
        }
        chosen[index] = true;
    }
    uint32_t kept = 0;
    for (uint32_t i = 0; i < list->count; i++) {
        if (chosen[i]) {
            list->inputs[kept++] = list->inputs[i];
        }
    }
    list->count = kept;
    add_streams(list, wanted, wanted_count);
    return true;
}
