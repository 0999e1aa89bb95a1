// Draws meters with characters.
#include "app/terminal/meters.h"

#include "app/terminal/text_bar.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum {
    BAR_CELLS_MAX = 10,
    FIXED_COLUMNS = 90, // what a line takes beside its bars at most
    EIGHTHS = 8,        // that the height of a block character resolves
    PEAK_COLUMNS = 10,  // "-12.3 dBFS", so that what follows stays where it is
};

static const double NS_PER_MS = 1e6;

void meters_init(Meters *meters) {
    memset(meters, 0, sizeof *meters);
}

static float loudest(const EngineFigures *figures) {
    float peak = 0.0f;
    for (int channel = 0; channel < CHANNEL_COUNT; channel++) {
        peak = fmaxf(peak, figures->peak[channel]);
    }
    return peak;
}

void meters_update(Meters *meters, const EngineFigures *figures, uint64_t now_ns) {
    if (figures->frame < meters->now.frame) {
        meters->now = (EngineFigures){0};
    }
    meters->before = meters->now;
    meters->before_ns = meters->now_ns;
    meters->now = *figures;
    meters->now_ns = now_ns;
    float louder = loudest(figures);
    meters->peak = louder > meters->peak ? louder : meters->peak;
}

void meters_format_peak(float peak, char text[24]) {
    if (peak > 0) {
        snprintf(text, 24, "%.1f dBFS", 20 * log10((double)peak));
    } else {
        snprintf(text, 24, "silence");
    }
}

// One cell a worker, of which there may be many: its height is the share.
static size_t put_column(char *text, double fraction, bool utf8) {
    static const char *const HEIGHTS[EIGHTHS + 1] = {" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    static const char *const DIGITS[EIGHTHS + 1] = {".", "1", "2", "3", "4", "5", "6", "7", "8"};
    fraction = fraction < 0 ? 0 : fraction > 1 ? 1 : fraction;
    int height = (int)ceil(fraction * (int)EIGHTHS);
    const char *part = (utf8 ? HEIGHTS : DIGITS)[height];
    strcpy(text, part);
    return strlen(part);
}

static size_t put_workers(const Meters *meters, int32_t columns, bool utf8, char *text) {
    size_t used = 0;
    uint32_t workers = meters->now.workers;
    double elapsed_ns = (double)(meters->now_ns - meters->before_ns);
    int room = columns > FIXED_COLUMNS && workers > 0 ? (columns - FIXED_COLUMNS) / (int)workers - 1 : 0;
    int cells = room > BAR_CELLS_MAX ? BAR_CELLS_MAX : room;
    for (uint32_t i = 0; i < workers; i++) {
        double busy_ns = (double)(meters->now.worker[i].busy_ns - meters->before.worker[i].busy_ns);
        double share = elapsed_ns > 0 ? busy_ns / elapsed_ns : 0;
        if (cells >= 2) {
            text[used++] = '|';
            used += text_bar(text + used, share, cells, utf8);
        } else {
            used += put_column(text + used, share, utf8);
        }
    }
    strcpy(text + used, cells >= 2 ? "|" : "");
    return used;
}

// Cuts a line after so many characters, each taken to be one column wide.
static void cut_line(char *line, int32_t columns) {
    int32_t seen = 0;
    for (char *c = line; *c; c++) {
        if (((unsigned char)*c & 0xC0) != 0x80 && ++seen > columns) {
            *c = '\0';
            return;
        }
    }
}

void meters_format(const Meters *meters, double take_seconds, int32_t columns, bool utf8,
                   char line[METERS_LINE_BYTES]) {
    const EngineFigures *now = &meters->now;
    char bars[POOL_WORKERS_MAX * (1 + BAR_CELLS_MAX * TEXT_BAR_CELL_BYTES) + 2];
    char peak[24];
    char take[32] = "";
    put_workers(meters, columns, utf8, bars);
    float louder = loudest(now);
    meters_format_peak(louder, peak);
    if (take_seconds >= 0) {
        snprintf(take, sizeof take, "  rec %d:%02d", (int)take_seconds / 60, (int)take_seconds % 60);
    }
    // The bars last: many workers' do not fit, and then nothing else is lost.
    snprintf(line, METERS_LINE_BYTES,
             "%3" PRIu32 " voices  %.2f of %.2f ms%s  xruns %" PRIu64 "  rescues %" PRIu64 "%s  %*s  %s",
             now->voices, (double)now->block_ns / NS_PER_MS, (double)now->deadline_ns / NS_PER_MS,
             now->lowered ? "  draft" : "", now->xruns, now->rescues, take, PEAK_COLUMNS, peak, bars);
    cut_line(line, columns);
}

static void format_xruns(const EngineFigures *figures, char *text, size_t bytes) {
    static const char *const CAUSES[] = {[XRUN_DRIVER] = "reported by the driver",
                                         [XRUN_DEADLINE] = "rendered too late",
                                         [XRUN_CALLBACK_GAP] = "called too late"};
    unsigned counts[sizeof CAUSES / sizeof CAUSES[0]] = {0};
    for (uint32_t i = 0; i < figures->xrun_entries; i++) {
        counts[figures->ledger[i].cause]++;
    }
    size_t used = (size_t)snprintf(text, bytes, "xruns %" PRIu64, figures->xruns);
    const char *before = " (";
    for (size_t cause = 0; cause < sizeof CAUSES / sizeof CAUSES[0]; cause++) {
        if (counts[cause] > 0) {
            used +=
                (size_t)snprintf(text + used, bytes - used, "%s%u %s", before, counts[cause], CAUSES[cause]);
            before = ", ";
        }
    }
    snprintf(text + used, bytes - used, "%s", figures->xrun_entries ? ")" : "");
}

void meters_summarize(const Meters *meters, uint32_t rate_hz, char text[METERS_LINE_BYTES]) {
    const EngineFigures *now = &meters->now;
    char xruns[256];
    char peak[24];
    format_xruns(now, xruns, sizeof xruns);
    meters_format_peak(meters->peak, peak);
    snprintf(text, METERS_LINE_BYTES,
             "Played %.1f s: %" PRIu64 " frames in %" PRIu64 " blocks, the worst took %.2f of %.2f ms.\n"
             "%s, rescues %" PRIu64 ", voices stolen %" PRIu64 ", shed %" PRIu64 ", peak %s.",
             (double)now->frame / rate_hz, now->frame, now->blocks, (double)now->worst_block_ns / NS_PER_MS,
             (double)now->deadline_ns / NS_PER_MS, xruns, now->rescues, now->stolen, now->shed, peak);
}
