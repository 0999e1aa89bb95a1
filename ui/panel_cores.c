// One meter a core: work, waiting, the worst block, other programs, and what its thread was granted.
#include "ui/panels.h"
#include "ui/widgets.h"

#include <stdio.h>
#include <string.h>

#define NO_BREAK "\xC2\xA0" // a space that a number and its unit keep to themselves

enum { CARD_ROWS_MAX = 2 };
static const float CARD_WIDTH = 148.0f; // units: the narrowest card in which nothing is cut
static const float CARD_HEIGHT = 66.0f;
static const float COLUMN_WIDTH = 22.0f; // "100" and a gap
static const float COLUMN_HEIGHT = 52.0f;
static const float COLUMN_HEIGHT_WIDE = 72.0f;
static const float TITLE_HEIGHT = 24.0f;

typedef struct Grid {
    bool cards;
    int columns, rows;
} Grid;

static Grid plan(const Desk *desk, int width) {
    const Ui *ui = &desk->ui;
    int gap = ui_px(ui, 8.0f);
    int count = int_max(desk->meters.count, 1);
    int inside = width - 2 * ui_px(ui, 12.0f);
    int columns = int_max((inside + gap) / (ui_px(ui, CARD_WIDTH) + gap), 1);
    int rows = (count + columns - 1) / columns;
    int rows_max = desk_is_wide(desk) ? CARD_ROWS_MAX : 1;
    if (rows <= rows_max) {
        return (Grid){true, (count + rows - 1) / rows, rows};
    }
    columns = int_max(inside / ui_px(ui, COLUMN_WIDTH), 1);
    rows = (count + columns - 1) / columns;
    return (Grid){false, (count + rows - 1) / rows, rows};
}

int panel_cores_height(const Desk *desk, int width) {
    const Ui *ui = &desk->ui;
    Grid grid = plan(desk, width);
    float rows = (float)grid.rows;
    float units =
        TITLE_HEIGHT + 16.0f +
        (grid.cards ? rows * CARD_HEIGHT : rows * (desk_is_wide(desk) ? COLUMN_HEIGHT_WIDE : COLUMN_HEIGHT));
    return ui_px(ui, units);
}

static int percent(float share) {
    return (int)(share * 100.0f + 0.5f);
}

static Color busy_color(const Theme *theme, float busy) {
    return busy >= 1.0f ? theme->bad : busy >= 0.8f ? theme->warn : theme->accent;
}

static void name_roles(const CoreMeter *meter, char *text, size_t capacity) {
    char role[32];
    if (meter->audio) {
        snprintf(role, sizeof role, "audio");
    } else if (meter->worker != CORE_NO_WORKER) {
        snprintf(role, sizeof role, "worker %d", meter->worker);
    } else {
        snprintf(role, sizeof role, "free");
    }
    char more[16] = "";
    if (meter->workers > 1) {
        snprintf(more, sizeof more, " +%d", meter->workers - 1);
    }
    snprintf(text, capacity, "%s%s%s%s%s", role, more, meter->efficiency ? " \xC2\xB7 E" : "",
             meter->sibling ? " \xC2\xB7 SMT" : "", meter->set_aside ? " \xC2\xB7 late" : "");
}

static void name_grants(const CoreMeter *meter, char *text, size_t capacity) {
    if (meter->worker == CORE_NO_WORKER) {
        snprintf(text, capacity, "no worker here");
    } else {
        snprintf(text, capacity, "%s \xC2\xB7 %s", meter->pinned ? "pinned" : "not pinned",
                 meter->in_workgroup ? "audio workgroup"
                 : meter->realtime   ? "real time"
                                     : "normal");
    }
}

static void tell_all(Desk *desk, const CoreMeter *meter) {
    if (!ui_tip_due(&desk->ui)) {
        return;
    }
    char role[64];
    char grants[64];
    char others[32] = "unknown";
    char text[UI_TIP_BYTES];
    name_roles(meter, role, sizeof role);
    name_grants(meter, grants, sizeof grants);
    if (meter->others >= 0.0f) {
        snprintf(others, sizeof others, "%d" NO_BREAK "%%", percent(meter->others));
    }
    snprintf(text, sizeof text,
             "CPU %d: %s; %s. Work %d" NO_BREAK "%% of the deadline, worst of 3" NO_BREAK "s %d" NO_BREAK
             "%%, waiting %d" NO_BREAK "%%, "
             "other programs %s, rescued %llu.",
             meter->cpu, role, grants, percent(meter->busy), percent(meter->worst), percent(meter->waiting),
             others, (unsigned long long)meter->rescued);
    ui_tip(&desk->ui, text);
}

