// The top line: patch, pages, voices, level, xruns, record.
#include "ui/desk_commands.h"
#include "ui/panels.h"
#include "ui/widgets.h"

#include <stdio.h>

static const char *const PAGE_NAMES[PAGE_COUNT] = {"Play", "Sound", "Xruns", "Set-up"};

static void patch_box(Desk *desk, Rect rect) {
    Ui *ui = &desk->ui;
    const Theme *theme = ui->theme;
    int size = ui_px(ui, 28.0f);
    if (ui_arrow(ui, rect_center(rect_cut_left(&rect, size), size, size), "patch before", POINT_LEFT)) {
        desk_command(desk, DESK_PATCH_BEFORE);
    }
    ui_tip(ui, "Patch before (Ctrl Up)");
    rect_cut_left(&rect, ui_px(ui, 4.0f));
    if (ui_arrow(ui, rect_center(rect_cut_left(&rect, size), size, size), "patch next", POINT_RIGHT)) {
        desk_command(desk, DESK_PATCH_NEXT);
    }
    ui_tip(ui, "Next patch (Ctrl Down)");
    rect = rect_inset(rect, ui_px(ui, 10.0f), ui_px(ui, 3.0f));
    const Edit *edit = desk->edit;
    Rect name = rect_cut_top(&rect, rect.h * 58 / 100);
    draw_text_any(ui->draw, name, FONT_TITLE, ALIGN_LEFT, theme->text, edit->at.now.name);
    char text[PATCH_NAME_BYTES + 64];
    snprintf(text, sizeof text, "%s%s", edit->at.now.family,
             edit->comparing      ? " \xC2\xB7 as saved"
             : edit_changed(edit) ? " \xC2\xB7 changed"
                                  : "");
    draw_text_any(ui->draw, rect, FONT_SMALL, ALIGN_LEFT, theme->dim, text);
}

static void tabs(Desk *desk, Rect rect) {
    Ui *ui = &desk->ui;
    int height = ui_px(ui, 32.0f);
    rect = rect_center(rect, rect.w, height);
    for (int page = 0; page < PAGE_COUNT; page++) {
        DeskCommand command = (DeskCommand)(DESK_PAGE_PLAY + page);
        if (ui_tab(ui, rect_column(rect, page, PAGE_COUNT, ui_px(ui, 2.0f)), PAGE_NAMES[page],
                   desk->page == (Page)page)) {
            desk_command(desk, command);
        }
        ui_tip(ui, desk_command_key(command));
    }
}

static void figure(Ui *ui, Rect rect, const char *id, const char *label, const char *value, const char *tip) {
    UiState state = ui_widget(ui, ui_id(ui, id), rect, 0);
    ui_tip(ui, tip);
    ui_focus_ring(ui, state, rect);
    Rect top = rect_cut_top(&rect, rect.h * 42 / 100);
    ui_label(ui, top, FONT_SMALL, ALIGN_CENTER, ui->theme->dim, label);
    ui_label(ui, rect, FONT_TITLE, ALIGN_CENTER, ui->theme->text, value);
}

static void voices(Desk *desk, Rect rect) {
    char text[32];
    snprintf(text, sizeof text, "%u", desk->figures.voices);
    figure(&desk->ui, rect, "voices", "Voices", text, "Voices sounding now.");
}

static void stolen(Desk *desk, Rect rect) {
    char text[48];
    snprintf(text, sizeof text, "%llu / %llu", (unsigned long long)desk->figures.stolen,
             (unsigned long long)desk->figures.shed);
    char tip[UI_TEXT_BYTES];
    snprintf(
        tip, sizeof tip,
        "Since the start %llu voices were taken for newer notes, %llu faded because blocks came near their "
        "deadline, and %llu notes found no room.",
        (unsigned long long)desk->figures.stolen, (unsigned long long)desk->figures.shed,
        (unsigned long long)desk->figures.dropped);
    figure(&desk->ui, rect, "stolen", "Stolen / shed", text, tip);
}

static void load(Desk *desk, Rect rect) {
    const HistoryStep *step = history_step(&desk->history, 1);
    char text[32];
    snprintf(text, sizeof text, "%d %%", (int)(step->mean * 100.0f + 0.5f));
    bool lowered = desk->figures.lowered;
    figure(&desk->ui, rect, "block", lowered ? "Draft" : "Block", text,
           lowered
               ? "Time that a block takes to render, as a share of its deadline. It came near it, so voices "
                 "play in draft quality until there is room again."
               : "Time that a block takes to render, as a share of its deadline.");
}

