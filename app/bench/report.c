// Gathers figures; report_text.c and report_json.c print them.
#include "app/bench/report.h"

#include <assert.h>
#include <math.h>
#include <stdarg.h>
#include <string.h>

ReportSection *report_section(Report *report, const char *name, const char *summary) {
    assert(report->section_count < REPORT_SECTIONS_MAX);
    ReportSection *section = &report->sections[report->section_count++];
    section->name = name;
    section->summary = summary;
    return section;
}

ReportTable *report_table(ReportSection *section, const char *key, const char *title,
                          const ReportColumn *columns, int column_count, int bar_column) {
    assert(section->table_count < REPORT_TABLES_MAX && column_count <= REPORT_COLUMNS_MAX);
    ReportTable *table = &section->tables[section->table_count++];
    table->key = key;
    snprintf(table->title, sizeof table->title, "%s", title);
    table->columns = columns;
    table->column_count = column_count;
    table->bar_column = bar_column;
    return table;
}

void report_row(ReportTable *table, const ReportCell *cells) {
    assert(table->row_count < REPORT_ROWS_MAX);
    memcpy(table->cells[table->row_count++], cells, (size_t)table->column_count * sizeof *cells);
}

ReportCell report_number(double number) {
    return (ReportCell){.number = number};
}

ReportCell report_text(const char *text) {
    ReportCell cell = {.number = (double)NAN};
    snprintf(cell.text, sizeof cell.text, "%s", text);
    return cell;
}

void report_goal(ReportSection *section, const char *what, double value, ReportSense sense, double limit,
                 const char *unit) {
    assert(section->goal_count < REPORT_GOALS_MAX);
    ReportGoal *goal = &section->goals[section->goal_count++];
    *goal = (ReportGoal){.value = value, .sense = sense, .limit = limit, .unit = unit};
    snprintf(goal->what, sizeof goal->what, "%s", what);
}

void report_note(ReportSection *section, const char *format, ...) {
    assert(section->note_count < REPORT_TABLES_MAX);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(section->notes[section->note_count++], REPORT_TEXT_BYTES, format, arguments);
    va_end(arguments);
}

bool report_goal_met(const ReportGoal *goal) {
    return goal->sense == REPORT_AT_LEAST ? goal->value >= goal->limit : goal->value <= goal->limit;
}
