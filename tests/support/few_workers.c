// One for each core, within bounds.
#include "tests/support/few_workers.h"

#include "platform/topology.h"

#include <stddef.h>

enum { FEWEST = 2, MOST = 4 };

uint32_t few_workers(void) {
    Topology *topology = topology_create(NULL);
    int32_t cores = topology == NULL ? FEWEST : topology->core_count;
    topology_destroy(topology);
    return (uint32_t)(cores < FEWEST ? FEWEST : cores > MOST ? MOST : cores);
}
