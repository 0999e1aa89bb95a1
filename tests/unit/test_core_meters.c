// Shares of the deadline from counters, the held worst block, the load of others; the history and the ledger
// of xruns.
#include "ui/core_meters.h"
#include "ui/history.h"
#include "ui/ledger.h"

#include <criterion/criterion.h>
#include <string.h>

enum { DEADLINE_NS = 2000000 };

static EngineFigures reading(uint64_t blocks, uint64_t busy_ns, uint64_t spin_ns) {
    EngineFigures figures = {.serial = 1, .blocks = blocks, .deadline_ns = DEADLINE_NS, .workers = 1};
    figures.worker[0] = (WorkerFigures){.busy_ns = busy_ns, .spin_ns = spin_ns, .cpu = 3};
    return figures;
}

Test(core_meters, work_and_waiting_are_told_apart_as_shares_of_the_deadline) {
    CoreMeters meters = {0};
    HostCore core = {.cpu = 3};
    EngineFigures before = reading(1000, 5000, 7000);
    core_meters_read(&meters, &before, &core, 1, 10.0);
    EngineFigures after = reading(1100, 5000 + 100 * DEADLINE_NS / 4, 7000 + 100 * DEADLINE_NS / 10);
    core_meters_read(&meters, &after, &core, 1, 10.2);
    cr_assert_float_eq(meters.meters[0].busy, 0.25f, 1e-4f);
    cr_assert_float_eq(meters.meters[0].waiting, 0.1f, 1e-4f);
    cr_assert(meters.meters[0].audio);
}

Test(core_meters, the_worst_block_is_held_for_three_seconds) {
    CoreMeters meters = {0};
    HostCore core = {.cpu = 3};
    EngineFigures figures = reading(10, 0, 0);
    figures.worker[0].worst_busy_ns = DEADLINE_NS * 9 / 10;
    core_meters_read(&meters, &figures, &core, 1, 10.0);
    figures.worker[0].worst_busy_ns = DEADLINE_NS / 10;
    core_meters_read(&meters, &figures, &core, 1, 12.9);
    cr_assert_float_eq(meters.meters[0].worst, 0.9f, 1e-4f);
    core_meters_read(&meters, &figures, &core, 1, 13.1);
    cr_assert_float_eq(meters.meters[0].worst, 0.1f, 1e-4f);
}

Test(core_meters, a_rescue_is_lit_for_three_seconds) {
    CoreMeters meters = {0};
    HostCore core = {.cpu = 3};
    EngineFigures figures = reading(10, 0, 0);
    figures.worker[0].rescued = 4; // before the window opened
    core_meters_read(&meters, &figures, &core, 1, 10.0);
    cr_assert(!meters.meters[0].rescued_now);
    figures.worker[0].rescued = 5;
    core_meters_read(&meters, &figures, &core, 1, 11.0);
    cr_assert(meters.meters[0].rescued_now);
    core_meters_read(&meters, &figures, &core, 1, 14.1);
    cr_assert(!meters.meters[0].rescued_now);
    cr_assert_eq(meters.meters[0].rescued, 5);
}

Test(core_meters, the_load_of_others_leaves_our_own_out) {
    CoreMeters meters = {0};
    HostCore core = {.cpu = 3, .busy_ns = 0, .total_ns = 1};
    EngineFigures figures = reading(10, 0, 0);
    core_meters_read(&meters, &figures, &core, 1, 10.0);
    core.busy_ns = 800000000;
    core.total_ns = 1000000001;
    figures = reading(500, 200000000, 100000000);
    core_meters_read(&meters, &figures, &core, 1, 11.1);
    cr_assert_float_eq(meters.meters[0].others, 0.5f, 1e-3f);
}

Test(core_meters, a_worker_whose_place_is_unknown_has_a_meter_of_its_own) {
    CoreMeters meters = {0};
    HostCore core = {.cpu = 0};
    EngineFigures figures = reading(10, 0, 0);
    figures.worker[0].cpu = -1;
    core_meters_read(&meters, &figures, &core, 1, 10.0);
    cr_assert_eq(meters.count, 2);
    cr_assert_eq(meters.meters[1].worker, 0);
}

Test(core_meters, another_engine_with_fresh_counters_shows_no_nonsense) {
    CoreMeters meters = {0};
    HostCore core = {.cpu = 3};
    EngineFigures figures = reading(1000, 900000000, 0);
    core_meters_read(&meters, &figures, &core, 1, 10.0);
    figures = reading(5, 1000, 0);
    figures.serial = 2;
    core_meters_read(&meters, &figures, &core, 1, 10.2);
    cr_assert_eq(meters.meters[0].busy, 0.0f);
}

Test(history, keeps_the_worst_block_and_every_xrun_in_its_step) {
    History history = {0};
    EngineFigures figures = {.serial = 1, .blocks = 10, .deadline_ns = DEADLINE_NS};
    history_read(&history, &figures, 100.0);
    figures.blocks = 30;
    figures.histogram[4] = 19;
    figures.histogram[20] = 1;
    figures.xruns = 2;
    history_read(&history, &figures, 100.15);
    history_read(&history, &figures, 100.25);
    const HistoryStep *step = history_step(&history, 1);
    cr_assert_eq(step->xruns, 2);
    cr_assert_float_eq(step->worst, 20.5f / 16.0f, 1e-4f);
    cr_assert_gt(step->mean, 0.25f);
    cr_assert_lt(step->mean, 0.4f);
    cr_assert_eq(history_step(&history, 0)->xruns, 0);
}

