// How the benchmarks' figures are printed.
#include "app/bench/report.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const ReportColumn COLUMNS[] = {{"kind", "kind", 0}, {"time_us", "time us", 2}};

static Report *filled(void) {
    Report *report = calloc(1, sizeof *report);
    cr_assert(report);
    ReportSection *section = report_section(report, "demo", "a \"quoted\" summary");
    ReportTable *table = report_table(section, "times", "Times", COLUMNS, 2, 1);
    report_row(table, (ReportCell[]){report_text("slow"), report_number(8)});
    report_row(table, (ReportCell[]){report_text("fast"), report_number(4)});
    report_row(table, (ReportCell[]){report_text("gone"), report_number((double)NAN)});
    report_goal(section, "fast is fast", 4, REPORT_AT_MOST, 5, "us");
    report_goal(section, "ratio", 2, REPORT_AT_LEAST, 3, "");
    report_goal(section, "not measured", (double)NAN, REPORT_AT_MOST, 3, "");
    report_note(section, "%d rounds", 7);
    return report;
}

// What was written to a temporary file, which is closed.
static void take_text(FILE *file, char *text, size_t capacity) {
    rewind(file);
    size_t bytes = fread(text, 1, capacity - 1, file);
    text[bytes] = '\0';
    fclose(file);
}

static char *text_of(const Report *report, ReportStyle style) {
    static char text[8192];
    FILE *file = tmpfile();
    report_print_text(file, &report->sections[0], style);
    take_text(file, text, sizeof text);
    return text;
}

Test(bench_report, text_tables_align_and_bars_are_in_proportion) {
    Report *report = filled();
    char *text = text_of(report, (ReportStyle){.columns = 80, .utf8 = false});
    cr_expect(strstr(text, "    kind  time us\n"), "%s", text);
    cr_expect(strstr(text, "    slow     8.00  ########################################\n"), "%s", text);
    cr_expect(strstr(text, "    fast     4.00  ####################\n"), "%s", text);
    cr_expect(strstr(text, "    gone        -  \n"), "%s", text);
    cr_expect(strstr(text, "7 rounds"), "%s", text);
    free(report);
}

Test(bench_report, bars_are_ascii_unless_the_terminal_shows_more) {
    Report *report = filled();
    char *ascii = text_of(report, (ReportStyle){.columns = 80, .utf8 = false});
    for (char *c = ascii; *c; c++) {
        cr_assert_lt((unsigned char)*c, 128);
    }
    cr_expect(strstr(text_of(report, (ReportStyle){.columns = 80, .utf8 = true}), "8.00  ████"));
    free(report);
}

Test(bench_report, a_narrow_terminal_gets_no_bars) {
    Report *report = filled();
    char *text = text_of(report, (ReportStyle){.columns = 20, .utf8 = false});
    cr_expect_not(strchr(text, '#'), "%s", text);
    free(report);
}

Test(bench_report, goals_are_judged_and_what_was_not_measured_is_not_met) {
    Report *report = filled();
    const ReportGoal *goals = report->sections[0].goals;
    cr_expect(report_goal_met(&goals[0]));
    cr_expect_not(report_goal_met(&goals[1]));
    cr_expect_not(report_goal_met(&goals[2]));
    char *text = text_of(report, (ReportStyle){.columns = 80, .utf8 = false});
    cr_expect(strstr(text, "met    fast is fast: 4 us, wanted at most 5 us"), "%s", text);
    cr_expect(strstr(text, "MISSED ratio: 2, wanted at least 3"), "%s", text);
    free(report);
}

// Any JSON parser will do as the judge; this one is nearly everywhere.
Test(bench_report, json_is_valid_and_holds_the_same_numbers) {
    if (system("python3 -c '' >/dev/null 2>&1") != 0) {
        cr_skip_test("no python3 here");
    }
    FILE *judge = popen(
        "python3 -c \"import json, sys; r = json.load(sys.stdin)['demo'];"
        " assert r['summary'] == 'a \\\"quoted\\\" summary';"
        " assert [x['time_us'] for x in r['times']] == [8, 4, None];"
        " assert [x['met'] for x in r['goals']] == [True, False, False]; assert r['notes'] == ['7 rounds']\"",
        "w");
    cr_assert(judge);
    Report *report = filled();
    report_print_json(judge, report);
    cr_expect_eq(pclose(judge), 0);
    free(report);
}

Test(bench_report, json_tells_what_priority_was_granted_and_how) {
    Report *report = calloc(1, sizeof *report);
    report->grant = (ThreadGrant){{THREAD_CLASS_REALTIME, 70}, {THREAD_CLASS_REALTIME, 20}, "rtkit"};
    char text[256] = "";
    FILE *file = tmpfile();
    report_print_json(file, report);
    take_text(file, text, sizeof text);
    cr_expect(
        strstr(text, "\"priority\": {\"realtime\": true, \"level\": 20, \"asked\": 70, \"way\": \"rtkit\"}"),
        "%s", text);
    free(report);
}

Test(bench_report, an_empty_report_tells_of_the_machine_only) {
    Report *report = calloc(1, sizeof *report);
    report->cpu = "Some CPU";
    report->cores = 2;
    char text[128] = "";
    FILE *file = tmpfile();
    report_print_json(file, report);
    take_text(file, text, sizeof text);
    cr_expect_str_eq(text, "{\n  \"cpu\": \"Some CPU\",\n  \"cores\": 2\n}\n");
    free(report);
}
