// Runs the benchmarks that are asked for.
#include "app/bench/bench.h"
#include "app/calibrate/paced.h"
#include "app/commands/commands.h"
#include "app/json_text.h"
#include "app/live/grant_text.h"
#include "app/nearest.h"
#include "app/setup.h"
#include "engine/voice/kernels.h"
#include "platform/clock.h"
#include "platform/console.h"
#include "platform/cpu.h"
#include "platform/topology.h"

#include <stdlib.h>
#include <string.h>

static const double SECONDS = 10; // of a measurement against the clock, unless --seconds says otherwise

static bool find(const char *name, bool wanted[BENCH_COUNT], Error *error) {
    const char *names[BENCH_COUNT];
    char list[128] = "";
    for (int i = 0; i < BENCH_COUNT; i++) {
        names[i] = BENCHES[i]->name;
        if (strcmp(name, names[i]) == 0) {
            wanted[i] = true;
            return true;
        }
        strcat(strcat(list, i ? ", " : ""), names[i]);
    }
    const char *near = nearest_name(name, names, BENCH_COUNT);
    error_set(error, "bench: there is no '%s'%s%s%s; use one of %s", name, near ? ", did you mean " : "",
              near ? near : "", near ? "?" : "", list);
    return false;
}

static bool choose(const Options *options, bool wanted[BENCH_COUNT], Error *error) {
    for (uint32_t i = 0; i < options->benchmark_count; i++) {
        if (!find(options->benchmarks[i], wanted, error)) {
            return false;
        }
    }
    for (int i = 0; options->benchmark_count == 0 && i < BENCH_COUNT; i++) {
        wanted[i] = true;
    }
    return true;
}

static bool make_plan(const Options *options, BenchPlan *plan, Error *error) {
    Topology *topology = topology_create(error);
    if (!topology) {
        return false;
    }
    uint32_t cores = (uint32_t)topology->core_count;
    topology_destroy(topology);
    *plan = (BenchPlan){.seconds = options->seconds > 0 ? options->seconds : SECONDS,
                        .workers = cores < POOL_WORKERS_MAX ? cores : POOL_WORKERS_MAX,
                        .shown = console_is_terminal(stderr)};
    return true;
}

static void note_stolen(ReportSection *section, uint64_t stolen_ns, uint64_t all_ns) {
    if (stolen_ns > 0) {
        report_note(section, "Meanwhile a hypervisor took %.1f %% of a core from this machine.",
                    100.0 * (double)stolen_ns / (double)all_ns);
    }
}

// What a thread gets that plays.
static ThreadGrant probe_grant(void) {
    ThreadGrant grant = {.way = "none"};
    paced_run(&(Paced){.calls = 0}, &grant, NULL);
    return grant;
}

static bool run_wanted(const BenchPlan *plan, const bool wanted[BENCH_COUNT], bool json, Report *report,
                       Error *error) {
    ReportStyle style = {.columns = console_columns(stdout) - 1, .utf8 = console_is_utf8()};
    for (int i = 0; i < BENCH_COUNT && !console_interrupted(); i++) {
        if (wanted[i]) {
            ReportSection *section = report_section(report, BENCHES[i]->name, BENCHES[i]->summary);
            uint64_t start_ns = clock_now_ns();
            uint64_t stolen_ns = bench_stolen_ns();
            bool done = BENCHES[i]->run(plan, section, error);
            bench_show(plan, NULL);
            if (!done) {
                return false;
            }
            note_stolen(section, bench_stolen_since(stolen_ns), clock_now_ns() - start_ns);
            if (!json) {
                report_print_text(stdout, section, style);
                fflush(stdout);
            }
        }
    }
    return true;
}

int command_bench(const Options *options, uint64_t start_ns) {
    (void)start_ns;
    Error error;
    bool wanted[BENCH_COUNT] = {false};
    if (!choose(options, wanted, &error)) {
        setup_complain(error.text);
        return EXIT_WRONG_USAGE;
    }
    if (!console_catch_interrupts(&error)) {
        setup_complain(error.text);
    }
    error_set(&error, "out of memory; close other programs");
    Report *report = calloc(1, sizeof *report);
    BenchPlan plan;
    bool done = report && make_plan(options, &plan, &error);
    if (done) {
        setup_complain_of_all_workers();
        report->grant = probe_grant();
    }
    if (done && !options->json) {
        char grant[GRANT_TEXT_BYTES];
        grant_text(&report->grant, grant);
        printf("%s, %u cores, %s, %s\n\n", cpu_name(), plan.workers, SIMD_KIND_NAMES[simd_kind_best()],
               grant);
    }
    done = done && run_wanted(&plan, wanted, options->json, report, &error);
    if (done && options->json) {
        report->cpu = cpu_name();
        report->cores = plan.workers;
        report_print_json(stdout, report);
    }
    if (!done) {
        setup_complain(error.text);
    }
    free(report);
    return done ? EXIT_DONE : EXIT_FAILED;
}
