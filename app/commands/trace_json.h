// Writes the worst callbacks of a trace as Chrome trace events, which Perfetto and speedscope open.
#ifndef APP_COMMANDS_TRACE_JSON_H
#define APP_COMMANDS_TRACE_JSON_H

#include "app/commands/trace_take.h"

#include <stdbool.h>
#include <stdio.h>

/// take: finished. Returns false when memory is refused; what the file refuses is for whoever closes it.
/// [main-thread]
bool trace_json_print(FILE *file, const TraceTake *take);

#endif
