// Tests the description of cores and the choice among them, on machines that hwloc makes up.
#include "platform/topology.h"

#include <criterion/criterion.h>
#include <string.h>

enum { MANY = 1024 };

static Topology *make(const char *description, const int32_t *efficiency) {
    Error error;
    Topology *topology = topology_create_synthetic(description, efficiency, &error);
    cr_assert_not_null(topology, "%s", error.text);
    return topology;
}

/// Orders everything, asserts that each CPU comes once, and that none is written past the end.
static void order_all(const Topology *topology, int32_t first_cpu, int32_t *order) {
    bool met[MANY] = {false};
    order[topology->cpu_count] = -7;
    cr_assert_eq(topology_order(topology, first_cpu, order, topology->cpu_count), topology->cpu_count);
    cr_assert_eq(order[topology->cpu_count], -7);
    for (int32_t i = 0; i < topology->cpu_count; i++) {
        cr_assert(order[i] >= 0 && order[i] < topology->cpu_count && !met[order[i]]);
        met[order[i]] = true;
    }
}

Test(topology, this_machine_has_a_core_in_order) {
    Error error;
    Topology *topology = topology_create(&error);
    cr_assert_not_null(topology, "%s", error.text);
    cr_assert_geq(topology->cpu_count, 1);
    cr_assert(topology->core_count >= 1 && topology->core_count <= topology->cpu_count);
    cr_assert(topology->cache_count >= 1 && topology->numa_count >= 1 && topology->efficiency_count >= 1);
    for (int32_t i = 1; i < topology->cpu_count; i++) {
        cr_assert_lt(topology->cpus[i - 1].cpu, topology->cpus[i].cpu);
    }
    topology_destroy(topology);
}

Test(topology, one_core) {
    Topology *topology = make("core:1 pu:1", NULL);
    cr_assert_eq(topology->cpu_count, 1);
    cr_assert_eq(topology->core_count, 1);
    cr_assert_eq(topology->cache_count, 1);
    cr_assert_eq(topology->efficiency_count, 1);
    cr_assert_eq(topology->numa_count, 1);
    int32_t order[MANY];
    order_all(topology, -1, order);
    order_all(topology, 0, order);
    topology_destroy(topology);
}

Test(topology, two_packages_of_eight_cores_with_two_threads) {
    Topology *topology = make("pack:2 l3:1 core:8 pu:2", NULL);
    cr_assert_eq(topology->cpu_count, 32);
    cr_assert_eq(topology->core_count, 16);
    cr_assert_eq(topology->cache_count, 2);
    for (int32_t i = 0; i < 32; i++) {
        cr_assert_eq(topology->cpus[i].core, i / 2);
        cr_assert_eq(topology->cpus[i].sibling, i % 2);
        cr_assert_eq(topology->cpus[i].cache, i / 16);
    }
    // The audio thread sits on the second thread of a core of the second package.
    int32_t order[MANY];
    order_all(topology, 21, order);
    cr_assert_eq(order[0], 21);
    for (int32_t i = 1; i < 8; i++) {
        cr_assert_eq(topology->cpus[order[i]].cache, 1, "its own package first");
    }
    for (int32_t i = 8; i < 16; i++) {
        cr_assert_eq(topology->cpus[order[i]].cache, 0, "then the other one");
    }
    bool met[16] = {false};
    for (int32_t i = 0; i < 16; i++) {
        met[topology->cpus[order[i]].core] = true;
    }
    for (int32_t i = 0; i < 16; i++) {
        cr_assert(met[i], "every core comes before any sibling");
    }
    cr_assert_eq(order[16], 20, "its sibling is the first of the siblings");
    topology_destroy(topology);
}

Test(topology, without_caches_a_package_counts_as_one) {
    Topology *topology = make("pack:2 core:8 pu:2", NULL);
    cr_assert_eq(topology->cache_count, 2);
    cr_assert_eq(topology->cpus[15].cache, 0);
    cr_assert_eq(topology->cpus[16].cache, 1);
    topology_destroy(topology);
}

