// The ceiling is looked at by a short duel of its own, after what was measured.
#include "app/bench/mood.h"

#include "app/bench/duel.h"
#include "app/bench/line_trip.h"
#include "platform/clock.h"

#include <math.h>
#include <stdio.h>

enum { LANES = 256, FRAMES = 128 };

static bool shares(const Topology *topology, int32_t index, int32_t cache) {
    return index >= 0 && index < topology->cpu_count && topology->cpus[index].cache == cache;
}

void mood_list_cpus(const Topology *topology, int32_t cache, char *text, size_t capacity) {
    size_t used = 0;
    text[0] = '\0';
    for (int32_t i = 0; i < topology->cpu_count && used < capacity; i++) {
        if (!shares(topology, i, cache)) {
            continue;
        }
        int32_t first = i;
        while (shares(topology, i + 1, cache) && topology->cpus[i + 1].cpu == topology->cpus[i].cpu + 1) {
            i++;
        }
        const char *gap = used ? " " : "";
        int32_t from = topology->cpus[first].cpu;
        int32_t to = topology->cpus[i].cpu;
        used +=
            (size_t)(from == to ? snprintf(text + used, capacity - used, "%s%d", gap, (int)from)
                                : snprintf(text + used, capacity - used, "%s%d-%d", gap, (int)from, (int)to));
    }
}

bool mood_report_caches(ReportSection *section, Error *error) {
    static const ReportColumn COLUMNS[] = {{"cache", "cache", 0}, {"cpus", "CPUs", 0}};
    Topology *topology = topology_create(error);
    if (!topology) {
        return false;
    }
    ReportTable *table = report_table(
        section, "caches", "CPUs that share a last-level cache, as the system tells", COLUMNS, 2, -1);
    for (int32_t cache = 0; cache < topology->cache_count && cache < REPORT_ROWS_MAX; cache++) {
        char cpus[REPORT_CELL_BYTES];
        mood_list_cpus(topology, cache, cpus, sizeof cpus);
        report_row(table, (ReportCell[]){report_number(cache), report_text(cpus)});
    }
    topology_destroy(topology);
    return true;
}

ReportTable *mood_table(ReportSection *section) {
    static const ReportColumn COLUMNS[] = {{"what", "measured", 0},
                                           {"seconds", "seconds", 0},
                                           {"stolen_percent", "stolen % of a core", 1},
                                           {"ceiling", "ceiling after it", 2},
                                           {"line_trip_ns", "a line's trip ns", 0}};
    return report_table(section, "mood",
                        "The machine meanwhile: what a hypervisor took; then what independent threads gain "
                        "(256 lanes), and a cache line's way to another core and back",
                        COLUMNS, 5, -1);
}

Mood mood_begin(const char *what) {
    return (Mood){what, clock_now_ns(), bench_stolen_ns()};
}

bool mood_end(const BenchPlan *plan, ReportTable *table, const Mood *mood, Error *error) {
    double wall_ns = (double)(clock_now_ns() - mood->start_ns);
    double stolen_ns = (double)bench_stolen_since(mood->stolen_ns);
    DuelOutcome outcome = {.ceiling = (double)NAN};
    DuelPlan look = {.one_simd = SIMD_AUTO,
                     .lanes = LANES,
                     .frames = FRAMES,
                     .workers = plan->workers,
                     .ceiling = true,
                     .seconds = plan->seconds};
    double trip_ns = (double)NAN;
    if (plan->workers > 1 && !(duel(&look, &outcome, error) && line_trip_measure(&trip_ns, error))) {
        return false;
    }
    report_row(table, (ReportCell[]){report_text(mood->what), report_number(wall_ns / 1e9),
                                     report_number(stolen_ns / wall_ns * 100), report_number(outcome.ceiling),
                                     report_number(trip_ns)});
    return true;
}
