// Goes through the spans of each thread once more, beside the callbacks and the runs that were published.
#include "app/commands/trace_table.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { SIZE_CLASSES = 128, THREADS_MAX = POOL_WORKERS_MAX + 1 };

// Times that are to be sorted.
typedef struct Times {
    int64_t *ns;
    size_t count;
} Times;

static int by_time(const void *a, const void *b) {
    int64_t first = *(const int64_t *)a;
    int64_t second = *(const int64_t *)b;
    return first < second ? -1 : first > second;
}

// In microseconds; sorts. 0 when there are none.
static double percentile(Times *times, double share) {
    if (times->count == 0) {
        return 0;
    }
    qsort(times->ns, times->count, sizeof *times->ns, by_time);
    size_t at = (size_t)(share * (double)(times->count - 1) + 0.5);
    return (double)times->ns[at] / 1000;
}

static double percent(double part, double whole) {
    return whole > 0 ? 100 * part / whole : 0;
}

static void print_times(FILE *file, const char *what, Times *times) {
    fprintf(file, "  %-52s %8.1f us p50 %8.1f p90 %8.1f p99 %8.1f worst\n", what, percentile(times, 0.5),
            percentile(times, 0.9), percentile(times, 0.99), percentile(times, 1));
}

// Runs of one size of work.
typedef struct SizeRuns {
    uint32_t count, in_duel, changes;
    uint32_t usual; // at the last run
} SizeRuns;

static void print_sizes(FILE *file, const SizeRuns sizes[SIZE_CLASSES]) {
    static const double FIRST_US = 2; // where the first size ends; each next is twice as large
    double end_us = FIRST_US;
    for (int i = 0; i < SIZE_CLASSES; i++, end_us *= 2) {
        if (sizes[i].count) {
            fprintf(file,
                    "  runs worth up to %.0f us of one thread: %u, of them %u in duels; the number of "
                    "threads changed %u times, to %u at the end\n",
                    end_us, sizes[i].count, sizes[i].in_duel, sizes[i].changes, sizes[i].usual);
        }
    }
}

static void print_runs(FILE *file, const TraceTake *take) {
    uint32_t runs[THREADS_MAX] = {0};
    uint64_t took_ns[THREADS_MAX] = {0};
    uint64_t alone_ns[THREADS_MAX] = {0};
    SizeRuns sizes[SIZE_CLASSES] = {0};
    uint32_t all = 0;
    const TraceThread *audio = &take->thread[0];
    for (size_t i = 0; i < audio->count; i++) {
        const TraceSpan *span = &audio->spans[i];
        TraceChoice choice = trace_choice(span->value);
        if (span->kind != TRACE_RUN || choice.threads >= THREADS_MAX) {
            continue;
        }
        all++;
        runs[choice.threads]++;
        took_ns[choice.threads] += span->end_ns - span->begin_ns;
        alone_ns[choice.threads] += choice.alone_ns;
        if (choice.size_class >= 0 && choice.size_class < SIZE_CLASSES) {
            SizeRuns *size = &sizes[choice.size_class];
            size->changes += size->count > 0 && size->usual != choice.usual;
            size->usual = choice.usual;
            size->count++;
            size->in_duel += choice.in_duel;
        }
    }
    for (uint32_t threads = 1; threads < THREADS_MAX; threads++) {
        if (runs[threads]) {
            fprintf(file,
                    "%u thread%s: %u runs, %.1f %% of them; they took %.2f of what one thread should need\n",
                    threads, threads == 1 ? "" : "s", runs[threads], percent(runs[threads], all),
                    alone_ns[threads] ? (double)took_ns[threads] / (double)alone_ns[threads] : 0.0);
        }
    }
    print_sizes(file, sizes);
}

// How a worker met the runs that were shared with it, and its own wake-ups.
typedef struct Meeting {
    uint32_t shared, awake, rung, by_time, later, nothing;
    uint32_t unexpected, planned_late, timer_late; // of those that slept
    uint32_t aimed, in_time;                       // wake-ups for a callback
    uint32_t same_core; // of those awake: on the audio thread's core when last seen
    Times overslept, against, looked_awake, looked_asleep;
} Meeting;