static void card(Desk *desk, Rect rect, const CoreMeter *meter) {
    Ui *ui = &desk->ui;
    const Theme *theme = ui->theme;
    char text[96];
    Rect line = rect_cut_top(&rect, ui_px(ui, 18.0f));
    snprintf(text, sizeof text, "%d %%", percent(meter->busy));
    ui_label(ui, rect_cut_right(&line, ui_px(ui, 44.0f)), FONT_STRONG, ALIGN_RIGHT,
             meter->worker == CORE_NO_WORKER ? theme->dim : theme->text, text);
    snprintf(text, sizeof text, meter->cpu >= 0 ? "CPU %d" : "CPU ?", meter->cpu);
    Rect name = rect_cut_left(&line, draw_text_width(ui->draw, FONT_STRONG, text) + ui_px(ui, 6.0f));
    ui_label(ui, name, FONT_STRONG, ALIGN_LEFT, theme->text, text);
    name_roles(meter, text, sizeof text);
    draw_text_any(ui->draw, line, FONT_SMALL, ALIGN_LEFT, meter->audio ? theme->accent : theme->dim, text);
    rect_cut_top(&rect, ui_px(ui, 3.0f));
    Rect bar = rect_cut_top(&rect, ui_px(ui, 10.0f));
    ui_bar(ui, bar, meter->busy, meter->waiting, meter->worker == CORE_NO_WORKER ? -1.0f : meter->worst,
           busy_color(theme, meter->busy));
    rect_cut_top(&rect, ui_px(ui, 3.0f));
    Rect others = rect_cut_top(&rect, ui_px(ui, 3.0f));
    draw_round(ui->draw, others, others.h / 2, theme->raised);
    draw_round(
        ui->draw,
        (Rect){others.x, others.y, (int)((float)others.w * float_clamp(meter->others, 0.0f, 1.0f)), others.h},
        others.h / 2, theme->dim);
    rect_cut_top(&rect, ui_px(ui, 1.0f));
    line = rect_cut_top(&rect, ui_px(ui, 15.0f));
    snprintf(text, sizeof text, "worst %d %%", percent(meter->worst));
    Rect half = rect_cut_left(&line, line.w / 2);
    if (meter->worker != CORE_NO_WORKER) {
        ui_label(ui, half, FONT_SMALL, ALIGN_LEFT, theme->dim, text);
    }
    snprintf(text, sizeof text, meter->others < 0.0f ? "others \xE2\x80\x93" : "others %d %%",
             percent(meter->others));
    ui_label(ui, line, FONT_SMALL, ALIGN_RIGHT, theme->dim, text);
    line = rect_cut_top(&rect, ui_px(ui, 14.0f));
    if (meter->rescued > 0) {
        snprintf(text, sizeof text, "rescued %llu", (unsigned long long)meter->rescued);
        Rect rescued = rect_cut_right(&line, draw_text_width(ui->draw, FONT_SMALL, text));
        ui_label(ui, rescued, FONT_SMALL, ALIGN_RIGHT, meter->rescued_now ? theme->warn : theme->dim, text);
    }
    name_grants(meter, text, sizeof text);
    draw_text_any(ui->draw, line, FONT_SMALL, ALIGN_LEFT, theme->dim, text);
}

// Many cores: upright bars with the number of each under it.
static void column(Desk *desk, Rect rect, const CoreMeter *meter) {
    Ui *ui = &desk->ui;
    const Theme *theme = ui->theme;
    char text[16];
    Rect number = rect_cut_bottom(&rect, ui_px(ui, 13.0f));
    bool idle = meter->worker == CORE_NO_WORKER;
    if (idle) {
        snprintf(text, sizeof text, "\xC2\xB7");
    } else {
        snprintf(text, sizeof text, "%d", int_min(percent(meter->busy), 999));
    }
    ui_label(ui, number, FONT_SMALL, ALIGN_CENTER, idle ? theme->dim : theme->text, text);
    Rect mark = rect_cut_top(&rect, ui_px(ui, 12.0f));
    snprintf(text, sizeof text, "%s%s%s", meter->audio ? "A" : "", meter->efficiency ? "E" : "",
             meter->sibling ? "s" : "");
    Color color = meter->audio ? theme->accent : theme->dim;
    ui_label(ui, mark, FONT_SMALL, ALIGN_CENTER, meter->rescued_now ? theme->warn : color,
             meter->rescued_now ? "!" : text);
    int width = int_clamp(rect.w / 3, ui_px(ui, 10.0f), ui_px(ui, 32.0f));
    Rect bar = rect_center(rect, width, rect.h - ui_px(ui, 2.0f));
    draw_round(ui->draw, bar, ui_px(ui, 2.0f), theme->raised);
    int busy = (int)((float)bar.h * float_clamp(meter->busy, 0.0f, 1.0f) + 0.5f);
    int waiting = (int)((float)bar.h * float_clamp(meter->waiting, 0.0f, 1.0f) + 0.5f);
    waiting = int_min(waiting, bar.h - busy);
    draw_hatch(ui->draw, (Rect){bar.x, bar.y + bar.h - busy - waiting, bar.w, waiting},
               color_alpha(theme->dim, 0.55f));
    draw_round(ui->draw, (Rect){bar.x, bar.y + bar.h - busy, bar.w, busy}, ui_px(ui, 2.0f),
               busy_color(theme, meter->busy));
    if (!idle) {
        int worst = (int)((float)bar.h * float_clamp(meter->worst, 0.0f, 1.0f) + 0.5f);
        draw_fill(ui->draw,
                  (Rect){bar.x - ui_px(ui, 2.0f), bar.y + bar.h - worst, bar.w + 2 * ui_px(ui, 2.0f),
                         ui_px(ui, 2.0f)},
                  theme->text);
    }
    int other = (int)((float)bar.h * float_clamp(meter->others, 0.0f, 1.0f) + 0.5f);
    draw_fill(ui->draw,
              (Rect){bar.x + bar.w + ui_px(ui, 1.5f), bar.y + bar.h - other, ui_px(ui, 2.0f), other},
              theme->dim);
}

