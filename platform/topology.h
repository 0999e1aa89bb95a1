// Describes the machine's cores and picks those that should render.
#ifndef PLATFORM_TOPOLOGY_H
#define PLATFORM_TOPOLOGY_H

#include "platform/error.h"

#include <stdbool.h>
#include <stdint.h>

/// One logical CPU (hardware thread) that the process may use.
typedef struct TopologyCpu {
    int32_t cpu;     // the system's number
    int32_t core;    // physical core, 0..core_count-1
    int32_t sibling; // position within its core: 0 is the first hardware thread
    int32_t cache;   // last-level cache, 0..cache_count-1
    int32_t
        efficiency; // 0 is the most power-saving class, higher is faster; 0 everywhere where all are alike
    int32_t numa;   // NUMA node
} TopologyCpu;

typedef struct Topology {
    TopologyCpu *cpus; // sorted by cpu
    int32_t cpu_count; // >= 1
    int32_t core_count;
    int32_t cache_count;
    int32_t efficiency_count; // number of classes, >= 1
    int32_t numa_count;
} Topology;

/// Reads this machine, within the process's affinity mask and cgroup. NULL with error filled when hwloc
/// fails. Caller owns the result. [main-thread]
Topology *topology_create(Error *error);

/// Reads an hwloc synthetic description such as "pack:2 core:8 pu:2", for tests and for "what if".
/// efficiency: one class for each core in order, or NULL for all alike. [main-thread]
Topology *topology_create_synthetic(const char *description, const int32_t *efficiency, Error *error);

void topology_destroy(Topology *topology);

/// Orders physical cores for rendering: the core of first_cpu, then those that share its last-level cache,
/// then the rest; within each, faster classes first, then the same NUMA node. SMT siblings come after all
/// cores. Fills order[0..capacity) with indices into topology->cpus and returns the count written, each CPU
/// at most once. first_cpu: a system CPU number, -1 for the best. [main-thread]
int32_t topology_order(const Topology *topology, int32_t first_cpu, int32_t *order, int32_t capacity);

#endif
