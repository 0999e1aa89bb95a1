// Reads cores, caches, classes and NUMA nodes through hwloc, the same way on every system.
#include "platform/topology.h"

#include <errno.h>
#include <hwloc.h>
#include <stdlib.h>
#include <string.h>

/// Gives the numbers 0, 1, 2... to hwloc objects in the order in which they are first met.
typedef struct Numbering {
    const void **seen;
    int32_t count;
} Numbering;

static int32_t number_of(Numbering *numbering, const void *object) {
    for (int32_t i = 0; i < numbering->count; i++) {
        if (numbering->seen[i] == object) {
            return i;
        }
    }
    numbering->seen[numbering->count] = object;
    return numbering->count++;
}

static hwloc_obj_t core_of(hwloc_obj_t pu) {
    hwloc_obj_t object = pu;
    while (object && object->type != HWLOC_OBJ_CORE) {
        object = object->parent;
    }
    return object ? object : pu; // some virtual machines describe no cores
}

/// The outermost cache above pu; where the system describes none, its package, else the machine.
static hwloc_obj_t last_cache_of(hwloc_obj_t pu) {
    hwloc_obj_t cache = NULL;
    hwloc_obj_t package = NULL;
    hwloc_obj_t top = pu;
    for (hwloc_obj_t object = pu; object; object = object->parent) {
        cache = hwloc_obj_type_is_dcache(object->type) ? object : cache;
        package = object->type == HWLOC_OBJ_PACKAGE ? object : package;
        top = object;
    }
    return cache ? cache : package ? package : top;
}

/// hwloc's rank of the kind of core, 0 the most power-saving; 0 where it knows no kinds or cannot rank them.
static int32_t efficiency_of(hwloc_topology_t machine, hwloc_obj_t pu) {
    int efficiency = 0;
    int kind = hwloc_cpukinds_get_by_cpuset(machine, pu->cpuset, 0);
    if (kind < 0 || hwloc_cpukinds_get_info(machine, (unsigned)kind, NULL, &efficiency, NULL, NULL, 0) != 0) {
        return 0;
    }
    return efficiency > 0 ? efficiency : 0;
}

static int compare_cpu_number(const void *left, const void *right) {
    return ((const TopologyCpu *)left)->cpu - ((const TopologyCpu *)right)->cpu;
}

/// The least class that is at least `from`; -1 when there is none.
static int32_t least_class(const TopologyCpu *cpus, int32_t count, int32_t from) {
    int32_t least = -1;
    for (int32_t i = 0; i < count; i++) {
        if (cpus[i].efficiency >= from && (least < 0 || cpus[i].efficiency < least)) {
            least = cpus[i].efficiency;
        }
    }
    return least;
}

/// Renumbers the classes that are in use to 0, 1, 2..., keeping their order, and returns how many there are.
static int32_t close_class_gaps(TopologyCpu *cpus, int32_t count) {
    int32_t classes = 0;
    for (int32_t old; (old = least_class(cpus, count, classes)) >= 0; classes++) {
        for (int32_t i = 0; i < count; i++) {
            cpus[i].efficiency = cpus[i].efficiency == old ? classes : cpus[i].efficiency;
        }
    }
    return classes;
}

/// Fills topology->cpus from a loaded machine. seen: room for three numberings of cpu_count each.
static void describe(Topology *topology, hwloc_topology_t machine, const void **seen) {
    Numbering cores = {seen, 0};
    Numbering caches = {seen + topology->cpu_count, 0};
    Numbering nodes = {seen + 2 * topology->cpu_count, 0};
    for (int32_t i = 0; i < topology->cpu_count; i++) {
        // In hwloc's logical order the siblings of a core follow each other, lowest first.
        hwloc_obj_t pu = hwloc_get_obj_by_type(machine, HWLOC_OBJ_PU, (unsigned)i);
        int node = hwloc_bitmap_first(pu->nodeset);
        TopologyCpu *cpu = &topology->cpus[i];
        *cpu = (TopologyCpu){
            .cpu = (int32_t)pu->os_index,
            .core = number_of(&cores, core_of(pu)),
            .cache = number_of(&caches, last_cache_of(pu)),
            .efficiency = efficiency_of(machine, pu),
            .numa = number_of(&nodes,
                              node < 0 ? NULL : hwloc_get_numanode_obj_by_os_index(machine, (unsigned)node)),
        };
        cpu->sibling = i > 0 && cpu[-1].core == cpu->core ? cpu[-1].sibling + 1 : 0;
    }
    topology->core_count = cores.count;
    topology->cache_count = caches.count;
    topology->numa_count = nodes.count;
    topology->efficiency_count = close_class_gaps(topology->cpus, topology->cpu_count);
    qsort(topology->cpus, (size_t)topology->cpu_count, sizeof *topology->cpus, compare_cpu_number);
}

