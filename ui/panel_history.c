// Block time against the deadline over the last 30 seconds, with every xrun marked.
#include "ui/panels.h"
#include "ui/widgets.h"

#include <stdio.h>

enum {
    PLOT_COLUMNS_MAX = 4096,
    STEPS_SHOWN = HISTORY_STEPS - 1, // the present one is not whole yet
};
static const float PLOT_TOP = 1.25f;    // share of the deadline at the plot's upper edge
static const float PLOT_STEPS = 80.0f;  // in which it is drawn, so that what hardly changes stands still
static const float NUMBER_ROOM = 40.0f; // units, of a number of xruns and its triangle

// Fills each pixel column; more columns than steps repeat a step, fewer take the worst.
static void gather(const History *history, int width, float *mean, float *worst) {
    for (int x = 0; x < width; x++) {
        int newest = (width - 1 - x) * STEPS_SHOWN / width;
        int oldest = int_max((width - x) * STEPS_SHOWN / width - 1, newest);
        mean[x] = 0.0f;
        worst[x] = 0.0f;
        for (int age = newest; age <= oldest; age++) {
            const HistoryStep *step = history_step(history, age + 1);
            mean[x] = step->mean > mean[x] ? step->mean : mean[x];
            worst[x] = step->worst > worst[x] ? step->worst : worst[x];
        }
    }
}

// A share of the deadline as a height in the plot, 0..1.
static float place(float share) {
    return (float)(int)(float_clamp(share / PLOT_TOP, 0.0f, 1.0f) * PLOT_STEPS + 0.5f) / PLOT_STEPS;
}

static void grid_lines(Ui *ui, Rect plot) {
    for (int percent = 25; percent <= 100; percent += 25) {
        int y = plot.y + plot.h - (int)((float)plot.h * (float)percent / 100.0f / PLOT_TOP);
        draw_fill(ui->draw, (Rect){plot.x, y, plot.w, 1},
                  percent == 100 ? ui->theme->dim : ui->theme->raised);
    }
}

typedef struct XrunMark {
    int begin, end; // pixels from the plot's left edge
    uint64_t count;
} XrunMark;

// A triangle at the head and the number beside it: seen without colour.
static void tell_xruns(Ui *ui, Rect plot, const XrunMark *mark) {
    int size = ui_px(ui, 8.0f);
    int x = plot.x + mark->begin;
    draw_triangle(ui->draw, (Rect){x - size / 2, plot.y, size + 1, size + 1}, POINT_DOWN, ui->theme->bad);
    if (mark->count > 1) {
        char text[24];
        snprintf(text, sizeof text, "%llu", (unsigned long long)mark->count);
        int width = draw_text_width(ui->draw, FONT_SMALL, text) + 1;
        bool fits = mark->begin + size + width <= plot.w;
        Rect rect = {fits ? x + size : x - size - width, plot.y - size / 2, width, 2 * size};
        ui_label(ui, rect, FONT_SMALL, ALIGN_LEFT, ui->theme->text, text);
    }
}

static XrunMark mark_of(const Ui *ui, const History *history, int age, int width) {
    int begin = width - (age + 1) * width / STEPS_SHOWN;
    int end = int_max(width - age * width / STEPS_SHOWN, begin + ui_px(ui, 1.5f));
    return (XrunMark){begin, end, history_step(history, age + 1)->xruns};
}

// Steps with xruns one after another are one span; those too close for numbers of their own share one.
static void number_xruns(Ui *ui, Rect plot, const History *history) {
    int room = ui_px(ui, NUMBER_ROOM);
    XrunMark told = {0};
    for (int age = STEPS_SHOWN - 1; age >= 0; age--) {
        XrunMark mark = mark_of(ui, history, age, plot.w);
        if (mark.count == 0) {
            continue;
        }
        if (told.count > 0 && mark.begin > told.end && mark.begin > told.begin + room) {
            tell_xruns(ui, plot, &told);
            told.count = 0;
        }
        told.begin = told.count > 0 ? told.begin : mark.begin;
        told.end = mark.end;
        told.count += mark.count;
    }
    if (told.count > 0) {
        tell_xruns(ui, plot, &told);
    }
}

static void mark_xruns(Ui *ui, Rect plot, const History *history) {
    for (int age = STEPS_SHOWN - 1; age >= 0; age--) {
        XrunMark mark = mark_of(ui, history, age, plot.w);
        if (mark.count > 0) {
            draw_fill(ui->draw, (Rect){plot.x + mark.begin, plot.y, mark.end - mark.begin, plot.h},
                      color_alpha(ui->theme->bad, 0.6f));
        }
    }
    number_xruns(ui, plot, history); // over them
}

void panel_history(Desk *desk, Rect rect) {
    Ui *ui = &desk->ui;
    const Theme *theme = ui->theme;
    Rect inside = ui_panel(ui, rect, NULL);
    Rect title = rect_cut_top(&inside, ui_px(ui, 18.0f));
    rect_cut_top(&inside, ui_px(ui, 4.0f));
    char text[64];
    ui_label(ui, rect_cut_left(&title, ui_px(ui, 80.0f)), FONT_STRONG, ALIGN_LEFT, theme->text, "Block time");
    snprintf(text, sizeof text,
             rect.w > ui_px(ui, 280.0f) ? "last 30 s \xC2\xB7 of %.2f ms" : "30 s of %.2f ms",
             (double)desk->figures.deadline_ns * 1e-6);
    ui_label(ui, title, FONT_SMALL, ALIGN_RIGHT, theme->dim, text);
    Rect axis = rect_cut_right(&inside, ui_px(ui, 38.0f));
    Rect plot = inside;
    if (plot.w <= 0 || plot.w > PLOT_COLUMNS_MAX) {
        return;
    }
    static float mean[PLOT_COLUMNS_MAX]; // of the main thread alone
    static float worst[PLOT_COLUMNS_MAX];
    static float edge[PLOT_COLUMNS_MAX];
    static float bottom[PLOT_COLUMNS_MAX];
    gather(&desk->history, plot.w, mean, worst);
    float line = (float)ui_px(ui, 1.5f) / (float)int_max(plot.h, 1);
    for (int x = 0; x < plot.w; x++) {
        mean[x] = place(mean[x]);
        worst[x] = place(worst[x]);
        bottom[x] = 0.0f;
        edge[x] = worst[x] > 0.0f ? worst[x] - line : 0.0f;
    }
    grid_lines(ui, plot);
    draw_columns(ui->draw, plot, bottom, worst, plot.w, color_alpha(theme->accent, 0.25f));
    draw_columns(ui->draw, plot, bottom, mean, plot.w, color_alpha(theme->accent, 0.45f));
    draw_columns(ui->draw, plot, edge, worst, plot.w, theme->accent);
    mark_xruns(ui, plot, &desk->history);
    for (int percent = 0; percent <= 100; percent += 50) {
        int y = plot.y + plot.h - (int)((float)plot.h * (float)percent / 100.0f / PLOT_TOP);
        int height = ui_px(ui, 14.0f);
        y = int_min(y - height / 2, plot.y + plot.h - height);
        snprintf(text, sizeof text, "%d %%", percent);
        ui_label(ui, (Rect){axis.x, y, axis.w, height}, FONT_SMALL, ALIGN_RIGHT, theme->dim, text);
    }
}
