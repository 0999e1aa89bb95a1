// Compares the engine's rows with the last ones, so that it does not matter who learned them.
#include "app/live/learned.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char PREFIX[] = "learn.";
enum { TOLD_FRAMES = 2 * ENGINE_BLOCK_MAX_FRAMES }; // the block under way, and the one that applies them

void learned_text(ControllerRow row, char text[LEARNED_TEXT_BYTES]) {
    text[0] = '\0';
    if (row.controller == CONTROLLER_NONE) {
        return;
    }
    int used = snprintf(text, LEARNED_TEXT_BYTES, "%d", row.controller);
    if (row.channel != CHANNEL_ANY) {
        used += snprintf(text + used, (size_t)(LEARNED_TEXT_BYTES - used), " channel %d", row.channel + 1);
    }
    if (row.from_percent != 0 || row.to_percent != TRAVEL_PERCENT_MAX) {
        snprintf(text + used, (size_t)(LEARNED_TEXT_BYTES - used), " from %d to %d", row.from_percent,
                 row.to_percent);
    }
}

// Reads a number of minimum..maximum after a word, which may be "". *text moves past both.
static bool take_number(const char **text, const char *word, int minimum, int maximum, int *value) {
    const char *from = *text + strspn(*text, " ");
    size_t length = strlen(word);
    if (strncmp(from, word, length) != 0) {
        return false;
    }
    char *end = NULL;
    long number = strtol(from + length, &end, 10);
    if (end == from + length || number < minimum || number > maximum) {
        return false;
    }
    *value = (int)number;
    *text = end;
    return true;
}

bool learned_read(const char *text, ControllerRow *row) {
    ControllerRow none = controller_row_none();
    int controller = 0;
    int channel = none.channel + 1;
    int from = none.from_percent;
    int to = none.to_percent;
    if (!take_number(&text, "", 0, CONTROLLER_NONE - 1, &controller)) {
        return false;
    }
    take_number(&text, "channel", 1, PART_COUNT, &channel);
    if (take_number(&text, "from", 0, TRAVEL_PERCENT_MAX, &from) &&
        !take_number(&text, "to", 0, TRAVEL_PERCENT_MAX, &to)) {
        return false;
    }
    *row = (ControllerRow){(uint8_t)controller, (uint8_t)(channel - 1), (uint8_t)from, (uint8_t)to};
    return text[strspn(text, " ")] == '\0' && controller_row_valid(*row);
}

static void read_row(void *user, const char *name, const char *text) {
    Learned *learned = user;
    ParamId param = param_find(name + strlen(PREFIX));
    ControllerRow row;
    if (param != PARAM_COUNT && learned_read(text, &row)) {
        learned->rows[param] = row;
        return;
    }
    if (param == PARAM_COUNT) {
        error_set(learned->notice, "settings: %s: there is no such parameter; the line is left out", name);
    } else {
        error_set(learned->notice,
                  "settings: %s is '%s'; use a controller such as 74, or 74 channel 3 from 20 to 80", name,
                  text);
    }
    learned->all_read = false;
}

bool learned_init(Learned *learned, Settings *settings, Error *notice) {
    memset(learned, 0, sizeof *learned);
    learned->settings = settings;
    learned->notice = notice;
    learned->all_read = true;
    for (int param = 0; param < PARAM_COUNT; param++) {
        learned->rows[param] = controller_row_none();
    }
    if (settings) {
        settings_each(settings, PREFIX, read_row, learned);
    }
    return learned->all_read;
}

bool learned_event(const Learned *learned, ParamId param, Event *event) {
    *event = (Event){.kind = EVENT_CONTROLLER, .param = (uint16_t)param};
    memcpy(event->midi, &learned->rows[param], sizeof learned->rows[param]);
    return learned->rows[param].controller != CONTROLLER_NONE;
}

void learned_told(Learned *learned, uint64_t frame) {
    learned->told_frame = frame;
}

static void keep(Learned *learned, ParamId param, ControllerRow row) {
    char name[SETTINGS_NAME_BYTES];
    char text[LEARNED_TEXT_BYTES];
    learned->rows[param] = row;
    if (learned->settings) {
        snprintf(name, sizeof name, "%s%s", PREFIX, PARAM_INFOS[param].name);
        learned_text(row, text);
        settings_set(learned->settings, name, text);
    }
}

bool learned_watch(Learned *learned, const Engine *engine, Error *notice) {
    // Before it knows the rows that were read, the engine would tell that they were forgotten.
    learned->known = learned->known || engine_frame(engine) > learned->told_frame + TOLD_FRAMES;
    bool changed = false;
    for (int param = 0; param < PARAM_COUNT && learned->known; param++) {
        ControllerRow row = engine_controller(engine, (ParamId)param);
        if (memcmp(&row, &learned->rows[param], sizeof row) != 0) {
            keep(learned, (ParamId)param, row);
            changed = true;
        }
    }
    if (changed && learned->settings && !settings_save(learned->settings, notice)) {
        return true;
    }
    uint8_t controller;
    uint32_t refusals = engine_learn_refusals(engine, &controller);
    bool refused = refusals > learned->refusals;
    learned->refusals = refusals;
    if (refused) {
        error_set(notice, "Controller %d has a meaning of its own in MIDI; move another to learn it.",
                  controller);
    }
    return refused;
}