static size_t callback_from(const TraceTake *take, uint64_t time_ns) {
    size_t from = 0;
    size_t to = take->callback_count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (take->callbacks[middle].begin_ns >= time_ns) {
            to = middle;
        } else {
            from = middle + 1;
        }
    }
    return from;
}

// A wake-up that the worker had planned, against the callback that it was planned for: the next one to begin
// after half a period before.
static void meet_wake(const TraceTake *take, const TraceSpan *sleep, Meeting *meeting) {
    if (sleep->number != 0) {
        return;
    }
    meeting->overslept.ns[meeting->overslept.count++] = (int64_t)(sleep->end_ns - sleep->value);
    uint64_t half_ns = take->callbacks[0].had_ns / 2;
    size_t index = callback_from(take, sleep->value - half_ns);
    if (index == take->callback_count || take->callbacks[index].begin_ns > sleep->value + half_ns) {
        return;
    }
    int64_t after_ns = (int64_t)(sleep->end_ns - take->callbacks[index].begin_ns);
    meeting->against.ns[meeting->against.count++] = after_ns;
    meeting->aimed++;
    meeting->in_time += after_ns <= 0;
}

static void meet_sleeping(const TraceSpan *sleep, uint64_t published_ns, uint64_t period_ns,
                          Meeting *meeting) {
    if (sleep->number & TRACE_SLEEP_RUNG) {
        meeting->rung++;
    } else {
        meeting->by_time++;
    }
    if (sleep->value > published_ns + period_ns) {
        meeting->unexpected++;
    } else if (sleep->value > published_ns) {
        meeting->planned_late++;
    } else {
        meeting->timer_late++;
    }
}

// Was the worker on the core that published, when it woke last before? after: of the spans, the first sleep
// that ends later.
static bool is_on_core(const TraceThread *own, size_t after, const TraceSpan *published) {
    for (size_t i = after; i-- > 0;) {
        if (own->spans[i].kind == TRACE_SLEEP) {
            return own->spans[i].cpu >= 0 && own->spans[i].cpu == published->cpu;
        }
    }
    return false;
}

// Walks a worker's spans beside the runs that were published; both are in the order of their begins.
static void meet_runs(const TraceTake *take, uint32_t worker, Meeting *meeting) {
    const TraceThread *audio = &take->thread[0];
    const TraceThread *own = &take->thread[worker];
    size_t sleep = 0;
    size_t serve = 0;
    for (size_t i = 0; i < audio->count; i++) {
        const TraceSpan *published = &audio->spans[i];
        if (published->kind != TRACE_PUBLISH || worker >= published->number) {
            continue;
        }
        meeting->shared++;
        while (sleep < own->count &&
               (own->spans[sleep].kind != TRACE_SLEEP || own->spans[sleep].end_ns <= published->end_ns)) {
            sleep++;
        }
        bool asleep = sleep < own->count && own->spans[sleep].begin_ns < published->end_ns;
        if (asleep) {
            meet_sleeping(&own->spans[sleep], published->end_ns, take->callbacks[0].had_ns, meeting);
        } else {
            meeting->awake++;
            meeting->same_core += is_on_core(own, sleep, published);
        }
        while (serve < own->count &&
               (own->spans[serve].kind != TRACE_SERVE || own->spans[serve].value < published->value)) {
            serve++;
        }
        if (serve == own->count || own->spans[serve].value != published->value) {
            meeting->later++;
            continue;
        }
        meeting->nothing += own->spans[serve].number == 0;
        Times *looked = asleep ? &meeting->looked_asleep : &meeting->looked_awake;
        looked->ns[looked->count++] = (int64_t)(own->spans[serve].begin_ns - published->end_ns);
    }
}

static void print_shares(FILE *file, const TraceTake *take, const TraceThread *thread) {
    uint64_t sums_ns[TRACE_KIND_COUNT] = {0};
    for (size_t i = 0; i < thread->count; i++) {
        sums_ns[thread->spans[i].kind] += thread->spans[i].end_ns - thread->spans[i].begin_ns;
    }
    double all_ns = (double)(take->callbacks[take->callback_count - 1].end_ns - take->callbacks[0].begin_ns);
    fprintf(file, "  time: %.1f %% rendering", percent((double)sums_ns[TRACE_RENDER], all_ns));
    if (thread == &take->thread[0]) {
        fprintf(file, ", %.1f %% waiting for workers, %.1f %% rescues, %.1f %% mixing, %.1f %% in callbacks",
                percent((double)(sums_ns[TRACE_JOIN] - sums_ns[TRACE_RESCUE]), all_ns),
                percent((double)sums_ns[TRACE_RESCUE], all_ns), percent((double)sums_ns[TRACE_MIX], all_ns),
                percent((double)sums_ns[TRACE_CALLBACK], all_ns));
    } else {
        fprintf(file, ", %.1f %% awake without work, %.1f %% asleep",
                percent((double)sums_ns[TRACE_SPIN], all_ns), percent((double)sums_ns[TRACE_SLEEP], all_ns));
    }
    fputs("\n", file);
}

