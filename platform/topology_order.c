// Picks the cores that should render, nearest to the audio thread first.
#include "platform/topology.h"

#include <stddef.h>

/// How many cores share the last-level cache of a CPU in its class.
static int32_t peer_count(const Topology *topology, const TopologyCpu *cpu) {
    int32_t count = 0;
    for (int32_t i = 0; i < topology->cpu_count; i++) {
        const TopologyCpu *other = &topology->cpus[i];
        count += other->cache == cpu->cache && other->efficiency == cpu->efficiency && other->sibling == 0;
    }
    return count;
}

/// The first hardware thread of the fastest class, where most cores of that class share a cache.
static const TopologyCpu *best_cpu(const Topology *topology) {
    const TopologyCpu *best = NULL;
    int32_t best_peers = 0;
    for (int32_t i = 0; i < topology->cpu_count; i++) {
        const TopologyCpu *cpu = &topology->cpus[i];
        int32_t peers = peer_count(topology, cpu);
        if (cpu->sibling == 0 && (!best || cpu->efficiency > best->efficiency ||
                                  (cpu->efficiency == best->efficiency && peers > best_peers))) {
            best = cpu;
            best_peers = peers;
        }
    }
    return best;
}

static const TopologyCpu *find_cpu(const Topology *topology, int32_t number) {
    for (int32_t i = 0; i < topology->cpu_count; i++) {
        if (topology->cpus[i].cpu == number) {
            return &topology->cpus[i];
        }
    }
    return NULL;
}

/// A CPU's place within its core, counted so that first is the first of its own core.
static int32_t place_in_core(const TopologyCpu *cpu, const TopologyCpu *first) {
    if (cpu->core != first->core) {
        return cpu->sibling;
    }
    return cpu == first ? 0 : cpu->sibling < first->sibling ? cpu->sibling + 1 : cpu->sibling;
}

/// Should left come before right? The rules, the strongest first; equals stay in the order of their numbers.
static bool comes_before(const TopologyCpu *left, const TopologyCpu *right, const TopologyCpu *first) {
    int32_t rules[] = {
        place_in_core(left, first) - place_in_core(right, first), // siblings after all cores
        (right->core == first->core) - (left->core == first->core),
        (right->cache == first->cache) - (left->cache == first->cache),
        right->efficiency - left->efficiency, // faster classes first
        (right->numa == first->numa) - (left->numa == first->numa),
        left->cpu - right->cpu,
    };
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        if (rules[i] != 0) {
            return rules[i] < 0;
        }
    }
    return false;
}

int32_t topology_order(const Topology *topology, int32_t first_cpu, int32_t *order, int32_t capacity) {
    const TopologyCpu *first = find_cpu(topology, first_cpu);
    if (!first) {
        first = best_cpu(topology);
    }
    // Insertion, keeping the best `capacity`.
    int32_t count = 0;
    for (int32_t i = 0; i < topology->cpu_count; i++) {
        int32_t at = count;
        while (at > 0 && comes_before(&topology->cpus[i], &topology->cpus[order[at - 1]], first)) {
            if (at < capacity) {
                order[at] = order[at - 1];
            }
            at--;
        }
        if (at < capacity) {
            order[at] = i;
            count += count < capacity;
        }
    }
    return count;
}
