// One "complete" event a span, one "thread" each thread of the pool, times in microseconds since the first.
// The format: "Trace Event Format", Google, 2016.
#include "app/commands/trace_json.h"

#include "app/json_text.h"

#include <stdlib.h>

// Callbacks that follow each other, from the first one's begin until the next one that is left out.
typedef struct Window {
    uint64_t begin_ns, end_ns;
} Window;

typedef struct Writer {
    FILE *file;
    const TraceTake *take;
    Window *windows; // in the order of time, apart from each other
    size_t window_count;
} Writer;

static void find_windows(Writer *writer) {
    const TraceTake *take = writer->take;
    for (size_t i = 0; i < take->callback_count; i++) {
        const TraceCallback *callback = &take->callbacks[i];
        bool goes_on = i > 0 && callback[-1].kept;
        if (!callback->kept) {
            continue;
        }
        if (!goes_on) {
            writer->windows[writer->window_count++].begin_ns = callback->begin_ns;
        }
        bool last = i + 1 == take->callback_count;
        writer->windows[writer->window_count - 1].end_ns = last ? callback->end_ns : callback[1].begin_ns;
    }
}

static void write_name(FILE *file, const TraceSpan *span) {
    static const char *const NAMES[TRACE_KIND_COUNT] = {
        [TRACE_CALLBACK] = "callback", [TRACE_RUN] = "run",       [TRACE_PUBLISH] = "publish",
        [TRACE_JOIN] = "join",         [TRACE_RESCUE] = "rescue", [TRACE_MIX] = "mix",
        [TRACE_ASIDE] = "set aside",   [TRACE_RENDER] = "batch",  [TRACE_RING] = "ring",
        [TRACE_SERVE] = "serve",       [TRACE_SLEEP] = "asleep",  [TRACE_SPIN] = "awake",
    };
    char name[32];
    if (span->kind == TRACE_RENDER || span->kind == TRACE_RESCUE) {
        snprintf(name, sizeof name, "%s %u", NAMES[span->kind], span->number);
    } else if (span->kind == TRACE_ASIDE) {
        snprintf(name, sizeof name, "worker %u %s", span->number,
                 span->value ? "set aside" : "counted on again");
    } else if (span->kind == TRACE_SERVE && span->number == 0) {
        snprintf(name, sizeof name, "found nothing");
    } else {
        snprintf(name, sizeof name, "%s", NAMES[span->kind]);
    }
    json_print_text(file, name);
}

static double us(uint64_t ns) {
    return (double)ns / 1000;
}

static const TraceCallback *callback_at(const TraceTake *take, uint64_t begin_ns) {
    size_t from = 0;
    size_t to = take->callback_count; // the one looked for is in from..to-1
    while (to - from > 1) {
        size_t middle = from + (to - from) / 2;
        if (take->callbacks[middle].begin_ns <= begin_ns) {
            from = middle;
        } else {
            to = middle;
        }
    }
    return &take->callbacks[from];
}

static void write_facts(const Writer *writer, const TraceSpan *span) {
    static const char *const RESULTS[] = {
        [TRACE_OWN] = "own", [TRACE_STOLEN] = "another's", [TRACE_LOST] = "too late"};
    FILE *file = writer->file;
    TraceChoice choice = trace_choice(span->value);
    const TraceCallback *callback = callback_at(writer->take, span->begin_ns);
    double late_us = us(span->end_ns) - us(span->value);
    switch ((TraceKind)span->kind) {
    case TRACE_CALLBACK:
        fprintf(file, ",\"had_us\":%.3f,\"share\":%.4f,\"worst\":%u", us(callback->had_ns),
                trace_callback_share(callback), callback->rank);
        break;
    case TRACE_RUN:
        fprintf(file, ",\"threads\":%u,\"usual_threads\":%u,\"size_class\":%d,\"duel\":%s,\"alone_us\":%.3f",
                choice.threads, choice.usual, choice.size_class, choice.in_duel ? "true" : "false",
                us(choice.alone_ns));
        break;
    case TRACE_PUBLISH:
        fprintf(file, ",\"threads\":%u,\"epoch\":%llu", span->number, (unsigned long long)span->value);
        break;
    case TRACE_SERVE:
        fprintf(file, ",\"batches\":%u,\"epoch\":%llu", span->number, (unsigned long long)span->value);
        break;
    case TRACE_RENDER:
        fprintf(file, ",\"result\":\"%s\"", RESULTS[span->value]);
        break;
    case TRACE_RESCUE:
        fprintf(file, ",\"worker\":%u", (unsigned)span->value);
        break;
    case TRACE_SLEEP:
        fprintf(file, ",\"woken_by\":\"%s\",\"late_us\":%.3f,\"aside\":%s",
                span->number & TRACE_SLEEP_RUNG ? "bell" : "time",
                span->number & TRACE_SLEEP_RUNG ? 0 : late_us,
                span->number & TRACE_SLEEP_ASIDE ? "true" : "false");
        break;
    case TRACE_JOIN:
    case TRACE_MIX:
        fprintf(file, ",\"batches\":%u", span->number);
        break;
    default:
        break;
    }
}

// A span that reaches out of the window is cut, so that it does not fill what was left out.
static void write_span(const Writer *writer, uint32_t thread, const TraceSpan *span, const Window *window) {
    uint64_t begin_ns = span->begin_ns > window->begin_ns ? span->begin_ns : window->begin_ns;
    uint64_t end_ns = span->end_ns < window->end_ns ? span->end_ns : window->end_ns;
    fprintf(writer->file, ",\n{\"ph\":\"X\",\"pid\":1,\"tid\":%u,\"ts\":%.3f,\"dur\":%.3f,\"name\":", thread,
            us(begin_ns - writer->windows[0].begin_ns), us(end_ns - begin_ns));
    write_name(writer->file, span);
    fprintf(writer->file, ",\"args\":{\"cpu\":%d", span->cpu);
    write_facts(writer, span);
    fputs("}}", writer->file);
}

// The first window that ends after that time.
static size_t window_after(const Writer *writer, uint64_t time_ns) {
    size_t from = 0;
    size_t to = writer->window_count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (writer->windows[middle].end_ns > time_ns) {
            to = middle;
        } else {
            from = middle + 1;
        }
    }
    return from;
}

static void write_thread(const Writer *writer, uint32_t index) {
    const TraceThread *thread = &writer->take->thread[index];
    char name[32] = "audio thread";
    if (index > 0) {
        snprintf(name, sizeof name, "worker %u", index);
    }
    fprintf(writer->file,
            "%s\n{\"ph\":\"M\",\"pid\":1,\"tid\":%u,\"name\":\"thread_name\",\"args\":{\"name\":",
            index > 0 ? "," : "", index);
    json_print_text(writer->file, name);
    fputs("}}", writer->file);
    for (size_t i = 0; i < thread->count; i++) {
        const TraceSpan *span = &thread->spans[i];
        for (size_t at = window_after(writer, span->begin_ns);
             at < writer->window_count && writer->windows[at].begin_ns < span->end_ns; at++) {
            write_span(writer, index, span, &writer->windows[at]);
        }
    }
}

bool trace_json_print(FILE *file, const TraceTake *take) {
    Writer writer = {.file = file, .take = take, .windows = calloc(take->callback_count, sizeof(Window))};
    if (!writer.windows) {
        return false;
    }
    find_windows(&writer);
    fputs("{\"displayTimeUnit\":\"ns\",\"traceEvents\":[", file);
    for (uint32_t i = 0; i < take->thread_count; i++) {
        write_thread(&writer, i);
    }
    fputs("\n]}\n", file);
    free(writer.windows);
    return true;
}
