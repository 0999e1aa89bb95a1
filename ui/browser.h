// The list of patches as it is searched: which match, and which of them is played.
#ifndef UI_BROWSER_H
#define UI_BROWSER_H

#include "ui/host.h"

#include <stdbool.h>

enum { BROWSER_NONE = -1 };

typedef struct Browser {
    HostPatchInfo *patches;
    int count;
    int *visible; // those that match search and family
    int visible_count;
    char search[PATCH_NAME_BYTES];
    char family[PATCH_NAME_BYTES]; // "": all
    int chosen;                    // in visible, BROWSER_NONE when what is played does not match
    float offset;
    bool stale; // read again and filter again
} Browser;

/// Reads the list when it is stale, and filters it. played: its patch that the part plays, or BROWSER_NONE.
/// False when memory is refused: it shows what it showed. [main-thread]
bool browser_read(Browser *browser, const Host *host, int played);
/// played is what the part plays from now on.
void browser_choose(Browser *browser, int played);
/// Gives its memory back. [main-thread]
void browser_deinit(Browser *browser);

/// The patch so many steps after the chosen one among those that match, around its ends; BROWSER_NONE when
/// none matches.
int browser_next(const Browser *browser, int step);
/// The patch of that name and family, or BROWSER_NONE.
int browser_find(const Browser *browser, const Patch *patch);

#endif