static void summarise(Desk *desk, char *text, size_t capacity) {
    int pinned = 0;
    int realtime = 0;
    float worst = 0.0f;
    int workers = (int)desk->figures.workers;
    for (int i = 0; i < workers; i++) {
        pinned += desk->figures.worker[i].pinned;
        realtime += desk->figures.worker[i].realtime;
    }
    for (int i = 0; i < desk->meters.count; i++) {
        worst = desk->meters.meters[i].worst > worst ? desk->meters.meters[i].worst : worst;
    }
    snprintf(
        text, capacity,
        "%d worker%s \xC2\xB7 %d pinned \xC2\xB7 %d real time \xC2\xB7 rescues %llu \xC2\xB7 worst %d %%",
        workers, workers == 1 ? "" : "s", pinned, realtime, (unsigned long long)desk->figures.rescues,
        percent(worst));
}

// The meters are one stop of Tab; arrows lead from one to the next.
static int move_by_key(Ui *ui, int chosen, int count, int columns) {
    int step = ui_take_key(ui, UI_KEY_LEFT)    ? -1
               : ui_take_key(ui, UI_KEY_RIGHT) ? 1
               : ui_take_key(ui, UI_KEY_UP)    ? -columns
               : ui_take_key(ui, UI_KEY_DOWN)  ? columns
                                               : 0;
    int moved = chosen + step;
    return moved >= 0 && moved < count ? moved : chosen;
}

void panel_cores(Desk *desk, Rect rect) {
    Ui *ui = &desk->ui;
    ui_push(ui, "cores", 0);
    Grid grid = plan(desk, rect.w);
    Rect inside = ui_panel(ui, rect, NULL);
    Rect title = rect_cut_top(&inside, ui_px(ui, TITLE_HEIGHT - 4.0f));
    rect_cut_top(&inside, ui_px(ui, 4.0f));
    char text[128];
    ui_label(ui, rect_cut_left(&title, ui_px(ui, 56.0f)), FONT_STRONG, ALIGN_LEFT, ui->theme->text, "Cores");
    summarise(desk, text, sizeof text);
    ui_label(ui, title, FONT_SMALL, ALIGN_RIGHT, ui->theme->dim, text);
    int gap = grid.cards ? ui_px(ui, 16.0f) : 0;
    desk->core_chosen = int_clamp(desk->core_chosen, 0, int_max(desk->meters.count - 1, 0));
    int chosen = desk->core_chosen;
    for (int i = 0; i < desk->meters.count; i++) {
        Rect row =
            rect_row(inside, i / grid.columns, grid.rows, grid.cards ? ui_px(ui, 6.0f) : ui_px(ui, 4.0f));
        Rect cell = rect_column(row, i % grid.columns, grid.columns, gap);
        ui_push(ui, "core", i);
        UiState state = ui_widget(ui, ui_id(ui, "meter"), cell, i == desk->core_chosen ? 0 : UI_NO_FOCUS);
        tell_all(desk, &desk->meters.meters[i]);
        if (grid.cards) {
            card(desk, cell, &desk->meters.meters[i]);
        } else {
            column(desk, cell, &desk->meters.meters[i]);
        }
        ui_focus_ring(ui, state, cell);
        ui_pop(ui);
        if (state.focused) {
            chosen = move_by_key(ui, i, desk->meters.count, grid.columns);
        }
    }
    if (chosen != desk->core_chosen) {
        desk->core_chosen = chosen;
        ui_push(ui, "core", chosen);
        ui_set_focus(ui, ui_id(ui, "meter"), true);
        ui_pop(ui);
    }
    ui_pop(ui);
}
