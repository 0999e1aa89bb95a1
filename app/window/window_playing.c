// Sums up the events of every source: which keys are held, where wheels and pedals are.
#include "app/window/window_playing.h"

#include "app/live/live_notices.h"
#include "app/live/live_play.h"
#include "app/window/window_host_state.h"
#include "engine/midi/midi_names.h"

#include <string.h>

static void reset_controllers(Channel *channel) {
    channel->bend = 0.0f;
    channel->wheel = 0.0f;
    channel->sustain = false;
}

static void let_go(Channel *channel) {
    memset(channel->key_velocity, 0, sizeof channel->key_velocity);
    reset_controllers(channel);
}

static void hear_controller(WindowHost *host, int part, int controller, int value) {
    Channel *channel = &host->channels[part];
    if (controller == MIDI_CC_RESET_CONTROLLERS) {
        reset_controllers(channel);
        return;
    }
    if (controller >= MIDI_CC_CHANNEL_MODE) {
        memset(channel->key_velocity, 0, sizeof channel->key_velocity);
        return;
    }
    if (controller == MIDI_CC_WHEEL) {
        channel->wheel = (float)value / 127.0f;
    } else if (controller == MIDI_CC_SUSTAIN) {
        channel->sustain = value >= MIDI_PEDAL_DOWN;
    }
}

static void hear_midi(WindowHost *host, const uint8_t midi[4]) {
    int part = midi_channel_of(midi[0]);
    Channel *channel = &host->channels[part];
    channel->events++;
    switch (midi_kind(midi[0])) {
    case MIDI_NOTE_ON:
        channel->key_velocity[midi[1] & 127] = midi[2];
        break;
    case MIDI_NOTE_OFF:
        channel->key_velocity[midi[1] & 127] = 0;
        break;
    case MIDI_CONTROLLER:
        hear_controller(host, part, midi[1], midi[2]);
        break;
    case MIDI_BEND:
        channel->bend = (float)((midi[2] << 7 | midi[1]) - MIDI_CENTRE_14_BIT) / (float)MIDI_CENTRE_14_BIT;
        break;
    default:
        break;
    }
}

static void listen(WindowHost *host) {
    for (Event event; live_heard(host->live, &event);) {
        switch ((EventKind)event.kind) {
        case EVENT_MIDI:
            hear_midi(host, event.midi);
            break;
        case EVENT_PANIC:
        case EVENT_RESET:
            for (int part = 0; part < PART_COUNT; part++) {
                let_go(&host->channels[part]);
            }
            break;
        case EVENT_PARAM:
        case EVENT_PATCH:
        case EVENT_BANK:
        case EVENT_LEARN:
        case EVENT_CONTROLLER:
        case EVENT_FOCUS:
        case EVENT_MASTER_VOLUME:
            break;
        }
    }
}

static void activity(void *user, int part, HostActivity *out) {
    WindowHost *host = user;
    // Learned controllers on channels that play no notes turn what is shown.
    if (part != host->shown_part &&
        live_push(host->live, (Event){.kind = EVENT_FOCUS, .part = (uint8_t)part})) {
        host->shown_part = part;
    }
    listen(host);
    memset(out, 0, sizeof *out);
    for (int channel = 0; channel < PART_COUNT; channel++) {
        const Channel *from = &host->channels[channel];
        out->channel_events[channel] = from->events;
        for (int key = 0; key < 128; key++) {
            uint8_t velocity = from->key_velocity[key];
            out->channel_notes[channel] += velocity > 0;
            out->key_velocity[key] = velocity > out->key_velocity[key] ? velocity : out->key_velocity[key];
        }
    }
    out->bend = host->channels[part].bend;
    out->wheel = host->channels[part].wheel;
    out->sustain = host->channels[part].sustain;
}

static void push(void *user, Event event) {
    WindowHost *host = user;
    if (!live_push(host->live, event)) {
        Error notice;
        error_set(&notice, "More was asked of the engine than it takes at once; do it again.");
        live_notice_add(host->live, &notice);
    }
}

static void learn(void *user, ParamId param) {
    push(user, (Event){.kind = EVENT_LEARN, .param = (uint16_t)param});
}

static void learn_cancel(void *user) {
    learn(user, PARAM_COUNT);
}

static void learn_forget(void *user, ParamId param) {
    Event event = {.kind = EVENT_CONTROLLER, .param = (uint16_t)param};
    ControllerRow none = controller_row_none();
    memcpy(event.midi, &none, sizeof none);
    push(user, event);
}

static ParamId learning(void *user) {
    const WindowHost *host = user;
    return engine_learning(live_engine(host->live));
}

static int32_t learned(void *user, ParamId param) {
    const WindowHost *host = user;
    uint8_t controller = engine_controller(live_engine(host->live), param).controller;
    return controller == CONTROLLER_NONE ? -1 : controller;
}

void window_playing_add(WindowHost *host) {
    host->shown_part = PART_NONE;
    host->functions.activity = activity;
    host->functions.push = push;
    host->functions.learn = learn;
    host->functions.learn_cancel = learn_cancel;
    host->functions.learn_forget = learn_forget;
    host->functions.learning = learning;
    host->functions.learned = learned;
}
