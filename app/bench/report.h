// Collects what the benchmarks found, and prints it as text tables with bars or as JSON.
#ifndef APP_BENCH_REPORT_H
#define APP_BENCH_REPORT_H

#include "platform/thread.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum {
    REPORT_SECTIONS_MAX = 9,
    REPORT_TABLES_MAX = 8, // of a section; so are notes
    REPORT_GOALS_MAX = 16,
    REPORT_COLUMNS_MAX = 11,
    REPORT_ROWS_MAX = 64,
    REPORT_TEXT_BYTES = 160,
    REPORT_CELL_BYTES = 40,
};

typedef struct ReportColumn {
    const char *key;   // in JSON: "p50_us"
    const char *title; // in text: "p50 us"
    int decimals;      // of its numbers
} ReportColumn;

/// A number, or text where text[0] is not 0. A number that is not finite is shown as "-" and null.
typedef struct ReportCell {
    double number;
    char text[REPORT_CELL_BYTES];
} ReportCell;

typedef struct ReportTable {
    const char *key;
    char title[REPORT_TEXT_BYTES];
    const ReportColumn *columns; // must outlive the report
    int column_count;
    int bar_column; // drawn as a bar at the end of its row; -1 for none
    int row_count;
    ReportCell cells[REPORT_ROWS_MAX][REPORT_COLUMNS_MAX];
} ReportTable;

typedef enum ReportSense { REPORT_AT_LEAST, REPORT_AT_MOST } ReportSense;

/// What a figure ought to be.
typedef struct ReportGoal {
    char what[REPORT_TEXT_BYTES];
    double value;
    ReportSense sense;
    double limit;
    const char *unit; // "us", "" for a bare number
} ReportGoal;

/// What one benchmark found.
typedef struct ReportSection {
    const char *name;
    const char *summary;
    int table_count, goal_count, note_count;
    ReportTable tables[REPORT_TABLES_MAX];
    ReportGoal goals[REPORT_GOALS_MAX];
    char notes[REPORT_TABLES_MAX][REPORT_TEXT_BYTES];
} ReportSection;

/// Some megabytes: allocate it with calloc. All zero is an empty report.
typedef struct Report {
    const char *cpu; // its name; static text
    unsigned cores;
    ThreadGrant grant; // what a thread that plays gets here; way NULL: not known
    int section_count;
    ReportSection sections[REPORT_SECTIONS_MAX];
} Report;

/// How text is laid out.
typedef struct ReportStyle {
    int columns; // of the terminal
    bool utf8;
} ReportStyle;

/// name and summary must outlive the report. More sections, tables, rows, goals or notes than there is room
/// for are a bug of the caller. [main-thread]
ReportSection *report_section(Report *report, const char *name, const char *summary);
ReportTable *report_table(ReportSection *section, const char *key, const char *title,
                          const ReportColumn *columns, int column_count, int bar_column);

/// cells: one for each column. [main-thread]
void report_row(ReportTable *table, const ReportCell *cells);

ReportCell report_number(double number);
ReportCell report_text(const char *text);

/// unit: static text. [main-thread]
void report_goal(ReportSection *section, const char *what, double value, ReportSense sense, double limit,
                 const char *unit);
void report_note(ReportSection *section, const char *format, ...) __attribute__((format(printf, 2, 3)));

/// A goal whose value could not be measured (not finite) is not met. [any-thread]
bool report_goal_met(const ReportGoal *goal);

/// [main-thread]
void report_print_text(FILE *file, const ReportSection *section, ReportStyle style);

/// Prints one JSON object: {"cpu": ..., "cores": ..., "priority": ..., "name": {"summary": ..., tables by
/// key: [rows], "goals": [...], "notes": [...]}, ...}. [main-thread]
void report_print_json(FILE *file, const Report *report);

#endif