Test(history, forgets_after_thirty_seconds) {
    History history = {0};
    EngineFigures figures = {.serial = 1, .blocks = 1, .deadline_ns = DEADLINE_NS};
    history_read(&history, &figures, 100.0);
    figures.xruns = 1;
    history_read(&history, &figures, 100.05);
    history_read(&history, &figures, 131.0);
    for (int age = 0; age < HISTORY_STEPS; age++) {
        cr_assert_eq(history_step(&history, age)->xruns, 0, "age %d", age);
    }
}

Test(history, steps_without_a_reading_are_as_the_next_and_long_blocks_leave_no_gap) {
    History history = {0};
    EngineFigures figures = {.serial = 1, .blocks = 1, .deadline_ns = DEADLINE_NS};
    history_read(&history, &figures, 100.05);
    figures.histogram[8] = 5;
    figures.blocks = 6;
    figures.xruns = 1;
    history_read(&history, &figures, 100.35); // three steps on
    history_read(&history, &figures, 100.45); // no block has ended
    for (int age = 0; age < 4; age++) {
        cr_assert_float_eq(history_step(&history, age)->mean, 8.5f / 16.0f, 1e-4f, "age %d", age);
        cr_assert_eq(history_step(&history, age)->xruns, age == 1 ? 1 : 0, "age %d", age);
    }
    figures.histogram[2] = 5;
    history_read(&history, &figures, 100.46);
    cr_assert_float_eq(history_step(&history, 0)->worst, 2.5f / 16.0f, 1e-4f,
                       "measured, no longer carried on");
    history_read(&history, &figures, 102.0);
    cr_assert_eq(history_step(&history, 0)->mean, 0.0f, "a device that has stopped takes no time");
}

Test(history, counts_the_xruns_of_another_engine) {
    History history = {0};
    EngineFigures figures = {.serial = 1, .xruns = 3, .deadline_ns = DEADLINE_NS};
    history_read(&history, &figures, 100.05);
    figures = (EngineFigures){.serial = 2, .xruns = 3, .deadline_ns = DEADLINE_NS};
    history_read(&history, &figures, 100.15);
    cr_assert_eq(history_step(&history, 0)->xruns, 3);
}

static EngineFigures with_xruns(uint32_t count) {
    EngineFigures figures = {.serial = 1, .xruns = count, .xrun_entries = count};
    for (uint32_t i = 0; i < count; i++) {
        figures.ledger[i] = (XrunEntry){.time_ns = UINT64_C(1000000000) * (i + 1),
                                        .block_ns = 3000000,
                                        .deadline_ns = 2000000,
                                        .cause = XRUN_DEADLINE,
                                        .voices = 64,
                                        .slowest_worker = 1,
                                        .slowest_cpu = 7};
    }
    return figures;
}

Test(ledger, counts_from_nought_after_a_reset) {
    Ledger ledger = {0};
    EngineFigures figures = with_xruns(3);
    ledger_read(&ledger, &figures);
    cr_assert_eq(ledger.count, 3);
    ledger_reset(&ledger);
    ledger_read(&ledger, &figures);
    cr_assert_eq(ledger.count, 0);
    cr_assert_eq(ledger.entry_count, 0);
    figures = with_xruns(4);
    ledger_read(&ledger, &figures);
    cr_assert_eq(ledger.count, 1);
    cr_assert_eq(ledger.entry_count, 1);
}

Test(ledger, goes_on_with_another_engine) {
    Ledger ledger = {0};
    EngineFigures figures = with_xruns(1);
    ledger_read(&ledger, &figures);
    ledger_reset(&ledger);
    figures = with_xruns(0);
    figures.serial = 2;
    ledger_read(&ledger, &figures);
    figures = with_xruns(1); // as many as the engine before had
    figures.serial = 2;
    figures.ledger[0].time_ns = 9000000000u;
    ledger_read(&ledger, &figures);
    cr_assert_eq(ledger.count, 1);
    cr_assert_eq(ledger.entry_count, 1);
    figures = with_xruns(0);
    figures.serial = 3;
    ledger_read(&ledger, &figures);
    cr_assert_eq(ledger.count, 1, "only a reset counts from 0");
    cr_assert_eq(ledger.entry_count, 1);
}

Test(ledger, keeps_the_newest_entries_when_there_are_too_many) {
    Ledger ledger = {0};
    EngineFigures figures = with_xruns(XRUN_LEDGER_ENTRIES);
    ledger_read(&ledger, &figures);
    figures = with_xruns(1);
    figures.serial = 2;
    figures.ledger[0].time_ns = 1000000000000u;
    ledger_read(&ledger, &figures);
    cr_assert_eq(ledger.count, XRUN_LEDGER_ENTRIES + 1);
    cr_assert_eq(ledger.entry_count, XRUN_LEDGER_ENTRIES);
    cr_assert_eq(ledger.entries[0].time_ns, 2000000000u);
    cr_assert_eq(ledger.entries[XRUN_LEDGER_ENTRIES - 1].time_ns, 1000000000000u);
}

Test(ledger, csv_has_a_line_for_each_entry_and_never_overflows) {
    Ledger ledger = {0};
    EngineFigures figures = with_xruns(2);
    char text[1024];
    ledger_read(&ledger, &figures);
    size_t bytes = ledger_csv(&ledger, 5000000000u, 1700000000, text, sizeof text);
    cr_assert_eq(bytes, strlen(text));
    int lines = 0;
    for (size_t i = 0; i < bytes; i++) {
        lines += text[i] == '\n';
    }
    cr_assert_eq(lines, 3);
    cr_assert(strstr(text, ",deadline missed,64,3.000,2.000,1,7\n"), "%s", text);
}
