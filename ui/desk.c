// The whole of the window's content without a window: it reads the host, lays out the panels, and does what
// is asked.
#include "ui/desk.h"

#include "ui/panels.h"
#include "ui/widgets.h"

#include <SDL_stdinc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const float WIDE_UNITS = 1120.0f; // from here on the sound page has room for the signal beside it
static const float WIDE_HIGH_UNITS = 640.0f;
static const float LEDGER_UNITS = 760.0f; // an eye still finds its way from a line's begin to its end
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
    desk->patch_index = -1;
    desk->browser.chosen = -1;
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
        free(desk->browser.patches);
        free(desk->browser.visible);
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
    browser_refresh(desk);
    Error notice;
    while (host->notice(host->user, &notice)) {
        desk_say(desk, true, notice.text);
    }
}

static void play_page(Desk *desk, Rect rect) {
    int gap = draw_px(desk->ui.draw, 8.0f);
    panel_level(desk, rect_cut_left(&rect, draw_px(desk->ui.draw, 136.0f)));
    rect_cut_left(&rect, gap);
    if (desk_is_wide(desk)) { // the history stands beside the cores
        panel_scope(desk, rect_row(rect, 0, 2, gap));
        panel_spectrum(desk, rect_row(rect, 1, 2, gap));
    } else if (rect.h > draw_px(desk->ui.draw, 330.0f)) {
        panel_scope(desk, rect_row(rect_column(rect, 0, 2, gap), 0, 2, gap));
        panel_spectrum(desk, rect_row(rect_column(rect, 1, 2, gap), 0, 2, gap));
        panel_history(desk, rect_row(rect, 1, 2, gap));
    } else {
        panel_scope(desk, rect_column(rect, 0, 3, gap));
        panel_spectrum(desk, rect_column(rect, 1, 3, gap));
        panel_history(desk, rect_column(rect, 2, 3, gap));
    }
}

static void sound_page(Desk *desk, Rect rect) {
    bool wide = desk_is_wide(desk);
    int gap = draw_px(desk->ui.draw, 8.0f);
    panel_browser(desk, rect_cut_left(&rect, draw_px(desk->ui.draw, wide ? 216.0f : 192.0f)));
    rect_cut_left(&rect, gap);
    if (wide) {
        Rect side = rect_cut_right(&rect, int_max(draw_px(desk->ui.draw, 288.0f), rect.w * 28 / 100));
        rect_cut_right(&rect, gap);
        panel_level(desk, rect_cut_top(&side, draw_px(desk->ui.draw, 104.0f)));
        rect_cut_top(&side, gap);
        panel_scope(desk, rect_row(side, 0, 2, gap));
        panel_spectrum(desk, rect_row(side, 1, 2, gap));
    }
    panel_params(desk, rect);
}

static void xruns_page(Desk *desk, Rect rect) {
    int gap = draw_px(desk->ui.draw, 8.0f);
    if (rect.w > draw_px(desk->ui.draw, 700.0f)) {
        int room = rect.w - draw_px(desk->ui.draw, LEDGER_UNITS);
        panel_history(desk, rect_cut_right(&rect, int_max(room, rect.w * 35 / 100)));
        rect_cut_right(&rect, gap);
    }
    panel_ledger(desk, rect);
}

static void lay_out(Desk *desk) {
    Draw *draw = desk->ui.draw;
    int gap = draw_px(draw, 8.0f);
    bool wide = desk_is_wide(desk);
    Rect all = {0, 0, draw_width(draw), draw_height(draw)};
    draw_fill(draw, all, desk->ui.theme->ground);
    all = rect_inset(all, gap, 0);
    panel_header(desk, rect_cut_top(&all, draw_px(draw, 56.0f)));
    Rect cores = all;
    cores.w = wide ? all.w * 60 / 100 : all.w;
    int cores_height = panel_cores_height(desk, cores.w);
    cores = rect_cut_top(&all, cores_height);
    rect_cut_top(&all, gap);
    panel_status(desk, rect_cut_bottom(&all, draw_px(draw, 24.0f)));
    panel_keyboard(desk, rect_cut_bottom(&all, int_clamp(draw_height(draw) * 14 / 100, draw_px(draw, 96.0f),
                                                         draw_px(draw, 152.0f))));
    rect_cut_bottom(&all, gap);
    desk->ui.group++;
    if (wide) {
        panel_history(desk, rect_cut_right(&cores, cores.w - cores.w * 60 / 100 - gap));
        rect_cut_right(&cores, gap);
    }
    panel_cores(desk, cores);
    desk->ui.group++;
    void (*const pages[PAGE_COUNT])(Desk *, Rect) = {play_page, sound_page, xruns_page, panel_setup};
    pages[desk->page](desk, all);
}

void desk_frame(Desk *desk, const UiInput *input) {
    Ui *ui = &desk->ui;
    ui_begin(ui, input);
    lay_out(desk);
    panel_save(desk);
    panel_help(desk);
    if (ui->modal == LAYER_BASE && desk->trouble_count > 0 && ui_take_key(ui, UI_KEY_ESCAPE)) {
        desk_hush(desk);
    }
    ui_end(ui);
}

void desk_set_param(Desk *desk, ParamId param, float value) {
    edit_set(desk->edit, param, value, desk->now_seconds);
    desk->host->push(desk->host->user, (Event){.kind = EVENT_PARAM,
                                               .part = (uint8_t)desk->part,
                                               .param = (uint16_t)param,
                                               .value = desk->edit->at.now.values[param]});
}
