// A row for each parameter: one controller may turn several, a parameter follows one.
#include "engine/midi/controller_map.h"

#include "engine/midi/midi_names.h"

#include <stddef.h>

RT ControllerRow controller_row_none(void) {
    return (ControllerRow){CONTROLLER_NONE, CHANNEL_ANY, 0, TRAVEL_PERCENT_MAX};
}

RT bool controller_may_learn(int controller) {
    switch (controller) {
    case MIDI_CC_BANK_MSB:
    case MIDI_CC_BANK_LSB:
    case MIDI_CC_DATA_MSB:
    case MIDI_CC_DATA_LSB:
    case MIDI_CC_SUSTAIN:
    case MIDI_CC_DATA_INCREMENT:
    case MIDI_CC_DATA_DECREMENT:
    case MIDI_CC_NRPN_LSB:
    case MIDI_CC_NRPN_MSB:
    case MIDI_CC_RPN_LSB:
    case MIDI_CC_RPN_MSB:
        return false;
    default:
        return controller >= 0 && controller < MIDI_CC_CHANNEL_MODE;
    }
}

RT bool controller_row_valid(ControllerRow row) {
    bool channel_valid = row.channel <= 15 || row.channel == CHANNEL_ANY;
    bool travel_valid = row.from_percent <= TRAVEL_PERCENT_MAX && row.to_percent <= TRAVEL_PERCENT_MAX;
    return channel_valid && travel_valid &&
           (row.controller == CONTROLLER_NONE || controller_may_learn(row.controller));
}

RT void controller_map_init(ControllerMap *map) {
    for (size_t param = 0; param < PARAM_COUNT; param++) {
        map->row[param] = controller_row_none();
    }
    map->learning = PARAM_COUNT;
}

RT ControllerHeard controller_map_hear(ControllerMap *map, uint8_t controller) {
    if (map->learning == PARAM_COUNT || controller >= MIDI_CC_CHANNEL_MODE) {
        return CONTROLLER_PASSED;
    }
    if (!controller_may_learn(controller)) {
        return CONTROLLER_REFUSED;
    }
    map->row[map->learning] = controller_row_none();
    map->row[map->learning].controller = controller;
    map->learning = PARAM_COUNT;
    return CONTROLLER_LEARNED;
}

RT bool controller_row_follows(ControllerRow row, uint8_t channel, uint8_t controller) {
    return row.controller == controller && (row.channel == CHANNEL_ANY || row.channel == channel);
}

RT float controller_row_value(ControllerRow row, ParamId param, uint8_t value) {
    float way = (float)((int)row.to_percent - (int)row.from_percent) * 0.01f;
    return param_from_travel(param, (float)row.from_percent * 0.01f + way * ((float)value / 127.0f));
}