static void print_meeting(FILE *file, Meeting *meeting) {
    fprintf(file, "  runs shared with it: %u; awake when they were published: %.1f %%, asleep: %.1f %%\n",
            meeting->shared, percent(meeting->awake, meeting->shared),
            percent(meeting->shared - meeting->awake, meeting->shared));
    fprintf(file, "    woken by the bell: %u, by its own time: %u\n", meeting->rung, meeting->by_time);
    fprintf(file,
            "    asleep since it did not expect the callback: %u, since it expected it later: %u, since the "
            "system "
            "woke it late: %u\n",
            meeting->unexpected, meeting->planned_late, meeting->timer_late);
    fprintf(file, "    found nothing left: %u, came after the next run was published: %u\n", meeting->nothing,
            meeting->later);
    print_times(file, "first looked after it was published, awake", &meeting->looked_awake);
    print_times(file, "the same, asleep", &meeting->looked_asleep);
    fprintf(file, "  awake, but last seen on the audio thread's core: %.1f %%\n",
            percent(meeting->same_core, meeting->awake));
    fprintf(file, "  woke %u times by itself for a callback, before it began: %.1f %%\n", meeting->aimed,
            percent(meeting->in_time, meeting->aimed));
    print_times(file, "woke after the callback's begin (below 0: before)", &meeting->against);
    print_times(file, "woke after the time that it had planned", &meeting->overslept);
}

static bool print_worker(FILE *file, const TraceTake *take, uint32_t worker) {
    const TraceThread *own = &take->thread[worker];
    size_t room = own->count + 1;
    int64_t *ns = malloc(4 * room * sizeof *ns);
    if (!ns) {
        return false;
    }
    Meeting meeting = {.overslept = {.ns = ns},
                       .against = {.ns = ns + room},
                       .looked_awake = {.ns = ns + 2 * room},
                       .looked_asleep = {.ns = ns + 3 * room}};
    for (size_t i = 0; i < own->count; i++) {
        if (own->spans[i].kind == TRACE_SLEEP) {
            meet_wake(take, &own->spans[i], &meeting);
        }
    }
    meet_runs(take, worker, &meeting);
    fprintf(file, "\nWorker %u\n", worker);
    print_shares(file, take, own);
    print_meeting(file, &meeting);
    free(ns);
    return true;
}

static void print_callbacks(FILE *file, const TraceTake *take) {
    double seconds =
        (double)(take->callbacks[take->callback_count - 1].end_ns - take->callbacks[0].begin_ns) / 1e9;
    double worst = 0;
    uint32_t late = 0;
    for (size_t i = 0; i < take->callback_count; i++) {
        double share = trace_callback_share(&take->callbacks[i]);
        worst = share > worst ? share : worst;
        late += share > 1;
    }
    fprintf(file,
            "%zu callbacks in %.1f s; the worst took %.0f %% of its time, %u took more than all of it.\n",
            take->callback_count, seconds, 100 * worst, late);
    for (uint32_t i = 0; i < take->thread_count; i++) {
        if (take->thread[i].lost) {
            fprintf(file, "Of thread %u %" PRIu64 " spans were lost.\n", i, take->thread[i].lost);
        }
    }
}

bool trace_table_print(FILE *file, const TraceTake *take) {
    print_callbacks(file, take);
    fputs("\n", file);
    print_runs(file, take);
    fputs("\nAudio thread\n", file);
    print_shares(file, take, &take->thread[0]);
    for (uint32_t worker = 1; worker < take->thread_count; worker++) {
        if (!print_worker(file, take, worker)) {
            return false;
        }
    }
    return true;
}
