// Finds a patch by name and family, and loads it.
#include "ui/field.h"
#include "ui/list.h"
#include "ui/panels.h"
#include "ui/widgets.h"

#include <SDL_stdinc.h>
#include <stdio.h>
#include <string.h>

enum { FAMILIES_MAX = 48 };

static void draw_patch(Ui *ui, void *user, int row, Rect rect, bool chosen) {
    const Browser *browser = user;
    const HostPatchInfo *info = &browser->patches[browser->visible[row]];
    Rect mark = rect_cut_left(&rect, ui_px(ui, 10.0f));
    if (chosen) {
        draw_fill(ui->draw,
                  (Rect){mark.x - ui_px(ui, 4.0f), mark.y + ui_px(ui, 5.0f), ui_px(ui, 3.0f),
                         mark.h - ui_px(ui, 10.0f)},
                  ui->theme->accent);
    }
    bool all = browser->family[0] == '\0';
    if (all) { // else every one is of the same family
        int width = int_min(draw_text_width(ui->draw, FONT_SMALL, info->family), rect.w * 45 / 100);
        draw_text_any(ui->draw, rect_cut_right(&rect, width), FONT_SMALL, ALIGN_RIGHT, ui->theme->dim,
                      info->family);
        rect_cut_right(&rect, ui_px(ui, 6.0f));
    }
    if (info->user) { // a ring: the user's own
        int size = ui_px(ui, 7.0f);
        Rect ring = rect_center(rect_cut_right(&rect, size), size, size);
        draw_arc(ui->draw, ring, ui_px(ui, 1.5f), 0.0f, 1.0f, ui->theme->accent);
        rect_cut_right(&rect, ui_px(ui, 4.0f));
    }
    draw_text_any(ui->draw, rect, chosen ? FONT_STRONG : FONT_BODY, ALIGN_LEFT, ui->theme->text, info->name);
}

static void families(Desk *desk, Rect rect) {
    Browser *browser = &desk->browser;
    const char *names[FAMILIES_MAX] = {"All families"};
    int count = 1;
    int current = 0;
    for (int i = 0; i < browser->count; i++) {
        int known = 1;
        while (known < count && strcmp(names[known], browser->patches[i].family) != 0) {
            known++;
        }
        if (known == count && count < FAMILIES_MAX) {
            names[count++] = browser->patches[i].family;
        }
    }
    for (int i = 1; i < count; i++) {
        current = strcmp(names[i], browser->family) == 0 ? i : current;
    }
    int chosen = ui_menu(&desk->ui, rect, "family", names, count, current);
    ui_tip(&desk->ui, "Show one family of patches");
    if (chosen >= 0) {
        SDL_strlcpy(browser->family, chosen == 0 ? "" : names[chosen], sizeof browser->family);
        browser->offset = 0.0f;
        browser->stale = true;
    }
}

void panel_browser(Desk *desk, Rect rect) {
    Ui *ui = &desk->ui;
    Browser *browser = &desk->browser;
    int gap = ui_px(ui, 6.0f);
    Rect inside = ui_panel(ui, rect, NULL);
    // Outside of the panel's own names, so that Control-F finds it.
    if (ui_field(ui, rect_cut_top(&inside, ui_px(ui, 28.0f)), "search", browser->search,
                 sizeof browser->search, "Search patches")
            .changed) {
        browser->offset = 0.0f;
        browser->stale = true;
    }
    ui_push(ui, "browser", 0);
    rect_cut_top(&inside, gap);
    families(desk, rect_cut_top(&inside, ui_px(ui, 28.0f)));
    rect_cut_top(&inside, gap);
    Rect foot = rect_cut_bottom(&inside, ui_px(ui, 18.0f));
    char text[64];
    snprintf(text, sizeof text,
             browser->visible_count == browser->count ? "%d patches; ring: yours" : "%d of %d patches",
             browser->visible_count, browser->count);
    ui_label(ui, foot, FONT_SMALL, ALIGN_LEFT, ui->theme->dim, text);
    int chosen = browser->chosen;
    int entered = ui_list(ui, inside, "patches", browser->visible_count, ui_px(ui, 26.0f), &chosen,
                          &browser->offset, draw_patch, browser);
    if (browser->visible_count == 0) {
        draw_paragraph(ui->draw, inside, FONT_BODY, ui->theme->dim, "No patch of that name.", true);
    }
    if ((entered >= 0 || chosen != browser->chosen) && chosen >= 0 && chosen < browser->visible_count) {
        desk_load_patch(desk, browser->visible[chosen]);
    }
    ui_pop(ui);
    ui->group++;
}
