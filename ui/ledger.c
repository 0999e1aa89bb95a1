// Copies what the engine's own ledger has that is newer: an engine that is made anew begins another.
#include "ui/ledger.h"

#include <stdio.h>
#include <string.h>

static void append(Ledger *ledger, const XrunEntry *entry) {
    if (ledger->entry_count == XRUN_LEDGER_ENTRIES) {
        ledger->entry_count--;
        memmove(ledger->entries, ledger->entries + 1, ledger->entry_count * sizeof *entry);
    }
    ledger->entries[ledger->entry_count++] = *entry;
}

void ledger_read(Ledger *ledger, const EngineFigures *figures) {
    if (figures->serial != ledger->serial) { // another engine counts from 0
        ledger->serial = figures->serial;
        ledger->xruns = 0;
    }
    ledger->count += figures->xruns - ledger->xruns;
    ledger->xruns = figures->xruns;
    for (uint32_t i = 0; i < figures->xrun_entries; i++) {
        if (figures->ledger[i].time_ns > ledger->newest_ns) {
            ledger->newest_ns = figures->ledger[i].time_ns;
            append(ledger, &figures->ledger[i]);
        }
    }
}

void ledger_reset(Ledger *ledger) {
    ledger->entry_count = 0;
    ledger->count = 0;
}

const char *ledger_cause(XrunCause cause) {
    switch (cause) {
    case XRUN_DRIVER:
        return "driver underflow";
    case XRUN_DEADLINE:
        return "deadline missed";
    case XRUN_CALLBACK_GAP:
        return "callback late";
    }
    return "unknown";
}

time_t ledger_time(const XrunEntry *entry, uint64_t now_ns, time_t now) {
    return now - (time_t)((now_ns - entry->time_ns + 500000000u) / 1000000000u);
}

size_t ledger_csv(const Ledger *ledger, uint64_t now_ns, time_t now, char *text, size_t capacity) {
    size_t bytes = 0;
    char line[256];
    for (uint32_t row = 0; row <= ledger->entry_count; row++) {
        int length;
        if (row == 0) {
            length = snprintf(line, sizeof line,
                              "time,cause,voices,block_ms,deadline_ms,slowest_worker,slowest_cpu\n");
        } else {
            const XrunEntry *entry = &ledger->entries[row - 1];
            time_t when = ledger_time(entry, now_ns, now);
            char stamp[32];
            strftime(stamp, sizeof stamp, "%Y-%m-%dT%H:%M:%S", localtime(&when));
            length = snprintf(line, sizeof line, "%s,%s,%u,%.3f,%.3f,%u,%d\n", stamp,
                              ledger_cause(entry->cause), entry->voices, (double)entry->block_ns * 1e-6,
                              (double)entry->deadline_ns * 1e-6, entry->slowest_worker, entry->slowest_cpu);
        }
        if (bytes + (size_t)length < capacity) {
            memcpy(text + bytes, line, (size_t)length + 1);
        }
        bytes += (size_t)length;
    }
    return bytes;
}
