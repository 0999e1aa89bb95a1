// The panels: each draws itself into a rectangle and reacts to what is done there.
#ifndef UI_PANELS_H
#define UI_PANELS_H

#include "ui/desk.h"

/// Patch, pages, voices, level, xruns, record.
void panel_header(Desk *desk, Rect rect);
/// One meter a core. height: what it needs in pixels at that width.
void panel_cores(Desk *desk, Rect rect);
int panel_cores_height(const Desk *desk, int width);
/// Block time against the deadline, last 30 seconds.
void panel_history(Desk *desk, Rect rect);
/// The ledger of xruns.
void panel_ledger(Desk *desk, Rect rect);
/// Peak and RMS.
void panel_level(Desk *desk, Rect rect);
void panel_scope(Desk *desk, Rect rect);
void panel_spectrum(Desk *desk, Rect rect);
/// Search, families, patches.
void panel_browser(Desk *desk, Rect rect);
/// Every parameter.
void panel_params(Desk *desk, Rect rect);
void panel_setup(Desk *desk, Rect rect);
/// Channels, wheels and keys.
void panel_keyboard(Desk *desk, Rect rect);
/// Notices and the way to the help.
void panel_status(Desk *desk, Rect rect);
/// Over everything: the keys, and saving under a name.
void panel_help(Desk *desk);
void panel_save(Desk *desk);

#endif
