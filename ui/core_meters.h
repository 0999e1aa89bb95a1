// Turns two readings of the engine's and the system's counters into what each core's meter shows.
#ifndef UI_CORE_METERS_H
#define UI_CORE_METERS_H

#include "ui/host.h"

enum { CORE_NO_WORKER = -1 };

typedef struct CoreMeter {
    int32_t cpu;     // the system's number, -1 when a worker's place is unknown
    int32_t worker;  // the first that renders there, or CORE_NO_WORKER
    int32_t workers; // how many do: without pinning they may meet
    bool audio;      // the audio thread's
    bool efficiency, sibling;
    bool pinned, realtime, in_workgroup,
        set_aside;    // what its worker was granted, and whether it is a straggler
    float busy;       // rendering, share of the deadline
    float waiting;    // awake but waiting, share of the deadline
    float worst;      // the busiest block of the last CORE_HOLD_SECONDS, share of the deadline
    float others;     // share of the core that other programs take, -1 unknown
    bool rescued_now; // within the last CORE_HOLD_SECONDS
    uint64_t rescued; // batches that the audio thread rendered in this worker's stead
} CoreMeter;

typedef struct CoreMeters {
    CoreMeter meters[HOST_CORES_MAX];
    int count;

    // The readings before.
    bool started;
    double rates_at, loads_at;
    uint32_t engine;       // serial of the one read last
    uint32_t rates_engine; // and of the one that the rates were read from
    uint64_t blocks;
    uint64_t busy_ns[POOL_WORKERS_MAX], spin_ns[POOL_WORKERS_MAX];
    uint64_t load_busy_ns[HOST_CORES_MAX], load_total_ns[HOST_CORES_MAX], own_ns[HOST_CORES_MAX];
    uint64_t rescued[POOL_WORKERS_MAX];
    double rescued_at[POOL_WORKERS_MAX]; // seconds, 0 never
    double worst_at[POOL_WORKERS_MAX];
    float worst[POOL_WORKERS_MAX];
    float share_busy[POOL_WORKERS_MAX], share_spin[POOL_WORKERS_MAX];
} CoreMeters;

/// Takes a reading at now_seconds; the meters are as of now. All zero is a fresh start. [main-thread]
void core_meters_read(CoreMeters *meters, const EngineFigures *figures, const HostCore *cores, int core_count,
                      double now_seconds);

#endif
