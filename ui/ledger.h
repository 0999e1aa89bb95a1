// The xruns since the last reset, in words and as CSV.
#ifndef UI_LEDGER_H
#define UI_LEDGER_H

#include "engine/figures.h"

#include <stddef.h>
#include <time.h>

typedef struct Ledger {
    XrunEntry entries[XRUN_LEDGER_ENTRIES]; // the newest last
    uint32_t entry_count;
    uint64_t count;     // since the reset, of every engine; more than the entries when old ones fell out
    uint32_t serial;    // of the engine read last
    uint64_t xruns;     // its own count
    uint64_t newest_ns; // entries up to here have been taken
} Ledger;

/// Takes a reading. All zero is a fresh start. [main-thread]
void ledger_read(Ledger *ledger, const EngineFigures *figures);
/// Begins to count again at 0. [main-thread]
void ledger_reset(Ledger *ledger);

/// "driver", "deadline missed", "callback late". Valid for the program's life.
const char *ledger_cause(XrunCause cause);

/// Wall clock time of an entry: now_ns and now are the same moment on both clocks.
time_t ledger_time(const XrunEntry *entry, uint64_t now_ns, time_t now);

/// Writes the entries as CSV with a heading, whole with its ending zero or not at all; returns the bytes
/// needed without it.
size_t ledger_csv(const Ledger *ledger, uint64_t now_ns, time_t now, char *text, size_t capacity);

#endif
