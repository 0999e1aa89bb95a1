// Rates are differences of counters over a time, so the readings before are kept.
#include "ui/core_meters.h"

#include <string.h>

static const double RATE_SECONDS = 0.1; // between the readings of a rate: numbers that can be read
static const double LOAD_SECONDS = 1.0; // the system counts in steps of 10 ms
static const double HOLD_SECONDS = 3.0; // a worst block stays shown

static float share(uint64_t part, double whole) {
    return whole > 0.0 ? (float)((double)part / whole) : 0.0f;
}

static void read_rates(CoreMeters *meters, const EngineFigures *figures, double now_seconds) {
    double seconds = now_seconds - meters->rates_at;
    if (meters->started && seconds < RATE_SECONDS) {
        return;
    }
    bool restarted = figures->serial != meters->rates_engine; // another engine: its counters begin again
    uint64_t blocks = restarted ? 0 : figures->blocks - meters->blocks;
    double available_ns = (double)blocks * (double)figures->deadline_ns;
    for (uint32_t i = 0; i < figures->workers; i++) {
        const WorkerFigures *worker = &figures->worker[i];
        bool known = meters->started && !restarted;
        meters->share_busy[i] = known ? share(worker->busy_ns - meters->busy_ns[i], available_ns) : 0.0f;
        meters->share_spin[i] = known ? share(worker->spin_ns - meters->spin_ns[i], available_ns) : 0.0f;
        meters->busy_ns[i] = worker->busy_ns;
        meters->spin_ns[i] = worker->spin_ns;
    }
    meters->blocks = figures->blocks;
    meters->rates_engine = figures->serial;
    meters->rates_at = now_seconds;
}

static void read_worst(CoreMeters *meters, const EngineFigures *figures, double now_seconds) {
    for (uint32_t i = 0; i < figures->workers; i++) {
        float now = share(figures->worker[i].worst_busy_ns, (double)figures->deadline_ns);
        if (now >= meters->worst[i] || now_seconds - meters->worst_at[i] > HOLD_SECONDS) {
            meters->worst[i] = now;
            meters->worst_at[i] = now_seconds;
        }
    }
}

static void read_rescues(CoreMeters *meters, const EngineFigures *figures, bool known, double now_seconds) {
    for (uint32_t i = 0; i < figures->workers; i++) {
        if (known && figures->worker[i].rescued > meters->rescued[i]) {
            meters->rescued_at[i] = now_seconds;
        }
        meters->rescued[i] = figures->worker[i].rescued;
    }
}

static void place_worker(CoreMeters *meters, const EngineFigures *figures, int index, double now_seconds) {
    const WorkerFigures *worker = &figures->worker[index];
    CoreMeter *meter = NULL;
    for (int i = 0; i < meters->count && !meter; i++) {
        if (meters->meters[i].cpu == worker->cpu) {
            meter = &meters->meters[i];
        }
    }
    if (!meter) { // nobody says where it runs: a meter of its own
        if (meters->count == HOST_CORES_MAX) {
            return;
        }
        meter = &meters->meters[meters->count++];
        *meter = (CoreMeter){.cpu = -1, .worker = CORE_NO_WORKER, .others = -1.0f};
    }
    if (meter->worker == CORE_NO_WORKER) {
        meter->worker = index;
    }
    meter->workers++;
    meter->audio |= index == 0;
    meter->pinned |= worker->pinned;
    meter->realtime |= worker->realtime;
    meter->in_workgroup |= worker->in_workgroup;
    meter->set_aside |= worker->set_aside;
    meter->rescued += worker->rescued;
    meter->rescued_now |=
        meters->rescued_at[index] > 0.0 && now_seconds - meters->rescued_at[index] < HOLD_SECONDS;
    meter->busy += meters->share_busy[index];
    meter->waiting += meters->share_spin[index];
    meter->worst += meters->worst[index];
}

static void read_loads(CoreMeters *meters, const EngineFigures *figures, const HostCore *cores, int count,
                       double now_seconds) {
    bool fresh = now_seconds - meters->loads_at >= LOAD_SECONDS;
    if (meters->started && !fresh) {
        return;
    }
    for (int i = 0; i < count; i++) {
        uint64_t own_ns = 0;
        for (uint32_t worker = 0; worker < figures->workers; worker++) {
            if (figures->worker[worker].cpu == cores[i].cpu) {
                own_ns += figures->worker[worker].busy_ns + figures->worker[worker].spin_ns;
            }
        }
        uint64_t total = cores[i].total_ns - meters->load_total_ns[i];
        float all = share(cores[i].busy_ns - meters->load_busy_ns[i], (double)total);
        // A worker that has just moved here brings its past along: then nothing is known of its own share.
        uint64_t own = own_ns >= meters->own_ns[i] ? own_ns - meters->own_ns[i] : 0;
        float ours = own <= total ? share(own, (double)total) : 0.0f;
        bool known = meters->started && total > 0 && cores[i].total_ns > 0;
        meters->meters[i].others = !known ? -1.0f : all > ours ? all - ours : 0.0f;
        meters->load_busy_ns[i] = cores[i].busy_ns;
        meters->load_total_ns[i] = cores[i].total_ns;
        meters->own_ns[i] = own_ns;
    }
    meters->loads_at = now_seconds;
}

void core_meters_read(CoreMeters *meters, const EngineFigures *figures, const HostCore *cores, int core_count,
                      double now_seconds) {
    bool same_engine = meters->started && figures->serial == meters->engine;
    meters->engine = figures->serial;
    read_rescues(meters, figures, same_engine, now_seconds);
    read_rates(meters, figures, now_seconds);
    read_worst(meters, figures, now_seconds);
    for (int i = 0; i < core_count; i++) {
        float others = meters->started ? meters->meters[i].others : -1.0f;
        meters->meters[i] = (CoreMeter){.cpu = cores[i].cpu,
                                        .worker = CORE_NO_WORKER,
                                        .efficiency = cores[i].efficiency,
                                        .sibling = cores[i].sibling,
                                        .others = others};
    }
    meters->count = core_count;
    read_loads(meters, figures, cores, core_count, now_seconds);
    for (uint32_t i = 0; i < figures->workers; i++) {
        place_worker(meters, figures, (int)i, now_seconds);
    }
    meters->started = true;
}
