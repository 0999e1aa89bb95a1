// What is told of the machine beside the figures.
#include "app/bench/mood.h"

#include <criterion/criterion.h>
#include <stdlib.h>

static void expect_cpus(const char *description, int32_t cache, size_t capacity, const char *expected) {
    char text[REPORT_CELL_BYTES];
    Error error = {""};
    Topology *topology = topology_create_synthetic(description, NULL, &error);
    cr_assert_not_null(topology, "%s", error.text);
    mood_list_cpus(topology, cache, text, capacity);
    cr_expect_str_eq(text, expected);
    topology_destroy(topology);
}

Test(bench_mood, cpus_that_share_a_cache_are_told_in_ranges) {
    expect_cpus("pack:2 l3:1 core:4 pu:1", 0, REPORT_CELL_BYTES, "0-3");
    expect_cpus("pack:2 l3:1 core:4 pu:1", 1, REPORT_CELL_BYTES, "4-7");
    expect_cpus("pack:2 l3:1 core:1 pu:1", 1, REPORT_CELL_BYTES, "1");
}

Test(bench_mood, ranges_stop_where_another_cache_has_a_cpu) {
    // As systems number hardware threads: all first ones, then all second ones.
    TopologyCpu cpus[8] = {{0}};
    for (int i = 0; i < 8; i++) {
        cpus[i] = (TopologyCpu){.cpu = i, .cache = i / 2 % 2};
    }
    const Topology topology = {.cpus = cpus, .cpu_count = 8, .cache_count = 2};
    char text[REPORT_CELL_BYTES];
    mood_list_cpus(&topology, 0, text, sizeof text);
    cr_expect_str_eq(text, "0-1 4-5");
    mood_list_cpus(&topology, 1, text, sizeof text);
    cr_expect_str_eq(text, "2-3 6-7");
    mood_list_cpus(&topology, 1, text, 6);
    cr_expect_str_eq(text, "2-3 6", "it is cut, and ends");
    cpus[5].cpu = 9; // those between are not this process's
    mood_list_cpus(&topology, 0, text, sizeof text);
    cr_expect_str_eq(text, "0-1 4 9");
}

Test(bench_mood, the_table_of_caches_has_every_cpu_of_this_machine) {
    Report *report = calloc(1, sizeof *report);
    ReportSection *section = report_section(report, "demo", "");
    Error error = {""};
    cr_assert(mood_report_caches(section, &error), "%s", error.text);
    cr_assert_eq(section->table_count, 1);
    cr_assert_gt(section->tables[0].row_count, 0);
    for (int row = 0; row < section->tables[0].row_count; row++) {
        cr_expect_neq(section->tables[0].cells[row][1].text[0], '\0');
    }
    free(report);
}

Test(bench_mood, a_measurement_is_told_with_what_independent_threads_gain) {
    Report *report = calloc(1, sizeof *report);
    ReportTable *table = mood_table(report_section(report, "demo", ""));
    Error error = {""};
    Mood mood = mood_begin("a measurement");
    cr_assert(mood_end(&(BenchPlan){.workers = 2}, table, &mood, &error), "%s", error.text);
    cr_assert_eq(table->row_count, 1);
    cr_expect_str_eq(table->cells[0][0].text, "a measurement");
    cr_expect_gt(table->cells[0][3].number, 0);
    free(report);
}
