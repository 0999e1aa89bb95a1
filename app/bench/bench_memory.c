// What an engine allocates for each voice.
#include "app/bench/bench.h"

#include "app/calibrate/load.h"

#include <math.h>

static bool run(const BenchPlan *plan, ReportSection *section, Error *error) {
    static const ReportColumn COLUMNS[] = {{"polyphony", "polyphony", 0},
                                           {"lanes", "lanes", 0},
                                           {"total_kib", "total KiB", 0},
                                           {"added_bytes_per_lane", "bytes for each further lane", 0}};
    static const uint32_t POLYPHONY[] = {64, 128, 256, 1024, 4096};
    enum { SIZES = sizeof POLYPHONY / sizeof *POLYPHONY };
    ReportTable *table =
        report_table(section, "memory", "Allocated by engine_create, all workers", COLUMNS, 4, 3);
    EngineConfig config = engine_config_default();
    config.pool.workers = plan->workers;
    double worst = 0;
    double before_bytes = 0;
    double before_lanes = 0;
    for (int i = 0; i < SIZES; i++) {
        Engine *engine = load_create(&config, LOAD_TWO_SAWS, POLYPHONY[i], error);
        if (!engine) {
            return false;
        }
        double bytes = (double)engine_memory_bytes(engine);
        double lanes = engine_lanes(engine);
        engine_destroy(engine);
        double added = i > 0 ? (bytes - before_bytes) / (lanes - before_lanes) : (double)NAN;
        worst = added > worst ? added : worst;
        report_row(table, (ReportCell[]){report_number(POLYPHONY[i]), report_number(lanes),
                                         report_number(bytes / 1024), report_number(added)});
        before_bytes = bytes;
        before_lanes = lanes;
    }
    report_goal(section, "bytes for each further lane", worst, REPORT_AT_MOST, 4096, "bytes");
    report_note(section,
                "Lanes are twice the polyphony, so that stolen notes can fade while new ones begin.");
    return true;
}

const Bench BENCH_MEMORY = {"memory", "bytes allocated for each lane", run};
