// The figures tell what the blocks came to, and the ledger keeps the newest xruns whole.
#include "engine/meter.h"

#include <criterion/criterion.h>
#include <string.h>

static Meter meter;
static EngineFigures figures;

static void make_fresh(void) {
    memset(&meter, 0, sizeof meter);
    memset(&figures, 0xA5, sizeof figures);
}

Test(meter, tells_the_last_and_the_worst_block, .init = make_fresh) {
    const MeterBlock slow = {.frame = 128, .took_ns = 900, .had_ns = 1600, .voices = 7, .stolen = 2};
    const MeterBlock quick = {
        .frame = 256, .took_ns = 100, .had_ns = 1600, .voices = 5, .stolen = 3, .dropped = 1};
    meter_block(&meter, &slow);
    meter_block(&meter, &quick);
    meter_read(&meter, &figures);
    cr_assert(figures.frame == 256 && figures.blocks == 2);
    cr_assert(figures.block_ns == 100 && figures.worst_block_ns == 900 && figures.deadline_ns == 1600);
    cr_assert(figures.voices == 5 && figures.stolen == 3 && figures.dropped == 1);
    cr_assert(figures.xruns == 0 && figures.xrun_entries == 0);
}

Test(meter, counts_blocks_by_sixteenths_of_their_deadline, .init = make_fresh) {
    const uint64_t took_ns[] = {0, 99, 100, 1600, 100000000};
    for (size_t block = 0; block < sizeof took_ns / sizeof took_ns[0]; block++) {
        meter_block(&meter, &(MeterBlock){.took_ns = took_ns[block], .had_ns = 1600});
    }
    meter_block(&meter, &(MeterBlock){.took_ns = 50, .had_ns = 0}); // offline: no deadline
    meter_read(&meter, &figures);
    cr_assert(figures.histogram[0] == 2);
    cr_assert(figures.histogram[1] == 1);
    cr_assert(figures.histogram[16] == 1);
    cr_assert(figures.histogram[FIGURES_HISTOGRAM_BINS - 1] == 1);
    uint64_t sum = 0;
    for (int bin = 0; bin < FIGURES_HISTOGRAM_BINS; bin++) {
        sum += figures.histogram[bin];
    }
    cr_assert(sum == 5);
}

Test(meter, keeps_the_highest_peak_until_it_is_read, .init = make_fresh) {
    meter_block(&meter, &(MeterBlock){.peak = {0.5f, 0.1f}});
    meter_block(&meter, &(MeterBlock){.peak = {0.25f, 2.0f}});
    meter_read(&meter, &figures);
    cr_assert(figures.peak[0] == 0.5f && figures.peak[1] == 2.0f);
    meter_read(&meter, &figures);
    cr_assert(figures.peak[0] == 0.0f && figures.peak[1] == 0.0f);
}

Test(meter, keeps_the_newest_xruns_whole, .init = make_fresh) {
    enum { XRUNS = XRUN_LEDGER_ENTRIES + 10 };
    for (uint32_t number = 0; number < XRUNS; number++) {
        const XrunEntry entry = {.time_ns = number,
                                 .slowest_cpu = (int32_t)(number % 3) - 1,
                                 .frame = number * 2,
                                 .block_ns = number * 3,
                                 .deadline_ns = number * 5,
                                 .cause = XRUN_CALLBACK_GAP,
                                 .voices = number * 7,
                                 .slowest_worker = number % 64};
        meter_xrun(&meter, &entry);
    }
    meter_read(&meter, &figures);
    cr_assert(figures.xruns == XRUNS && figures.xrun_entries == XRUN_LEDGER_ENTRIES);
    for (uint32_t index = 0; index < XRUN_LEDGER_ENTRIES; index++) {
        const XrunEntry *entry = &figures.ledger[index];
        uint64_t number = index + XRUNS - XRUN_LEDGER_ENTRIES;
        cr_assert(entry->time_ns == number && entry->frame == number * 2 && entry->block_ns == number * 3);
        cr_assert(entry->deadline_ns == number * 5 && entry->cause == XRUN_CALLBACK_GAP);
        cr_assert(entry->voices == number * 7 && entry->slowest_worker == number % 64);
        cr_assert_eq(entry->slowest_cpu, (int32_t)(number % 3) - 1);
    }
}

Test(meter, leaves_out_an_xrun_that_is_being_written, .init = make_fresh) {
    for (uint64_t number = 0; number < 3; number++) {
        meter_xrun(&meter, &(XrunEntry){.time_ns = number});
    }
    atomic_fetch_add(&meter.ledger[1].sequence, 1);
    meter_read(&meter, &figures);
    cr_assert(figures.xruns == 3 && figures.xrun_entries == 2);
    cr_assert(figures.ledger[0].time_ns == 0 && figures.ledger[1].time_ns == 2);
}
