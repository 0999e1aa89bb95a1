// Starts PortMidi anew for each choice, and puts in words what the input thread counts.
#include "app/live/live_midi.h"

#include "app/live/live_notices.h"
#include "app/live/live_play.h"
#include "app/live/live_state.h"
#include "app/text_match.h"

#include <string.h>

bool live_input_start(Live *live, Error *error) {
    Error trouble;
    live->overflows_told = 0;
    live->unplugged_told = 0;
    live->plugged_told = 0;
    live->input = input_create(&live->midi, live->engine, &live->callback.clock,
                               &live->heard[EVENT_SOURCE_MIDI], &trouble, error);
    if (live->input && trouble.text[0]) {
        live_notice_add(live, &trouble);
    }
    return live->input != NULL;
}

static bool only_streams(const char *const *wanted, uint32_t wanted_count) {
    uint32_t streams = 0;
    for (uint32_t i = 0; i < wanted_count; i++) {
        streams += midi_name_is_stream(wanted[i]);
    }
    return wanted_count > 0 && streams == wanted_count;
}

bool live_midi_open(Live *live, const char *const *wanted, uint32_t wanted_count, Error *error) {
    Error trouble;
    bool none = wanted_count == 1 && text_same(wanted[0], "none");
    if (!none && !only_streams(wanted, wanted_count) && !live->midi_started) {
        live->midi_started = midi_system_start(live->show_messages, &trouble);
        if (!live->midi_started) {
            if (wanted_count > 0) {
                *error = trouble;
                return false;
            }
            live_notice_add(live, &trouble);
        }
    }
    MidiList list = {0};
    if (live->midi_started) {
        midi_list_fill(&list);
    }
    if (!midi_list_choose(&list, wanted, wanted_count, error)) {
        return false;
    }
    list.all = list.all && live->midi_started;
    live->midi = list;
    return true;
}

bool live_set_midi(Live *live, const char *const *wanted, uint32_t wanted_count, Error *error) {
    if (!live_plays(live, error)) {
        return false;
    }
    input_destroy(live->input);
    live->input = NULL;
    if (live->midi_started) {
        midi_system_stop(); // PortMidi sees new devices only when it starts
        live->midi_started = false;
    }
    MidiList old = live->midi;
    bool opened = live_midi_open(live, wanted, wanted_count, error);
    if (!opened) {
        live->midi = old;
    }
    Error trouble;
    if (!live_input_start(live, &trouble)) {
        live_notice_add(live, &trouble);
    }
    return opened;
}

// New inputs join the list of all.
static void list_plugged(Live *live) {
    MidiList *list = &live->midi;
    for (char name[MIDI_NAME_BYTES]; live->input && input_plugged(live->input, name);) {
        bool listed = !list->all || list->count == MIDI_INPUTS_MAX;
        for (uint32_t i = 0; i < list->count && !listed; i++) {
            listed = strcmp(list->inputs[i].name, name) == 0;
        }
        if (!listed) {
            MidiDevice *device = &list->inputs[list->count++];
            *device = (MidiDevice){0};
            memcpy(device->name, name, sizeof name);
        }
    }
}

void live_midi_watch(Live *live) {
    list_plugged(live);
    Error trouble;
    InputFigures figures;
    live_input_figures(live, &figures);
    if (figures.unplugged > live->unplugged_told) {
        live->unplugged_told = figures.unplugged;
        error_set(&trouble,
                  "A MIDI input was unplugged: its keys were let go; it plays again when it is back.");
        live_notice_add(live, &trouble);
    }
    if (figures.plugged > live->plugged_told) {
        live->plugged_told = figures.plugged;
        error_set(&trouble, "A MIDI input was plugged in and plays.");
        live_notice_add(live, &trouble);
    }
    if (figures.overflows > live->overflows_told) {
        live->overflows_told = figures.overflows;
        error_set(&trouble, "More MIDI came at once than the driver could keep: all notes were let go.");
        live_notice_add(live, &trouble);
    }
}

const MidiList *live_midi(const Live *live) {
    return &live->midi;
}

void live_input_figures(const Live *live, InputFigures *figures) {
    *figures = (InputFigures){0};
    if (live->input) {
        input_figures(live->input, figures);
    }
}
