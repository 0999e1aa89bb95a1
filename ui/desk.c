// Reads the host, and keeps what is not the host's.
#include "ui/desk.h"

#include <SDL_stdinc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const float WIDE_UNITS = 1120.0f; // from here on the sound page has room for the signal beside it
static const float WIDE_HIGH_UNITS = 640.0f;
static const double SAID_SECONDS = 8.0;

static void recall_float(const Host *host, const char *name, float low, float high, float *value) {
    char text[HOST_TEXT_BYTES];
    if (host->recall(host->user, name, text)) {
        float read = (float)SDL_strtod(text, NULL);
        if (read >= low && read <= high) {
            *value = read;
        }
    }
}

static void recall_all(Desk *desk) {
    char text[HOST_TEXT_BYTES];
    float page = PAGE_SOUND;
    float octave = 4.0f;
    desk->ui.theme = &THEME_DARK;
    if (desk->host->recall(desk->host->user, "theme", text) && strcmp(text, THEME_LIGHT.name) == 0) {
        desk->ui.theme = &THEME_LIGHT;
    }
    recall_float(desk->host, "zoom", DESK_ZOOM_MIN, DESK_ZOOM_MAX, &desk->zoom);
    recall_float(desk->host, "page", 0.0f, PAGE_COUNT - 1, &page);
    recall_float(desk->host, "octave", OCTAVE_MIN, OCTAVE_MAX, &octave);
    desk->page = (Page)page;
    desk->keys.octave = (int)octave;
}

Desk *desk_create(Draw *draw, const Host *host, Error *error) {
    Desk *desk = calloc(1, sizeof *desk);
    Signal *signal = signal_create();
    if (!desk || !signal) {
        error_set(error, "out of memory for the window");
        free(desk);
        signal_destroy(signal);
        return NULL;
    }
    desk->ui.draw = draw;
    desk->host = host;
    desk->signal = signal;
    desk->edit = &desk->edits[0];
    desk->zoom = 1.0f;
    desk->menu_param = PARAM_COUNT;
    desk->patch_index = BROWSER_NONE;
    desk->browser.chosen = BROWSER_NONE;
    desk->browser.stale = true;
    desk->ledger_chosen = -1;
    desk->keys.first_key = 36.0f;
    for (int source = 0; source < KEY_SOURCE_COUNT; source++) {
        desk->keys.held[source] = KEY_NONE;
    }
    recall_all(desk);
    return desk;
}

void desk_destroy(Desk *desk) {
    if (desk) {
        signal_destroy(desk->signal);
        browser_deinit(&desk->browser);
        free(desk);
    }
}

void desk_say(Desk *desk, bool bad, const char *text) {
    if (!bad) {
        SDL_strlcpy(desk->said, text, sizeof desk->said);
        desk->said_until = desk->now_seconds + SAID_SECONDS;
        return;
    }
    desk->said_until = 0.0; // what went wrong is read first
    for (int i = 0; i < desk->trouble_count; i++) {
        if (strcmp(desk->troubles[i], text) == 0) {
            return;
        }
    }
    if (desk->trouble_count == DESK_TROUBLES_MAX) {
        desk_hush(desk);
    }
    SDL_strlcpy(desk->troubles[desk->trouble_count++], text, sizeof desk->troubles[0]);
}

void desk_hush(Desk *desk) {
    if (desk->trouble_count > 0) {
        desk->trouble_count--;
        memmove(desk->troubles[0], desk->troubles[1], (size_t)desk->trouble_count * sizeof desk->troubles[0]);
    }
}

bool desk_is_wide(const Desk *desk) {
    const Draw *draw = desk->ui.draw;
    return draw_width(draw) >= draw_px(draw, WIDE_UNITS) &&
           draw_height(draw) >= draw_px(draw, WIDE_HIGH_UNITS);
}

