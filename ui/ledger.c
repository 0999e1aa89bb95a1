// The xruns since the last reset, in words and as CSV.
#include "ui/ledger.h"

#include <stdio.h>
#include <string.h>

void ledger_read(Ledger *ledger, const EngineFigures *figures) {
    if (figures->xruns < ledger->total) { // another engine: it counts from 0
        ledger->reset_total = 0;
    }
    ledger->total = figures->xruns;
    ledger->count = ledger->total - ledger->reset_total;
    ledger->entry_count = 0;
    uint32_t count =
        figures->xrun_entries < XRUN_LEDGER_ENTRIES ? figures->xrun_entries : XRUN_LEDGER_ENTRIES;
    for (uint32_t i = 0; i < count; i++) {
        if (figures->ledger[i].time_ns > ledger->reset_ns) {
            ledger->entries[ledger->entry_count++] = figures->ledger[i];
        }
    }
    for (uint32_t i = 0; i < figures->workers && i < POOL_WORKERS_MAX; i++) {
        ledger->cpus[i] = figures->worker[i].cpu;
    }
}

void ledger_reset(Ledger *ledger) {
    if (ledger->entry_count > 0) {
        ledger->reset_ns = ledger->entries[ledger->entry_count - 1].time_ns;
    }
    ledger->entry_count = 0;
    ledger->reset_total = ledger->total;
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
            int32_t cpu = entry->slowest_worker < POOL_WORKERS_MAX ? ledger->cpus[entry->slowest_worker] : -1;
            length = snprintf(line, sizeof line, "%s,%s,%u,%.3f,%.3f,%u,%d\n", stamp,
                              ledger_cause(entry->cause), entry->voices, (double)entry->block_ns * 1e-6,
                              (double)entry->deadline_ns * 1e-6, entry->slowest_worker, cpu);
        }
        if (bytes + (size_t)length < capacity) {
            memcpy(text + bytes, line, (size_t)length + 1);
        }
        bytes += (size_t)length;
    }
    return bytes;
}
