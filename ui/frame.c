// Every page's layout, and what lies over it.
#include "ui/frame.h"

#include "ui/panels.h"

static const float LEDGER_UNITS = 760.0f; // an eye still finds its way from a line's begin to its end

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

void frame_draw(Desk *desk, const UiInput *input) {
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