static void read_activity(Desk *desk) {
    desk->host->activity(desk->host->user, desk->part, &desk->activity);
    if (!desk->ui.in.down) { // the wheels on the screen follow those of the keyboard
        desk->keys.bend = desk->activity.bend;
        desk->keys.wheel = desk->activity.wheel;
    }
    for (int channel = 0; channel < PART_COUNT; channel++) {
        if (desk->activity.channel_events[channel] != desk->channel_events[channel]) {
            desk->channel_events[channel] = desk->activity.channel_events[channel];
            desk->channel_at[channel] = desk->now_seconds;
        }
    }
}

static void read_patch(Desk *desk) {
    Patch played;
    desk->patch_index = desk->host->patch_now(desk->host->user, desk->part, &played);
    if (!desk->gesture) {
        edit_follow(desk->edit, &played, desk->now_seconds);
    }
}

void desk_read(Desk *desk, double now_seconds) {
    const Host *host = desk->host;
    desk->now_seconds = now_seconds;
    host->figures(host->user, &desk->figures);
    desk->core_count = host->cores(host->user, desk->cores);
    core_meters_read(&desk->meters, &desk->figures, desk->cores, desk->core_count, now_seconds);
    history_read(&desk->history, &desk->figures, now_seconds);
    ledger_read(&desk->ledger, &desk->figures);
    signal_read(desk->signal, host, &desk->figures, now_seconds);
    read_activity(desk);
    read_patch(desk);
    if (!browser_read(&desk->browser, host, desk->patch_index)) {
        desk_say(desk, true, "Out of memory for the list of patches.");
    }
    Error notice;
    while (host->notice(host->user, &notice)) {
        desk_say(desk, true, notice.text);
    }
}

static void send_param(Desk *desk, ParamId param) {
    desk->host->push(desk->host->user, (Event){.kind = EVENT_PARAM,
                                               .part = (uint8_t)desk->part,
                                               .param = (uint16_t)param,
                                               .value = desk->edit->at.now.values[param]});
}

void desk_set_param(Desk *desk, ParamId param, float value) {
    edit_set(desk->edit, param, value, desk->now_seconds);
    send_param(desk, param);
}

void desk_load_patch(Desk *desk, int patch) {
    Patch loaded;
    Error error;
    if (!desk->host->patch_load(desk->host->user, desk->part, patch, &loaded, &error)) {
        desk_say(desk, true, error.text);
        return;
    }
    desk->patch_index = patch;
    browser_choose(&desk->browser, patch);
    edit_load(desk->edit, &loaded, desk->now_seconds);
}

// Has the part play the patch that the edit is of; fills in the values that it has then. One that is in no
// list any more keeps the values that are played, under its own name.
static bool change_patch(Desk *desk, Patch *played) {
    const Patch *wanted = &desk->edit->at.now;
    int patch = browser_find(&desk->browser, wanted);
    Error error;
    if (patch == BROWSER_NONE) {
        desk->host->patch_name(desk->host->user, desk->part, wanted->name, wanted->family);
    } else if (!desk->host->patch_load(desk->host->user, desk->part, patch, played, &error)) {
        desk_say(desk, true, error.text);
        return false;
    }
    return true;
}

bool desk_play_edit(Desk *desk, const Patch *heard) {
    const Patch *wanted = &desk->edit->at.now;
    Patch sent = *heard; // what the engine plays once it has taken all that was sent to it
    Patch told;          // what it says that it plays: late, but it knows what others turned
    desk->host->patch_now(desk->host->user, desk->part, &told);
    if (strcmp(wanted->name, heard->name) != 0 || strcmp(wanted->family, heard->family) != 0) {
        if (!change_patch(desk, &sent)) {
            return false;
        }
        told = sent;
    }
    for (int param = 0; param < PARAM_COUNT; param++) {
        float value = wanted->values[param];
        if (value != sent.values[param] || value != told.values[param]) {
            send_param(desk, (ParamId)param);
        }
    }
    return true;
}
