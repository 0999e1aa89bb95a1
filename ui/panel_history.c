// Block time against the deadline over the last 30 seconds, with every xrun marked.
#include "ui/panels.h"
#include "ui/widgets.h"

#include <stdio.h>

enum { PLOT_COLUMNS_MAX = 4096 };
static const float PLOT_TOP = 1.25f; // share of the deadline at the plot's upper edge

// Fills low..high for each pixel column; more columns than steps repeat a step, fewer take the worst.
static void gather(const History *history, int width, float *mean, float *worst, bool *xrun) {
    for (int x = 0; x < width; x++) {
        int newest = (width - 1 - x) * HISTORY_STEPS / width;
        int oldest = int_max((width - x) * HISTORY_STEPS / width - 1, newest);
        oldest = int_min(oldest, HISTORY_STEPS - 2); // the present step is not whole yet, and not shown
        mean[x] = 0.0f;
        worst[x] = 0.0f;
        xrun[x] = false;
        for (int age = newest; age <= oldest; age++) {
            const HistoryStep *step = history_step(history, age + 1);
            mean[x] = step->mean > mean[x] ? step->mean : mean[x];
            worst[x] = step->worst > worst[x] ? step->worst : worst[x];
            xrun[x] |= step->xruns > 0;
        }
    }
}

static void grid_lines(Ui *ui, Rect plot) {
    for (int percent = 25; percent <= 100; percent += 25) {
        int y = plot.y + plot.h - (int)((float)plot.h * (float)percent / 100.0f / PLOT_TOP);
        draw_fill(ui->draw, (Rect){plot.x, y, plot.w, 1},
                  percent == 100 ? ui->theme->dim : ui->theme->raised);
    }
}

// A line down the plot with a cross at its head: seen without colour.
static void mark_xrun(Ui *ui, Rect plot, int x) {
    int size = ui_px(ui, 8.0f);
    draw_fill(ui->draw, (Rect){x, plot.y + size / 2, ui_px(ui, 1.5f), plot.h - size / 2}, ui->theme->bad);
    draw_triangle(ui->draw, (Rect){x - size / 2, plot.y, size + 1, size + 1}, POINT_DOWN, ui->theme->bad);
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
    static bool xrun[PLOT_COLUMNS_MAX];
    gather(&desk->history, plot.w, mean, worst, xrun);
    float line = (float)ui_px(ui, 1.5f) / (float)int_max(plot.h, 1);
    for (int x = 0; x < plot.w; x++) {
        mean[x] /= PLOT_TOP;
        worst[x] /= PLOT_TOP;
        bottom[x] = 0.0f;
        edge[x] = worst[x] > 0.0f ? worst[x] - line : 0.0f;
    }
    grid_lines(ui, plot);
    draw_columns(ui->draw, plot, bottom, worst, plot.w, color_alpha(theme->accent, 0.25f));
    draw_columns(ui->draw, plot, bottom, mean, plot.w, color_alpha(theme->accent, 0.45f));
    draw_columns(ui->draw, plot, edge, worst, plot.w, theme->accent);
    for (int x = 0; x < plot.w; x++) {
        if (xrun[x] && (x == 0 || !xrun[x - 1])) {
            mark_xrun(ui, plot, plot.x + x);
        }
    }
    for (int percent = 0; percent <= 100; percent += 50) {
        int y = plot.y + plot.h - (int)((float)plot.h * (float)percent / 100.0f / PLOT_TOP);
        int height = ui_px(ui, 14.0f);
        y = int_min(y - height / 2, plot.y + plot.h - height);
        snprintf(text, sizeof text, "%d %%", percent);
        ui_label(ui, (Rect){axis.x, y, axis.w, height}, FONT_SMALL, ALIGN_RIGHT, theme->dim, text);
    }
}
