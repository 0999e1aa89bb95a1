// Filters by parts of names, whatever their case.
#include "ui/browser.h"

#include <SDL_stdinc.h>
#include <stdlib.h>
#include <string.h>

static bool contains(const char *text, const char *part) {
    size_t length = strlen(part);
    for (; *text; text++) {
        if (SDL_strncasecmp(text, part, length) == 0) {
            return true;
        }
    }
    return length == 0;
}

static void filter(Browser *browser) {
    browser->visible_count = 0;
    for (int i = 0; i < browser->count; i++) {
        const HostPatchInfo *info = &browser->patches[i];
        bool family = !browser->family[0] || strcmp(info->family, browser->family) == 0;
        if (family && (contains(info->name, browser->search) || contains(info->family, browser->search))) {
            browser->visible[browser->visible_count++] = i;
        }
    }
}

void browser_choose(Browser *browser, int played) {
    browser->chosen = BROWSER_NONE;
    for (int i = 0; i < browser->visible_count; i++) {
        if (browser->visible[i] == played) {
            browser->chosen = i;
        }
    }
}

static bool reserve(Browser *browser, int count) {
    HostPatchInfo *patches = realloc(browser->patches, (size_t)(count + 1) * sizeof *patches);
    if (patches) {
        browser->patches = patches;
    }
    int *visible = realloc(browser->visible, (size_t)(count + 1) * sizeof *visible);
    if (visible) {
        browser->visible = visible;
    }
    return patches && visible;
}

bool browser_read(Browser *browser, const Host *host, int played) {
    int count = host->patch_count(host->user);
    if (browser->stale || count != browser->count) {
        if (!reserve(browser, count)) {
            browser->count = browser->count < count ? browser->count : count;
            return false;
        }
        for (int i = 0; i < count; i++) {
            host->patch_info(host->user, i, &browser->patches[i]);
        }
        browser->count = count;
        browser->stale = false;
        filter(browser);
    }
    browser_choose(browser, played);
    return true;
}

void browser_deinit(Browser *browser) {
    free(browser->patches);
    free(browser->visible);
}

int browser_next(const Browser *browser, int step) {
    if (browser->visible_count == 0) {
        return BROWSER_NONE;
    }
    int place = browser->chosen == BROWSER_NONE ? 0 : browser->chosen + step;
    return browser->visible[(place + browser->visible_count) % browser->visible_count];
}

int browser_find(const Browser *browser, const Patch *patch) {
    for (int i = 0; i < browser->count; i++) {
        const HostPatchInfo *info = &browser->patches[i];
        if (strcmp(info->name, patch->name) == 0 && strcmp(info->family, patch->family) == 0) {
            return i;
        }
    }
    return BROWSER_NONE;
}