/// Makes the description of a loaded machine. NULL with error filled when memory is out or it has no CPU.
static Topology *create_from(hwloc_topology_t machine, Error *error) {
    int32_t count = hwloc_get_nbobjs_by_type(machine, HWLOC_OBJ_PU);
    if (count < 1) {
        error_set(error,
                  "CPU topology: hwloc finds no CPU that this program may use; widen its affinity mask");
        return NULL;
    }
    Topology *topology = calloc(1, sizeof *topology);
    TopologyCpu *cpus = calloc((size_t)count, sizeof *cpus);
    const void **seen = calloc(3 * (size_t)count, sizeof *seen);
    if (topology && cpus && seen) {
        topology->cpus = cpus;
        topology->cpu_count = count;
        describe(topology, machine, seen);
        free(seen);
        return topology;
    }
    error_set(error, "CPU topology: no memory for %d CPUs; end other programs", count);
    free(seen);
    free(cpus);
    free(topology);
    return NULL;
}

/// Takes away the CPUs outside the affinity mask that the program was started with; hwloc has left out those
/// of other cgroups.
static bool restrict_to_affinity(hwloc_topology_t machine) {
    hwloc_bitmap_t allowed = hwloc_bitmap_alloc();
    if (!allowed) {
        return false;
    }
    bool restricted =
        hwloc_get_cpubind(machine, allowed, HWLOC_CPUBIND_PROCESS) != 0 || // not known: all may be used
        hwloc_topology_restrict(machine, allowed, 0) == 0;
    hwloc_bitmap_free(allowed);
    return restricted;
}

Topology *topology_create(Error *error) {
    hwloc_topology_t machine;
    if (hwloc_topology_init(&machine) != 0) {
        error_set(error, "CPU topology: hwloc: %s; end other programs", strerror(errno));
        return NULL;
    }
    Topology *topology = NULL;
    if (hwloc_topology_load(machine) != 0 || !restrict_to_affinity(machine)) {
        error_set(error, "CPU topology: hwloc: %s; see what `lstopo` says", strerror(errno));
    } else {
        topology = create_from(machine, error);
    }
    hwloc_topology_destroy(machine);
    return topology;
}

/// Tells hwloc which cores are of one class, as the system would.
static bool register_class(hwloc_topology_t machine, const int32_t *efficiency, int cores, int32_t class) {
    hwloc_bitmap_t members = hwloc_bitmap_alloc();
    if (!members) {
        return false;
    }
    for (int i = 0; i < cores; i++) {
        if (efficiency[i] == class) {
            hwloc_bitmap_or(members, members,
                            hwloc_get_obj_by_type(machine, HWLOC_OBJ_CORE, (unsigned)i)->cpuset);
        }
    }
    bool registered = hwloc_cpukinds_register(machine, members, class, 0, NULL, 0) == 0;
    hwloc_bitmap_free(members);
    return registered;
}

static bool register_classes(hwloc_topology_t machine, const int32_t *efficiency) {
    int cores = hwloc_get_nbobjs_by_type(machine, HWLOC_OBJ_CORE);
    for (int i = 0; i < cores; i++) {
        bool met = false;
        for (int before = 0; before < i; before++) {
            met = met || efficiency[before] == efficiency[i];
        }
        if (!met && !register_class(machine, efficiency, cores, efficiency[i])) {
            return false;
        }
    }
    return true;
}

Topology *topology_create_synthetic(const char *description, const int32_t *efficiency, Error *error) {
    hwloc_topology_t machine;
    if (hwloc_topology_init(&machine) != 0) {
        error_set(error, "CPU topology: hwloc: %s; end other programs", strerror(errno));
        return NULL;
    }
    Topology *topology = NULL;
    if (hwloc_topology_set_synthetic(machine, description) != 0 || hwloc_topology_load(machine) != 0) {
        error_set(error,
                  "CPU topology \"%s\": not an hwloc description; write one like \"pack:2 core:8 pu:2\"",
                  description);
    } else if (efficiency && !register_classes(machine, efficiency)) {
        error_set(error, "CPU topology \"%s\": hwloc: %s; give a class >= 0 for each core", description,
                  strerror(errno));
    } else {
        topology = create_from(machine, error);
    }
    hwloc_topology_destroy(machine);
    return topology;
}

void topology_destroy(Topology *topology) {
    if (!topology) {
        return;
    }
    free(topology->cpus);
    free(topology);
}
