// Says in words what a trace came to: how many threads runs got, and how late each worker was.
#ifndef APP_COMMANDS_TRACE_TABLE_H
#define APP_COMMANDS_TRACE_TABLE_H

#include "app/commands/trace_take.h"

#include <stdbool.h>
#include <stdio.h>

/// take: finished. False when memory is refused. [main-thread]
bool trace_table_print(FILE *file, const TraceTake *take);

#endif
