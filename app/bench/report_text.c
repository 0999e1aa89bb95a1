// Prints a report's section as aligned text tables.
#include "app/bench/report.h"

#include "app/terminal/text_bar.h"

#include <math.h>
#include <string.h>

enum {
    BAR_CELLS_MAX = 40,
    BAR_CELLS_MIN = 8, // shorter ones tell nothing
    GAP = 2,           // spaces between columns
};

static void format_cell(const ReportTable *table, int row, int column, char text[REPORT_CELL_BYTES]) {
    const ReportCell *cell = &table->cells[row][column];
    if (cell->text[0]) {
        snprintf(text, REPORT_CELL_BYTES, "%s", cell->text);
    } else if (isfinite(cell->number)) {
        snprintf(text, REPORT_CELL_BYTES, "%.*f", table->columns[column].decimals, cell->number);
    } else {
        snprintf(text, REPORT_CELL_BYTES, "-");
    }
}

static int column_width(const ReportTable *table, int column) {
    size_t width = strlen(table->columns[column].title);
    for (int row = 0; row < table->row_count; row++) {
        char text[REPORT_CELL_BYTES];
        format_cell(table, row, column, text);
        width = strlen(text) > width ? strlen(text) : width;
    }
    return (int)width;
}

static double largest(const ReportTable *table, int column) {
    double most = 0;
    for (int row = 0; row < table->row_count; row++) {
        double number = table->cells[row][column].number;
        most = number > most ? number : most; // false for what is not a number
    }
    return most;
}

static void print_table(FILE *file, const ReportTable *table, ReportStyle style) {
    int widths[REPORT_COLUMNS_MAX] = {0};
    int used = 0;
    fprintf(file, "  %s\n   ", table->title);
    for (int column = 0; column < table->column_count; column++) {
        widths[column] = column_width(table, column);
        used += widths[column] + GAP;
        fprintf(file, column ? "%*s%*s" : "%*s%-*s", column ? GAP : 1, "", widths[column],
                table->columns[column].title);
    }
    int room = style.columns - used - 3 * GAP;
    int cells = room > BAR_CELLS_MAX ? BAR_CELLS_MAX : room;
    fputc('\n', file);
    for (int row = 0; row < table->row_count; row++) {
        fputs("   ", file);
        for (int column = 0; column < table->column_count; column++) {
            char text[REPORT_CELL_BYTES];
            format_cell(table, row, column, text);
            fprintf(file, column ? "%*s%*s" : "%*s%-*s", column ? GAP : 1, "", widths[column], text);
        }
        if (table->bar_column >= 0 && cells >= BAR_CELLS_MIN) {
            char bar[BAR_CELLS_MAX * TEXT_BAR_CELL_BYTES + 1];
            size_t bytes =
                text_bar(bar, table->cells[row][table->bar_column].number / largest(table, table->bar_column),
                         cells, style.utf8);
            while (bytes > 0 && bar[bytes - 1] == ' ') {
                bar[--bytes] = '\0';
            }
            fprintf(file, "  %s", bar);
        }
        fputc('\n', file);
    }
}

void report_print_text(FILE *file, const ReportSection *section, ReportStyle style) {
    fprintf(file, "%s: %s\n", section->name, section->summary);
    for (int i = 0; i < section->table_count; i++) {
        print_table(file, &section->tables[i], style);
    }
    for (int i = 0; i < section->goal_count; i++) {
        const ReportGoal *goal = &section->goals[i];
        const char *gap = goal->unit[0] ? " " : "";
        fprintf(file, "  %-6s %s: %.4g%s%s, wanted %s %.4g%s%s\n", report_goal_met(goal) ? "met" : "MISSED",
                goal->what, goal->value, gap, goal->unit,
                goal->sense == REPORT_AT_LEAST ? "at least" : "at most", goal->limit, gap, goal->unit);
    }
    for (int i = 0; i < section->note_count; i++) {
        fprintf(file, "  %s\n", section->notes[i]);
    }
    fputc('\n', file);
}
