// The ledger of xruns: when, why, how late, how many voices, which core.
#include "ui/desk_commands.h"
#include "ui/list.h"
#include "ui/panels.h"
#include "ui/widgets.h"

#include "platform/clock.h"

#include <stdio.h>
#include <time.h>

enum { COLUMNS = 5 };
static const char *const HEADS[COLUMNS] = {"Time", "Cause", "Block / deadline", "Voices", "Slowest core"};
static const float WIDTHS[COLUMNS] = {0.15f, 0.27f, 0.27f, 0.11f, 0.20f}; // shares

static Rect cell(Rect row, int index) {
    float begin = 0.0f;
    for (int i = 0; i < index; i++) {
        begin += WIDTHS[i];
    }
    return (Rect){row.x + (int)(begin * (float)row.w), row.y, (int)(WIDTHS[index] * (float)row.w), row.h};
}

static DrawAlign alignment(int index) {
    return index >= 2 ? ALIGN_RIGHT : ALIGN_LEFT;
}

static void draw_entry(Ui *ui, void *user, int row, Rect rect, bool chosen) {
    (void)chosen;
    const Ledger *ledger = user;
    const XrunEntry *entry = &ledger->entries[(int)ledger->entry_count - 1 - row]; // the newest on top
    time_t when = ledger_time(entry, clock_now_ns(), time(NULL));
    char texts[COLUMNS][48];
    strftime(texts[0], sizeof texts[0], "%H:%M:%S", localtime(&when));
    snprintf(texts[1], sizeof texts[1], "%s", ledger_cause(entry->cause));
    snprintf(texts[2], sizeof texts[2], "%.2f / %.2f ms", (double)entry->block_ns * 1e-6,
             (double)entry->deadline_ns * 1e-6);
    snprintf(texts[3], sizeof texts[3], "%u", entry->voices);
    if (entry->slowest_cpu >= 0) {
        snprintf(texts[4], sizeof texts[4], "CPU %d", entry->slowest_cpu);
    } else {
        snprintf(texts[4], sizeof texts[4], "worker %u", entry->slowest_worker);
    }
    for (int i = 0; i < COLUMNS; i++) {
        ui_label(ui, cell(rect, i), FONT_BODY, alignment(i), ui->theme->text, texts[i]);
    }
}

static void heading(Desk *desk, Rect line) {
    Ui *ui = &desk->ui;
    int gap = ui_px(ui, 8.0f);
    if (ui_button(ui, rect_cut_right(&line, ui_px(ui, 96.0f)), "Save CSV", BUTTON_PLAIN)) {
        desk_command(desk, DESK_XRUNS_SAVE);
    }
    ui_tip(ui, "Write the ledger to a file (F7)");
    rect_cut_right(&line, gap);
    if (ui_button(ui, rect_cut_right(&line, ui_px(ui, 96.0f)), "Count from 0", BUTTON_PLAIN)) {
        desk_command(desk, DESK_XRUNS_RESET);
    }
    ui_tip(ui, "Forget these and count from 0 (F6)");
    char text[64];
    snprintf(text, sizeof text, desk->ledger.count == 1 ? "%llu xrun" : "%llu xruns",
             (unsigned long long)desk->ledger.count);
    ui_label(ui, line, FONT_TITLE, ALIGN_LEFT, ui->theme->text, text);
}

void panel_ledger(Desk *desk, Rect rect) {
    Ui *ui = &desk->ui;
    ui_push(ui, "ledger", 0);
    Rect inside = ui_panel(ui, rect, NULL);
    heading(desk, rect_cut_top(&inside, ui_px(ui, 28.0f)));
    rect_cut_top(&inside, ui_px(ui, 8.0f));
    if (desk->ledger.entry_count == 0) {
        draw_paragraph(ui->draw, inside, FONT_BODY, ui->theme->dim,
                       "Every block has come in time. When one is late, its time, its cause and the slowest "
                       "core stand here.",
                       true);
        ui_pop(ui);
        return;
    }
    Rect head = rect_inset(rect_cut_top(&inside, ui_px(ui, 20.0f)), ui_px(ui, 8.0f), 0);
    bool scrolls = (int)desk->ledger.entry_count * ui_px(ui, 24.0f) > inside.h;
    head.w -= scrolls ? ui_px(ui, 12.0f) : 0; // as the rows beside a scroll bar
    for (int i = 0; i < COLUMNS; i++) {
        ui_label(ui, cell(head, i), FONT_SMALL, alignment(i), ui->theme->dim, HEADS[i]);
    }
    ui_list(ui, inside, "entries", (int)desk->ledger.entry_count, ui_px(ui, 24.0f), &desk->ledger_chosen,
            &desk->ledger_offset, draw_entry, &desk->ledger);
    ui_pop(ui);
}