// Cannot be missed: a filled box with a sign of its own as soon as there is one.
static void xruns(Desk *desk, Rect rect) {
    Ui *ui = &desk->ui;
    const Theme *theme = ui->theme;
    bool any = desk->ledger.count > 0;
    UiState state = ui_widget(ui, ui_id(ui, "xruns"), rect, 0);
    ui_tip(ui, "Blocks that came late. Click or F6 to count from 0; F4 shows when and why.");
    if (state.clicked) {
        desk_command(desk, DESK_XRUNS_RESET);
    }
    draw_round(ui->draw, rect, ui_px(ui, 5.0f), any ? theme->bad : state.hover ? theme->hover : theme->panel);
    if (!any) {
        draw_outline(ui->draw, rect, ui_px(ui, 5.0f), 1, theme->line);
    }
    ui_focus_ring(ui, state, rect);
    char text[32];
    if (desk->ledger.count > 99999) {
        snprintf(text, sizeof text, "! 99999+");
    } else {
        snprintf(text, sizeof text, any ? "! %llu" : "%llu", (unsigned long long)desk->ledger.count);
    }
    Rect top = rect_cut_top(&rect, rect.h * 42 / 100);
    ui_label(ui, top, FONT_SMALL, ALIGN_CENTER, any ? theme->on_bad : theme->dim, "Xruns");
    ui_label(ui, rect, FONT_TITLE, ALIGN_CENTER, any ? theme->on_bad : theme->text, text);
}

static void record(Desk *desk, Rect rect) {
    Ui *ui = &desk->ui;
    const Theme *theme = ui->theme;
    HostRecording recording;
    desk->host->recording(desk->host->user, &recording);
    UiState state = ui_widget(ui, ui_id(ui, "record"), rect, 0);
    ui_tip(ui, recording.on ? "Stop recording (F12)" : "Record what sounds (F12)");
    if (state.clicked) {
        desk_command(desk, DESK_RECORD);
    }
    Color text_color = theme->text;
    draw_round(ui->draw, rect, ui_px(ui, 5.0f), state.hover ? theme->hover : theme->raised);
    if (recording.on) {
        draw_outline(ui->draw, rect, ui_px(ui, 5.0f), ui_px(ui, 1.5f), theme->bad);
    }
    ui_focus_ring(ui, state, rect);
    Rect mark = rect_cut_left(&rect, ui_px(ui, 28.0f));
    int size = ui_px(ui, 10.0f);
    mark = rect_center(mark, size, size);
    if (recording.on) { // a square stops, a disc records
        draw_fill(ui->draw, mark, theme->bad);
    } else {
        draw_disc(ui->draw, mark.x + size / 2, mark.y + size / 2, size, theme->bad);
    }
    rect_cut_right(&rect, ui_px(ui, 6.0f));
    if (!recording.on) {
        ui_label(ui, rect, FONT_BODY, ALIGN_LEFT, text_color, "Record");
        return;
    }
    char text[32];
    int seconds = (int)recording.seconds;
    snprintf(text, sizeof text, "%d:%02d", seconds / 60, seconds % 60);
    Rect level = rect_cut_bottom(&rect, rect.h * 40 / 100);
    ui_label(ui, rect, FONT_STRONG, ALIGN_LEFT, text_color, text);
    const SignalChannel *channels = desk->signal->channels;
    float db = channels[0].peak_db > channels[1].peak_db ? channels[0].peak_db : channels[1].peak_db;
    level = rect_center(level, level.w, ui_px(ui, 4.0f));
    int lit = (int)((float)level.w * float_clamp(1.0f + db / 60.0f, 0.0f, 1.0f));
    draw_fill(ui->draw, level, color_alpha(text_color, 0.3f));
    draw_fill(ui->draw, (Rect){level.x, level.y, lit, level.h}, text_color);
}

void panel_header(Desk *desk, Rect rect) {
    Ui *ui = &desk->ui;
    bool wide = desk_is_wide(desk);
    int gap = ui_px(ui, 8.0f);
    ui_push(ui, "header", 0);
    rect = rect_inset(rect, 0, gap);
    if (wide) {
        Rect mark = rect_cut_left(&rect, ui_px(ui, 112.0f));
        int size = ui_px(ui, 18.0f);
        Rect ring = {mark.x + ui_px(ui, 4.0f), mark.y + (mark.h - size) / 2, size, size};
        draw_arc(ui->draw, ring, ui_px(ui, 4.0f), 0.0f, 0.68f, ui->theme->accent);
        draw_arc(ui->draw, ring, ui_px(ui, 4.0f), 0.74f, 1.0f, ui->theme->dim);
        rect_cut_left(&mark, size + ui_px(ui, 12.0f));
        ui_label(ui, mark, FONT_TITLE, ALIGN_LEFT, ui->theme->text, "Polycore");
    }
    tabs(desk, rect_cut_left(&rect, ui_px(ui, wide ? 288.0f : 212.0f)));
    rect_cut_left(&rect, gap);
    record(desk, rect_cut_right(&rect, ui_px(ui, 92.0f)));
    rect_cut_right(&rect, gap);
    xruns(desk, rect_cut_right(&rect, ui_px(ui, 80.0f)));
    rect_cut_right(&rect, gap);
    stolen(desk, rect_cut_right(&rect, ui_px(ui, wide ? 96.0f : 80.0f)));
    voices(desk, rect_cut_right(&rect, ui_px(ui, wide ? 56.0f : 48.0f)));
    load(desk, rect_cut_right(&rect, ui_px(ui, wide ? 56.0f : 52.0f)));
    rect_cut_right(&rect, gap);
    patch_box(desk, rect);
    ui_pop(ui);
    ui->group++;
}
