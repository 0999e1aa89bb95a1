// Prints a report as JSON (RFC 8259).
#include "app/bench/report.h"

#include "app/json_text.h"

#include <math.h>

static void print_number(FILE *file, double number) {
    if (isfinite(number)) {
        fprintf(file, "%.9g", number);
    } else {
        fputs("null", file); // JSON knows no other word for it
    }
}

static void print_key(FILE *file, const char *key) {
    json_print_text(file, key);
    fputs(": ", file);
}

static void print_table(FILE *file, const ReportTable *table) {
    print_key(file, table->key);
    fputs("[", file);
    for (int row = 0; row < table->row_count; row++) {
        fputs(row ? ",\n      {" : "\n      {", file);
        for (int column = 0; column < table->column_count; column++) {
            const ReportCell *cell = &table->cells[row][column];
            fputs(column ? ", " : "", file);
            print_key(file, table->columns[column].key);
            if (cell->text[0]) {
                json_print_text(file, cell->text);
            } else {
                print_number(file, cell->number);
            }
        }
        fputs("}", file);
    }
    fputs("],\n    ", file);
}

static void print_goal(FILE *file, const ReportGoal *goal) {
    fputs("{\"what\": ", file);
    json_print_text(file, goal->what);
    fputs(", \"value\": ", file);
    print_number(file, goal->value);
    fprintf(file, ", \"%s\": ", goal->sense == REPORT_AT_LEAST ? "at_least" : "at_most");
    print_number(file, goal->limit);
    fputs(", \"unit\": ", file);
    json_print_text(file, goal->unit);
    fprintf(file, ", \"met\": %s}", report_goal_met(goal) ? "true" : "false");
}

static void print_section(FILE *file, const ReportSection *section) {
    print_key(file, section->name);
    fputs("{\n    \"summary\": ", file);
    json_print_text(file, section->summary);
    fputs(",\n    ", file);
    for (int i = 0; i < section->table_count; i++) {
        print_table(file, &section->tables[i]);
    }
    fputs("\"goals\": [", file);
    for (int i = 0; i < section->goal_count; i++) {
        fputs(i ? ",\n      " : "\n      ", file);
        print_goal(file, &section->goals[i]);
    }
    fputs("],\n    \"notes\": [", file);
    for (int i = 0; i < section->note_count; i++) {
        fputs(i ? ",\n      " : "\n      ", file);
        json_print_text(file, section->notes[i]);
    }
    fputs("]\n  }", file);
}

static void print_grant(FILE *file, const ThreadGrant *grant) {
    bool realtime = grant->granted.scheduling == THREAD_CLASS_REALTIME;
    fprintf(file, ",\n  \"priority\": {\"realtime\": %s, \"level\": %d, \"asked\": %d, \"way\": ",
            realtime ? "true" : "false", (int)grant->granted.level, (int)grant->asked.level);
    json_print_text(file, grant->way);
    fputs("}", file);
}

void report_print_json(FILE *file, const Report *report) {
    fputs("{\n  \"cpu\": ", file);
    json_print_text(file, report->cpu ? report->cpu : "unknown");
    fprintf(file, ",\n  \"cores\": %u", report->cores);
    if (report->grant.way) {
        print_grant(file, &report->grant);
    }
    for (int i = 0; i < report->section_count; i++) {
        fputs(",\n  ", file);
        print_section(file, &report->sections[i]);
    }
    fputs("\n}\n", file);
}