Test(topology, performance_cores_come_before_efficiency_cores) {
    static const int32_t CLASSES[] = {10, 10, 40, 40, 40, 40, 10, 10}; // E E P P P P E E
    Topology *topology = make("pack:1 l3:1 core:8 pu:1", CLASSES);
    cr_assert_eq(topology->efficiency_count, 2);
    cr_assert_eq(topology->cpus[0].efficiency, 0);
    cr_assert_eq(topology->cpus[2].efficiency, 1);
    int32_t order[MANY];
    order_all(topology, -1, order);
    for (int32_t i = 0; i < 8; i++) {
        static const int32_t EXPECTED[] = {2, 3, 4, 5, 0, 1, 6, 7};
        cr_assert_eq(order[i], EXPECTED[i]);
    }
    order_all(topology, 6, order);
    for (int32_t i = 0; i < 8; i++) {
        static const int32_t EXPECTED[] = {6, 2, 3, 4, 5, 0, 1, 7};
        cr_assert_eq(order[i], EXPECTED[i], "the audio thread's core first, then the fast ones");
    }
    topology_destroy(topology);
}

Test(topology, three_classes_are_numbered_without_gaps) {
    static const int32_t CLASSES[] = {7, 3, 7, 90};
    Topology *topology = make("core:4 pu:1", CLASSES);
    cr_assert_eq(topology->efficiency_count, 3);
    cr_assert_eq(topology->cpus[0].efficiency, 1);
    cr_assert_eq(topology->cpus[1].efficiency, 0);
    cr_assert_eq(topology->cpus[3].efficiency, 2);
    int32_t first;
    cr_assert_eq(topology_order(topology, -1, &first, 1), 1);
    cr_assert_eq(first, 3);
    topology_destroy(topology);
}

Test(topology, the_same_numa_node_comes_first) {
    Topology *topology = make("numa:2 core:4 pu:1", NULL);
    cr_assert_eq(topology->numa_count, 2);
    int32_t order[MANY];
    order_all(topology, 5, order);
    for (int32_t i = 0; i < 4; i++) {
        cr_assert_eq(topology->cpus[order[i]].numa, 1);
        cr_assert_eq(topology->cpus[order[i + 4]].numa, 0);
    }
    topology_destroy(topology);
}

Test(topology, a_shared_cache_weighs_more_than_a_fast_class) {
    static const int32_t CLASSES[] = {0, 0, 1, 1};
    Topology *topology = make("l3:2 core:2 pu:1", CLASSES);
    int32_t order[MANY];
    order_all(topology, 0, order);
    cr_assert_eq(order[1], 1);
    topology_destroy(topology);
}

Test(topology, more_than_64_cpus) {
    Topology *topology = make("numa:2 pack:2 l3:2 core:8 pu:2", NULL);
    cr_assert_eq(topology->cpu_count, 128);
    cr_assert_eq(topology->core_count, 64);
    cr_assert_eq(topology->cache_count, 8);
    cr_assert_eq(topology->cpus[127].cpu, 127);
    cr_assert_eq(topology->cpus[127].cache, 7);
    cr_assert_eq(topology->cpus[127].numa, 1);
    int32_t order[MANY];
    order_all(topology, 127, order);
    cr_assert_eq(order[0], 127);
    for (int32_t i = 0; i < 64; i++) {
        cr_assert_eq(topology->cpus[order[i]].numa, i < 32 ? 1 : 0);
    }
    topology_destroy(topology);
}

Test(topology, writes_no_more_than_the_capacity) {
    Topology *topology = make("core:8 pu:2", NULL);
    int32_t order[4] = {-7, -7, -7, -7};
    cr_assert_eq(topology_order(topology, 15, order, 3), 3);
    cr_assert_eq(order[0], 15);
    cr_assert_eq(order[1], 0);
    cr_assert_eq(order[2], 2);
    cr_assert_eq(order[3], -7);
    cr_assert_eq(topology_order(topology, 15, order, 0), 0);
    topology_destroy(topology);
}

Test(topology, a_cpu_that_is_not_there_counts_as_none) {
    Topology *topology = make("core:4 pu:1", NULL);
    int32_t order[MANY];
    order_all(topology, 4000, order);
    cr_assert_eq(order[0], 0);
    topology_destroy(topology);
}

Test(topology, a_bad_description_is_named) {
    Error error = {.text = ""};
    cr_assert_null(topology_create_synthetic("cores: many", NULL, &error));
    cr_assert_not_null(strstr(error.text, "cores: many"));
}

Test(topology, destroying_none_is_harmless) {
    topology_destroy(NULL);
}
